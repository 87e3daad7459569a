"""A month and a day of one in figures, as parts of expressions."""

MONTH, DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12][0-9]|3[01])"
