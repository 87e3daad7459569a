"""Cities in Latin letters, behind a word that leads there, in a cell, or with their state: 赴Houston, Columbus, Ohio.

Scores, criteria and operations are called after many of them, so nothing else counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deid.detection.literals import Screened
from deid.detection.places.words import LOCATION
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_STATE = (
    "(?:Alabama|Arizona|California|Colorado|Connecticut|Florida|Georgia|Hawaii|Illinois|Indiana|Kansas|Kentucky|Louisiana|Maryland|Massachusetts|Michigan|Minnesota|Missouri|Nevada|New Jersey|New York|North Carolina|Ohio"
    "|Oklahoma|Oregon|Pennsylvania|Tennessee|Texas|Utah|Virginia|Washington|Wisconsin|Ontario|Quebec|British Columbia|Alberta|Victoria|Queensland|NSW|USA|Canada|Australia|UK|Japan|Germany|Thailand|Switzerland|Korea"
    "|China|Anhui|Fujian|Gansu|Guangdong|Guangxi|Guizhou|Hainan|Hebei|Heilongjiang|Henan|Hubei|Hunan|Jiangsu|Jiangxi|Jilin|Liaoning|Ningxia|Qinghai|Shaanxi|Shandong|Shanxi|Sichuan|Xinjiang|Yunnan|Zhejiang)(?! (?:University|Provinc|Hospital|Medical))"
)
_NO_TIME = "(?!(?:In |On |By |Since )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber),)"
_IN_SHORT = "(?:TX|CA|NY|MA|OH|PA|MN|FL|IL|WA|MD|GA|BC|ON)"
"""Short for states, and for degrees and countries behind a person's name."""
_END = "(?![A-Za-z'-])"
_MEASURES = Regex(
    r"[ ]?(?:(?:[一-鿿]){0,6}?(?:量表|问卷|评分|分级|分型|分类|分期|准则|标准|共识|指南|方案|综合征|法|阀|瓣|术|峰|手术|系统|宣言|指数|单抗|大学)|[0-9IVX]+[a-c]?(?![0-9]*[ ]?(?:年|月|号|日))|[Cc]riteria|[Cc]lassification|[Ss]core|[Pp]rotocol|[Gg]rade|[Ss]tag|[Ss]cale|[Ss]tudy|University|Hospital)"
)

_MEASURED_BEFORE = Regex(
    "(?:评分|标准|分[期型级类度]|准则|量表|方案|支架|导管|瓣膜?|系统|品牌|厂家|型号|术式|手术|单抗|试验|研究)[^。;\\n]{0,6}\\Z"
)


class LetteredPlaces:
    """Finds `cities`, and any city with its state."""

    def __init__(self, cities: Iterable[str]) -> None:
        city = f"(?:{'|'.join(map(re.escape, sorted(cities, key=len, reverse=True)))})"
        self._forms = (
            Screened(
                rf"(?<=[赴飞去在回从到往至住于居来的])[ ]?(?P<led>{city}(?:, ?(?:{_STATE}|{_IN_SHORT}))?){_END}"
            ),
            Screened(
                rf"(?<![A-Za-z.'-])(?P<whole>{_NO_TIME}[A-Z][a-z]+(?: [A-Z][a-z]+)?, ?{_STATE}|{city}, ?{_IN_SHORT}){_END}"
            ),
            Screened(rf"(?<=[A-Za-z0-9.], )(?P<behind>{city})(?=[ ]?(?:[);。\n]|\Z))"),
            Screened(
                rf"(?:(?<=[a-z).!?] )|(?<![^\n]))(?:[Ii]n|[Tt]o|[Ff]rom|[Aa]t|[Nn]ear|[Vv]ia)[ ](?P<english>{city}(?:, ?(?:{_STATE}|{_IN_SHORT}))?){_END}(?=[ ]?(?:[,.;!?)。，\n]|\Z)|[ ](?:until|till|for|on|with|and|from|to|by|this|next|last|since|tomorrow|again|where|before|after|[0-9]|office|branch|clinic|side|team|station))"
            ),
            Screened(
                rf"(?:(?<![A-Za-z])(?:[Ii]n|[Tt]o|[Aa]t|[Ff]or|[Ff]rom) )[A-Z][a-z]+ (?:and|or) (?P<second>{city}){_END}(?=[ ]?[,.;)。\n]|[ ][a-z]|\Z)"
            ),
            Screened(
                rf"(?:(?<=[Tt]he )|(?<=[Oo]ur )|(?<=heir )|(?<=[ ]to )|(?<=[ ]at ))(?P<office>{city}){_END}(?=[ ](?:office|branch|clinic|side|team|site)(?![a-z]))"
            ),
            Screened(
                rf"(?<=[一-鿿,])(?P<beside>{city}){_END}(?=[,。;、)]|[那这]边|时间(?!窗)|当地|[待住]|读书|复[诊查]|治疗|就[诊医])"
            ),
            Screened(
                rf"(?m)(?:(?<=[\t|;])|(?<=[一-鿿][ ])|(?<=[一-鿿][,、][ ]))(?P<cell>{city})(?=[ ]?(?:[\t|;\n]|\Z)|[ ][a-z0-9._]+@)"
            ),
        )

    def find(self, reading: Reading) -> Iterator[Detection]:
        for form in self._forms:
            for found in reading.finditer(form):
                start, end = found.span(found.lastgroup or 0)
                measured = _MEASURED_BEFORE.search(reading.text, max(0, start - 12), start)
                if not (measured or _MEASURES.match(reading.text, end)):
                    yield Detection(LOCATION, start, end, 0.6, "LOCATION.letters", ("letters",))
