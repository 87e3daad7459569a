"""What the recognizers left, by networks that were taught with labelled documents: `numbers` and `names`.

They are asked of what is left only. Each reads some characters before a candidate, behind it, and its own.
"""
