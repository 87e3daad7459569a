"""The address after a cue (住址：) or in a cell, where its beginning is known and it is read to its end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deid.grammar.address.chains import chain_from, parts_of, room_after, with_short_county
from deid.grammar.address.match import AddressMatch
from deid.grammar.address.names import CUT, INDOORS, NAME_CHARACTERS, ORGANIZATION_AHEAD, is_no_name
from deid.grammar.address.tokens import DETAILS, UNIT, Token, read_tokens
from deid.grammar.divisions import Divisions
from deid.regexes import Regex

_N = NAME_CHARACTERS

_LABEL = (
    "(?:联系|家庭|紧急|监护|报告|负责|身份|手机|电话|邮政|邮编|姓名|性别|年龄|民族|职业|工作单位|单位|入院|出院|住院|门诊|病历|就诊|婚姻|籍贯|"
    "户籍|户口|现住|住址|地址|备注|收件|寄件|出生|生日|主诉|微信|QQ|[Tt][Ee][Ll]|[Ee]mail|科室|科别|床号)"
)
_VALUE_END = Regex(
    rf"[,;。\t|!?…:\"“”『』【】<>]|[ ]*{_LABEL}[{_N}A-Za-z]{{0,6}}:|[ ]+{_LABEL}|"
    r"(?:联系人|联系电话|联系方式|电话|手机|邮编|姓名|性别)(?![局厂城大])|[ ]{3}|[ ]+(?:以前|之前|原先|原来|后来|曾经)"
    r"|(?:(?<=[0-9][室号楼栋幢层户])|(?<=[0-9]单元)|(?<=[座栋幢楼号元][0-9]{3})|(?<=[座栋幢楼号元][0-9]{4})|(?<=[0-9]-[0-9]{3})|(?<=[0-9]-[0-9]{4}))"
    r"[ ]{1,2}[0-8][0-9]{5}(?=[ )\n,;。]|\Z)"  # the postal code, see postal_code.yaml
    rf"|\n(?! *[{_N}A-Za-z]{{0,6}}[0-9]+ ?(?:{UNIT}))"
)
# What stands beside an address and is not part of it.
_RELATION = Regex(
    r" ?(?:\((?:[近靠离距邻]|导航)|\(?(?:附近|[斜正]?对面|旁边|旁(?![一-鿿])|隔壁|门口|楼[下上]|以[东南西北]|[东南西北]侧|交[叉汇界]|路口|[后前]面|一带|周边|"
    r"同住|独居|至今|多年|居住|务工|打工|经商|工作|退休|生活|\A(?:[的已因与和人收]|现(?!代)|[内里上外](?![一-鿿])))).*\Z",
    re.S,
)
# A last name without suffix: 望京SOHO T1, 绿地之窗.
_REST = Regex(rf"(?![^ ]*[0-9]{{5}})[{_N}A-Za-z0-9·()-]{{0,14}}(?: (?![0-9]{{6}}\Z)[A-Za-z0-9-]{{1,8}})?")
_PROSE = Regex(r"[我你他她了吗呢吧]|现[在居住]|然后|联系|请|因为|所以")
_FIELD_BEFORE = Regex(r"(?:\A|[:|=\t\n(\[【,\"“])[ ]*\Z")


def parse_value(text: str, start: int, divisions: Divisions) -> AddressMatch | None:
    """The address that begins at `start`, greedy to its end; None if nothing there is one.

    `start` is where the value after a cue begins. After a colon or at the start of a cell the value
    is taken to be nothing but an address, so that a last name without suffix (望京SOHO) belongs to it.
    """
    limit = _VALUE_END.search(text, start, start + 120)
    end = limit.start() if limit else min(len(text), start + 120)
    while end > start and text[end - 1] in " \n":
        end -= 1
    while start < end and text[start] in ' (["“':
        start += 1
    is_field = _FIELD_BEFORE.search(text, max(0, start - 3), start) is not None
    tokens = read_tokens(text, divisions, start, end)
    chain = (
        _field_chain(text, tokens, divisions, start)
        if is_field
        else _prose_chain(text, tokens, divisions, start)
    )
    if not chain:
        place = divisions.at(text, start)
        if place is None:
            return None
        chain = [Token(place.level, place.start, place.end, place)]
    levels = {token.level for token in chain}
    if levels <= {"floor", "room", "zone", "segment", "group", "number"} and chain[0].start == start:
        return None
    stop = chain[-1].end
    if is_field:
        rest = _RELATION.sub("", text[stop:end]).rstrip()
        if rest and rest[0] not in " (" and not levels & DETAILS and ORGANIZATION_AHEAD.match(rest):
            return None
        if _REST.fullmatch(rest) and not CUT.search(rest) and not _PROSE.search(rest):
            stop += len(rest)
    stop = _balanced(text, start, stop)
    chain = [token for token in chain if token.end <= stop]
    if not chain:
        return None
    detailed = bool(levels & DETAILS) or stop > chain[-1].end
    return AddressMatch(start, stop, parts_of(text, chain, start), detailed, 0.9 if detailed else 0.75)


def _balanced(text: str, start: int, stop: int) -> int:
    """`stop`, moved so that every bracket of the value is closed, or left out."""
    value = text[start:stop]
    surplus = value.count("(") - value.count(")")
    if surplus > 0:
        return stop + 1 if text.startswith(")", stop) else start + value.rindex("(")
    return start + value.rindex(")") if surplus < 0 else stop


def _prose_chain(text: str, tokens: Sequence[Token], divisions: Divisions, start: int) -> list[Token]:
    """The chain that begins at `start` exactly."""
    for index, token in enumerate(tokens):
        name = text[start : token.start]
        if token.division is not None or not token.is_suffix:
            housed = token.level in ("building", "room") or (
                token.level == "floor" and not INDOORS.search(name)
            )
            if not name or (housed and len(name) <= 8 and not CUT.search(name)):
                return chain_from(text, tokens, index, divisions)
            return []
        if not name:
            continue
        if len(name) > 12 or CUT.search(name) or not re.fullmatch(rf"[{_N}A-Za-z0-9*·某]+", name):
            return []
        if not is_no_name(token.level, text[start : token.end]) and not INDOORS.search(name):
            return chain_from(text, tokens, index, divisions)
    return []


def _field_chain(text: str, tokens: Sequence[Token], divisions: Divisions, start: int) -> list[Token]:
    """All tokens up to where the value turns into a sentence."""
    chain: list[Token] = []
    position = start
    for token in tokens:
        if token.start < position:
            continue
        gap = text[position : token.start]
        if len(gap) > 24 or _PROSE.search(gap):
            break
        if not chain and token.is_suffix and is_no_name(token.level, text[start : token.end]):
            continue
        chain += with_short_county(text, token, divisions)
        room = room_after(text, chain[-1])
        if room:
            chain.append(room)
        position = chain[-1].end
    return chain
