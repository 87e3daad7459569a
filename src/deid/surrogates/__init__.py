"""Invented values that look like real ones: names, numbers, places, organisations, dates.

Two layers. *Composing* functions put a value together from its parts and know the standard
(`numbers.compose_resident_id(place, born, sequence)`); they are pure. *Choosing* functions take
a `random.Random` and choose the parts. What a choosing function gives is the same for the same
state of the generator on every Python and machine: no sets are iterated, no `hash()`, no today.

Nothing is looked up: a value that some real person bears is that by chance alone. `forms`
writes one value in the ways of real life (spaced, spoken, masked, only its end).

>>> from datetime import date
>>> from random import Random
>>> from deid.surrogates import numbers
>>> numbers.compose_resident_id("110105", date(1949, 12, 31), 2)
'11010519491231002X'
>>> numbers.resident_id(Random(1)) == numbers.resident_id(Random(1))
True
"""
