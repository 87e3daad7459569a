"""Office Open XML packages (ECMA-376, ISO/IEC 29500), shared by docx, xlsx and pptx.

Every part of a package is read, or left out with its relationships, or the file is refused:
`package` decides which, `rules` says what is text, `markup` and `sheet` read and write it.
"""
