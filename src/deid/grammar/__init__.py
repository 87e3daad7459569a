"""Grammars: find a kind of expression in text, and write it back in the form in which it was written.

Each module has a finder that yields frozen matches with offsets into the text it was given
(the shadow text, see `deid.normalize`), and functions that turn a match into other text:
`render` another value in the same form, `generalize` the same value, coarser.
"""
