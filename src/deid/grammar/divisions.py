"""Names of provinces, prefectures, counties and townships, full and short (GB/T 2260, GB/T 10114).

The lines come from `recognizers/lexicons/divisions.tsv`: name, level, path. Short forms
(湖南, 内蒙, 湘西, 浦东) are derived here, so that the file holds official names only.

>>> divisions = Divisions.from_lines([
...     "湖南省\\tprovince\\t湖南省", "长沙市\\tprefecture\\t湖南省/长沙市", "开福区\\tcounty\\t湖南省/长沙市",
...     "北京市\\tprovince\\t北京市", "朝阳区\\tcounty\\t北京市", "朝阳区\\tcounty\\t吉林省/长春市"])
>>> divisions.prefecture_of("开福区芙蓉北路12号")
'湖南省长沙市'
>>> divisions.prefecture_of("朝阳区建国路1号") is None      # there are two of that name
True
>>> divisions.prefecture_of("北京朝阳区建国路1号")
'北京市'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple

from deid.catalog.lexicon import WordIndex
from deid.regexes import Regex

Level = Literal["province", "prefecture", "county", "township"]
Path = tuple[str, ...]
"""Province and prefecture that hold a place: `("湖南省", "长沙市")`, `("上海市",)`; empty where unknown."""

_LEVELS: Mapping[str, Level] = {
    "province": "province",
    "prefecture": "prefecture",
    "county": "county",
    "township": "township",
}
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|鄂伦春|各"
)
_AUTONOMOUS = Regex(
    rf"(.{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔)+自治(?:区|州|县|旗)"
)
_DISTRICT_OF_PEOPLE = Regex(rf"(.{{2,}}?)(?:{_PEOPLES})族区")
_PLAIN = Regex(r"(.{2,}?)(?:维吾尔自治区|自治区|特别行政区|地区|林区|新区|特区|省|市|盟|区|县)")
# Names like 工业园区 lie in divisions.tsv among the counties; cut down they would be ordinary words.
_NO_SHORT_FORM = Regex(r".*(?:开发区|园区|管委会|委员会|郊区|矿区)$")
_BANNER = Regex("([一-鿿])[一-鿿]{1,3}?(?:([左右])翼?)?([前中后])?(?<=[左右翼前中后])旗")
_BANNERS = {
    "达尔罕茂明安联合旗": ("达茂旗",),
    "莫力达瓦达斡尔族自治旗": ("莫旗",),
    "四子王旗": ("四子旗",),
    "东乌珠穆沁旗": ("东乌旗",),
    "西乌珠穆沁旗": ("西乌旗",),
    "阿鲁科尔沁旗": ("阿鲁旗",),
}
"""Banners of Inner Mongolia as people call them."""
_EXTRA_SHORT_FORMS = {"内蒙古自治区": ("内蒙",), "台湾省": ("台湾地区",)}
_DIGITS = Regex("[0-9]+")
_MOST_PREFECTURES, _NOT_LOOKED_UP = 20_000, ""
"""How many addresses are remembered; the prefecture of none is empty."""
# 南京东路 is not in Nanjing, nor 长沙银行 a place; but 路环 is in Macao.
_NAME_GOES_ON = Regex(
    r"[东南西北中]?[一二三四五]?(?:路(?!环)|街|大[道街路]|小区|新村|花园|家园|巷|弄|胡同|公路|高速|大厦|饭店|宾馆|酒店|医院|银行|大学|道(?![县外里真孚]))"
)


class Division(NamedTuple):
    """The level of a place and where it lies; most townships share one."""

    level: Level
    path: Path


@dataclass(frozen=True, slots=True)
class DivisionMatch:
    """`text[start:end]` names one of `divisions`; `short` when it is not the official name."""

    start: int
    end: int
    level: Level
    divisions: tuple[Division, ...]
    short: bool

    @property
    def paths(self) -> frozenset[Path]:
        return frozenset(division.path for division in self.divisions)


@dataclass(frozen=True, eq=False)
class Divisions:
    """A gazetteer; picklable, hashed by identity. `full` and `short` lead a written name to the places that bear it."""

    full: Mapping[str, tuple[Division, ...]] = field(repr=False)
    short: Mapping[str, tuple[Division, ...]] = field(repr=False)
    _index: WordIndex[tuple[Division, ...]] = field(repr=False)

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Divisions:
        """From the lines of divisions.tsv. Raises ValueError, with the line number, for a malformed line."""
        full: dict[str, tuple[Division, ...]] = {}
        short: dict[str, tuple[Division, ...]] = {}
        read: dict[str, tuple[Division]] = {}
        for number, line in enumerate(lines, 1):
            name, _, where = line.rstrip("\r\n").partition("\t")
            if not name or name.startswith("#"):
                continue
            division = read.get(where)
            if division is None:
                level, _, path = where.partition("\t")
                if level not in _LEVELS:
                    raise ValueError(f"line {number}: unknown level of division")
                division = read[where] = (Division(_LEVELS[level], tuple(path.split("/")) if path else ()),)
            for form in (name, *_usual_forms(name)):
                full[form] = full.get(form, ()) + division
            if division[0].level != "township":
                for form in short_forms(name):
                    short[form] = short.get(form, ()) + division
        # Short names of counties (和平, 新城, 长安) are words: they count only beside another place, see `at`.
        words: dict[str, tuple[Division, ...]] = {}
        for form, divisions in short.items():
            if wide := tuple(division for division in divisions if division.level != "county"):
                words[form] = wide
        return cls(full, short, WordIndex(words | full))

    def __len__(self) -> int:
        return len(self.full)

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """The lengths of the names with each two first characters, the longest first: most begin none."""
        lengths: dict[str, tuple[int, ...]] = {}
        for name in chain(self.full, self.short):
            known = lengths.get(name[:2])
            if known is None:
                lengths[name[:2]] = (len(name),)
            elif len(name) not in known:
                lengths[name[:2]] = tuple(sorted((*known, len(name)), reverse=True))
        return lengths

    def find(self, text: str) -> Iterator[DivisionMatch]:
        """Official names of all levels, short names of provinces and prefectures: leftmost-longest, disjoint."""
        for start, end, divisions in self._index.find(text):
            short = text[start:end] not in self.full
            if not (short and _NAME_GOES_ON.match(text, end)):
                yield DivisionMatch(start, end, divisions[0].level, divisions, short)

    def names(self, word: str) -> bool:
        """Whether the word is the name of a place, in full or short."""
        return word in self.full or word in self.short

    def start_before(self, text: str, end: int) -> int | None:
        """Where the place begins, of two to four characters, that ends at `end`: 石家庄 before 正定."""
        sizes = (size for size in (4, 3, 2) if size <= end and self.names(text[end - size : end]))
        return next((end - size for size in sizes), None)

    def at(self, text: str, position: int, *, within: frozenset[Path] | None = None) -> DivisionMatch | None:
        """The longest name that begins at `position`, short names of counties included.

        With `within` only places that lie in one of those paths, or hold one of them.
        """
        for length in self._lengths.get(text[position : position + 2], ()):
            name = text[position : position + length]
            if len(name) < length:
                continue
            for short, names in ((False, self.full), (True, self.short)):
                divisions = names.get(name)
                if divisions and within is not None:
                    divisions = tuple(d for d in divisions if any(_agree(d.path, path) for path in within))
                if divisions and not (short and _NAME_GOES_ON.match(text, position + length)):
                    return DivisionMatch(position, position + length, divisions[0].level, divisions, short)
        return None

    def prefecture_of(self, text: str) -> str | None:
        """The prefecture in which an address lies, with its province: `湖南省长沙市`, `上海市`.

        Only the province (`湖南省`) where the text names no more. None where it names no place, or one
        that exists in several provinces.
        """
        plain = _DIGITS.sub("0", text)  # no name has one: in a list a street comes with many numbers
        found = self._prefectures.get(plain, _NOT_LOOKED_UP)
        if found == _NOT_LOOKED_UP:
            found = self._prefecture_of(plain)
            if len(self._prefectures) >= _MOST_PREFECTURES:
                self._prefectures.clear()
            self._prefectures[plain] = found
        return found

    @cached_property
    def _prefectures(self) -> dict[str, str | None]:
        return {}

    def _prefecture_of(self, text: str) -> str | None:
        paths: frozenset[Path] | None = None
        match = self.at(text, 0)
        position = 0
        while True:
            if match is None:
                match = next(self.find(text[position:]), None)
                if match is None:
                    break
                match = DivisionMatch(
                    match.start + position, match.end + position, match.level, match.divisions, match.short
                )
            position = match.end
            narrowed = _narrow(paths, match.paths)
            if not narrowed:
                break
            paths = narrowed
            match = self.at(text, position, within=paths) if paths else None
        if not paths:
            return None
        if len(paths) == 1:
            return "".join(next(iter(paths))) or None
        provinces = {path[:1] for path in paths}
        return provinces.pop()[0] if len(provinces) == 1 and () not in provinces else None


def _usual_forms(name: str) -> Iterator[str]:
    """河口县 for 河口瑶族自治县, 管城区 for 管城回族区, 科左后旗 for 科尔沁左翼后旗: what everybody writes who leaves the people out."""
    yield from _BANNERS.get(name, ())
    if banner := _BANNER.fullmatch(name):
        yield f"{banner[1]}{banner[2] or ''}{banner[3] or ''}旗"
    if name.endswith(("自治县", "自治旗")) and (stem := _AUTONOMOUS.fullmatch(name)):
        yield stem[1] + name[-1]
    if district := _DISTRICT_OF_PEOPLE.fullmatch(name):
        yield district[1] + "区"


def short_forms(name: str) -> Iterator[str]:
    """新疆 for 新疆维吾尔自治区, 恩施 and 恩施州 for 恩施土家族苗族自治州: none of what would be another word then."""
    yield from _EXTRA_SHORT_FORMS.get(name, ())
    if _NO_SHORT_FORM.match(name):
        return
    stem = _AUTONOMOUS.fullmatch(name) or _PLAIN.fullmatch(name)
    if stem:
        yield stem[1]
        if name.endswith("自治州"):
            yield stem[1] + "州"  # 恩施州


def _agree(a: Path, b: Path) -> bool:
    """Whether one path holds the other."""
    shared = min(len(a), len(b))
    return bool(shared) and a[:shared] == b[:shared]


def _narrow(known: frozenset[Path] | None, named: frozenset[Path]) -> frozenset[Path]:
    """What both leave possible; a township without path says nothing."""
    if known is None:
        return named if () not in named else frozenset()
    if () in named:
        return known
    return frozenset(max(a, b, key=len) for a in known for b in named if _agree(a, b))
