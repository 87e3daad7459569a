"""Generalisation: a coarser value instead of the exact one. GB/T 37964-2019 annex A, GB/T 39725-2020 10.2 b.

Each type has a ladder, and the policy chooses the level: bands of age, month or year, county or
province, type of hospital, class of work, category or chapter of ICD-10, class of ATC. It fails
closed: a value that cannot be read becomes a label, as a masked or partial one does; nothing of the
original is ever passed on unread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast

from deid.aliases import canonical_type
from deid.errors import PolicyError
from deid.grammar import age, date
from deid.grammar.divisions import Divisions
from deid.normalize import shadow
from deid.operators import label, medical, regions, social
from deid.operators.attributes import COARSE_TYPES, coarse
from deid.operators.days import at_unix_day, read_days, serial_day, unix_day
from deid.operators.request import Request, check_choice, check_names, check_whole, type_hint
from deid.regexes import Regex

NAME = "generalize"
TITLE = "泛化"

_AGE_WIDTHS = (5, 10, 20)
_DATE_LEVELS = ("month", "quarter", "half_year", "year", "five_years")
_SPECIAL = ("suppress", "chapter", "keep")
_STAGES: Final = ((2, "婴儿（0-2岁）"), (6, "幼儿（3-6岁）"), (13, "儿童（7-13岁）"), (17, "少年（14-17岁）"), (44, "青年（18-44岁）"), (59, "中年（45-59岁）"), (74, "年轻老年（60-74岁）"), (89, "老年（75-89岁）"))  # fmt: skip
_OLDEST_STAGE = "长寿老年（90岁以上）"
_BETWEEN_DATES = Regex(r"\s*(?:-{1,2}|~{1,2}|至|到|、|,|和|及|与)\s*")
# 昨天 and 3天前 say little once the date they start from is a month; 上周三, 去年国庆, 上月5日 say more.
_PINS_A_DAY = Regex(r"[周期拜][一二三四五六日天末]|节|国庆|五一|十一|中秋|端午|清明|除夕|[0-9十廿卅]+[日号]")
_NUMBER = Regex(r"[0-9]+(?:\.[0-9]+)?")


class Ladder(NamedTuple):
    """The levels of a type from fine to coarse, the level where the policy names none, further parameters."""

    levels: tuple[str, ...]
    default: str
    climb: Callable[[str, str, Request], str | None]
    params: tuple[str, ...] = ()


def check(params: Mapping[str, Any], entity_type: str = "") -> None:
    entity_type = canonical_type(entity_type) if entity_type else ""
    if "step" in params:
        check_names(NAME, params, "step", "bottom", "top")
        for name in ("step", "bottom", "top"):
            check_whole(NAME, params, name, 1, 1_000_000)
        return
    ladder = LADDERS.get(entity_type)
    if entity_type in COARSE_TYPES:
        check_names(NAME, params)
    elif ladder is not None:
        check_names(NAME, params, "level", *ladder.params)
        check_choice(NAME, params, "level", ladder.levels)
    elif entity_type:
        types = (*LADDERS, *COARSE_TYPES)
        hint = type_hint(entity_type, types, "numbers of any type can be rounded with step")
        raise PolicyError(f"{NAME}: no coarser form of {entity_type}", hint=hint)
    else:
        check_names(NAME, params, "width", "top", "level", "special", "rare")
        check_choice(
            NAME,
            params,
            "level",
            tuple(dict.fromkeys(level for one in LADDERS.values() for level in one.levels)),
        )
    if params.get("width", 5) not in _AGE_WIDTHS or type(params.get("width", 5)) is not int:
        raise PolicyError(f"{NAME}: width is 5, 10 or 20")  # others leave bands of one year at 2 and 14
    if "top" in params:
        check_whole(NAME, params, "top", 50, 90)  # over 89 always one class: there are too few
    check_choice(NAME, params, "special", _SPECIAL)
    check_choice(NAME, params, "rare", _SPECIAL[::2])


def operate(value: str, request: Request) -> str:
    coarser = _coarser(value, request) if request.form in ("plain", "repaired") else None
    if coarser is None:
        return label.operate(value, Request(request.entity_type, request.label, request.number))
    return coarser


def _coarser(value: str, request: Request) -> str | None:
    text, params, entity_type = shadow(value).text, request.params, canonical_type(request.entity_type)
    if "step" in params:
        return _rounded(text, params["step"], params.get("bottom"), params.get("top"))
    ladder = LADDERS.get(entity_type)
    if ladder is None:
        return coarse(entity_type, text)
    return ladder.climb(text, params.get("level", ladder.default), request)


# --- ages and dates --------------------------------------------------------------------------


def _age(text: str, level: str, request: Request) -> str | None:
    text = text.strip()
    ages = list(age.find_ages(text))
    if not ages:  # a bare 58, as in a cell
        cue = "年龄:"
        ages = [
            match
            for match in age.find_ages(cue + text)
            if (match.start, match.end) == (len(cue), len(cue + text))
        ]
    if len(ages) != 1:
        return None
    if level == "life_stage":
        years = ages[0].years
        return (
            None if years is None else next((name for last, name in _STAGES if years <= last), _OLDEST_STAGE)
        )
    return age.generalize(ages[0], width=request.params.get("width", 5), top=request.params.get("top", 90))


_FIRST_MONTHS: Final = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "five_years": 12}
"""So many months are one, from their first on."""


def _unix_time(text: str, level: str) -> str | None:
    """The Unix time at which its month, quarter … begins in China."""
    day = unix_day(text)
    if day is None:
        return None
    months = _FIRST_MONTHS[level]
    year = day.year // 5 * 5 if level == "five_years" else day.year
    return at_unix_day(text, day.replace(year, (day.month - 1) // months * months + 1, 1), with_time=False)


def _date(text: str, level: str, request: Request) -> str | None:
    if counted := _unix_time(text.strip(), level):
        return counted
    if day := serial_day(text.strip()):
        text = day.isoformat()
    text, dates = read_days(canonical_type(request.entity_type), text)
    if not dates or any(m.kind == "relative" and _PINS_A_DAY.search(text, m.start, m.end) for m in dates):
        return None
    if level == "five_years":
        return _five_years(dates)
    coarser = [date.generalize(match, cast(date.Level, level)) for match in dates]
    between = [text[a.time_end : b.start] for a, b in pairwise(dates)]
    if not all(_BETWEEN_DATES.fullmatch(gap) for gap in between):
        return None
    if all(coarser[0].endswith(later) for later in coarser):  # 2023年5月3日至8日 lies within 2023年5月
        return coarser[0]
    return coarser[0] + "".join(gap + later for gap, later in zip(between, coarser[1:], strict=True))


def _five_years(dates: list[date.DateMatch]) -> str | None:
    years = {match.year // 5 * 5 if match.year is not None else None for match in dates}
    first = years.pop() if len(years) == 1 else None
    return f"{first}-{first + 4}年" if first is not None else None


# --- places, bodies, people, medicine --------------------------------------------------------


def _place(text: str, level: str, request: Request) -> str | None:
    return regions.place(text, level, _divisions(request)) if request.divisions else None


def _hospital(text: str, level: str, request: Request) -> str | None:
    return regions.hospital(text, level, _divisions(request)) if request.divisions else None


def _divisions(request: Request) -> Divisions:
    assert request.divisions is not None
    return request.divisions


def _disease(text: str, level: str, request: Request) -> str | None:
    """Rare and special diseases first: even their class may harm."""
    if medical.is_rare(text) and request.params.get("rare", "suppress") == "suppress":
        return "罕见病"
    special = request.params.get("special", "suppress")
    if special != "keep" and medical.is_special(text):
        return medical.disease(text, "chapter") if special == "chapter" else None
    return medical.disease(text, level)


def _drug(text: str, level: str, request: Request) -> str | None:
    return medical.drug(text, level)


def _one_level(climb: Callable[[str], str | None]) -> Callable[[str, str, Request], str | None]:
    return lambda text, level, request: climb(text)


def _rounded(text: str, step: int, bottom: int | None, top: int | None) -> str | None:
    """Numbers rounded to a multiple, everything below and above one class each: 172cm → 170cm.

    >>> _rounded("172cm", 5, None, None), _rounded("3人", 1, None, 2), _rounded("身高", 5, None, None)
    ('170cm', '≥2人', None)
    """
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(text) - len(found[0]) > 6:
        return None
    number = float(found[0])
    if top is not None and number >= top:
        written = f"≥{top}"
    elif bottom is not None and number <= bottom:
        written = f"≤{bottom}"
    else:
        written = str(int((number + step / 2) // step) * step)
    return text.replace(found[0], written)


_PLACE = Ladder(regions.PLACE_LEVELS, "prefecture", _place)
LADDERS: Final[Mapping[str, Ladder]] = MappingProxyType(
    {
        "AGE": Ladder(("band", "life_stage"), "band", _age, ("width", "top")),
        "DATE_TIME": Ladder(_DATE_LEVELS, "month", _date),
        "DATE_OF_BIRTH": Ladder(_DATE_LEVELS, "year", _date),
        "CN_ADDRESS": _PLACE,
        "LOCATION": _PLACE,
        "NATIVE_PLACE": _PLACE,
        "CN_MEDICAL_INSTITUTION": Ladder(regions.HOSPITAL_LEVELS, "province", _hospital),
        "ORGANIZATION": Ladder(("industry",), "industry", _one_level(social.industry)),
        "OCCUPATION": Ladder(("class",), "class", _one_level(social.occupation)),
        "INCOME": Ladder(("class",), "class", _one_level(social.income)),
        "DEPARTMENT": Ladder(("group",), "group", _one_level(social.department)),
        "DISEASE": Ladder(medical.DISEASE_LEVELS, "category", _disease, ("special", "rare")),
        "MEDICATION": Ladder(medical.DRUG_LEVELS, "atc3", _drug),
    }
)
"""Entity types with a ladder of their own; those of `attributes` have one level."""

COLUMN_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys("科室 科室名称 就诊科室 入院科室 出院科室 所在科室 病区 床号".split(), "DEPARTMENT")
)
"""Headers of table columns → types that no recognizer finds in text; a policy may name them for tables."""
