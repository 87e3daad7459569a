"""Addresses in running text and after a cue (住址：), after the levels of GB/T 23705-2009.

    地址 = [国家][省级][地级][县级][乡镇][村/小区/园区][路/街/弄/巷][号][栋/座/号楼][单元][层][室]

Any level may be missing. The text is read as a row of *tokens*: places of the gazetteer, words that
close a name (路, 小区, 村) and numbers with a unit (500弄, D栋, 三号楼). Tokens with nothing but names
between them form a chain; a chain is an address when its levels support each other (a road and a number,
a county and an estate). Where it begins is known after a cue; elsewhere the name before the first token is
followed to the left, up to a place, a punctuation mark or a word that is never part of a name.

Offsets are those of the text given, which is a shadow text: ASCII punctuation, simplified script.
In order of the flow: `tokens`, `chains`, and then `find` (running text) or `value` (after a cue); `names`
says what the words between the tokens may be.
"""

from deid.grammar.address.find import find_addresses
from deid.grammar.address.match import AddressMatch, AddressPart
from deid.grammar.address.names import NAME_CHARACTERS
from deid.grammar.address.value import parse_value

__all__ = ["NAME_CHARACTERS", "AddressMatch", "AddressPart", "find_addresses", "parse_value"]
