"""Cities abroad in Latin letters, behind a word that leads there, in a cell, or with their state: 赴Houston, Columbus, Ohio.

Scores, criteria and operations are called after many of them, so nothing else counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.places.words import LOCATION
from deid.detection.reading import Reading
from deid.regexes import Regex
from deid.types import Detection

_CITY = (
    "(?:Vancouver|Richmond|Burnaby|Toronto|Markham|Mississauga|Ottawa|Montreal|Calgary|Edmonton|Sydney|Melbourne|Brisbane|Perth|Adelaide|Canberra|Auckland|Wellington|London|Manchester|Birmingham|Liverpool|Edinburgh|Glasgow"
    "|Cambridge|Oxford|Dublin|Paris|Lyon|Berlin|Munich|München|Frankfurt|Hamburg|Cologne|Heidelberg|Stuttgart|Düsseldorf|Zurich|Zürich|Geneva|Basel|Vienna|Milan|Rome|Madrid|Barcelona|Lisbon|Amsterdam|Rotterdam|Brussels"
    "|Copenhagen|Stockholm|Oslo|Helsinki|Moscow|Boston|New York|NYC|Brooklyn|Flushing|Philadelphia|Pittsburgh|Baltimore|Washington|Atlanta|Miami|Orlando|Tampa|Chicago|Detroit|Cleveland|Columbus|Cincinnati|Minneapolis|Rochester"
    "|St\\. Louis|Houston|Dallas|Austin|San Antonio|Denver|Phoenix|Las Vegas|Seattle|Portland|San Francisco|San Jose|Los Angeles|San Diego|Irvine|Palo Alto|Tokyo|Osaka|Kyoto|Nagoya|Yokohama|Kobe|Fukuoka|Sapporo|Seoul|Busan|Incheon"
    "|Singapore|Bangkok|Chiang Mai|Phuket|Kuala Lumpur|Penang|Jakarta|Manila|Hanoi|Ho Chi Minh City|Mumbai|New Delhi|Dubai|Abu Dhabi|Doha|Tel Aviv|Hong Kong|Taipei|Kaohsiung|Macau)"
)
_STATE = (
    "(?:Alabama|Arizona|California|Colorado|Connecticut|Florida|Georgia|Hawaii|Illinois|Indiana|Kansas|Kentucky|Louisiana|Maryland|Massachusetts|Michigan|Minnesota|Missouri|Nevada|New Jersey|New York|North Carolina|Ohio"
    "|Oklahoma|Oregon|Pennsylvania|Tennessee|Texas|Utah|Virginia|Washington|Wisconsin|Ontario|Quebec|British Columbia|Alberta|Victoria|Queensland|NSW|USA|Canada|Australia|UK|Japan|Germany|Thailand|Switzerland|Korea)"
)
_IN_SHORT = "(?:TX|CA|NY|MA|OH|PA|MN|FL|IL|WA|MD|GA|BC|ON)"
"""Short for states, and for degrees and countries behind a person's name."""
_END = "(?![A-Za-z'-])"
_FORMS = (
    Screened(
        rf"(?<=[赴飞去在回从到往至住于居来的])[ ]?(?P<led>{_CITY}(?:, ?(?:{_STATE}|{_IN_SHORT}))?){_END}"
    ),
    Screened(
        rf"(?<![A-Za-z.'-])(?P<whole>[A-Z][a-z]+(?: [A-Z][a-z]+)?, ?{_STATE}|{_CITY}, ?{_IN_SHORT}){_END}"
    ),
    Screened(rf"(?<=[A-Za-z.], )(?P<behind>{_CITY})(?=[ ]?(?:[);。\n]|\Z))"),
    Screened(
        rf"(?m)(?:(?<=[\t|;])|(?<=[一-鿿][ ])|(?<=[一-鿿][,、][ ]))(?P<cell>{_CITY})(?=[ ]?(?:[\t|;\n]|\Z)|[ ][a-z0-9._]+@)"
    ),
)
_MEASURES = Regex(
    r"[ ]?(?:(?:[一-鿿]){0,6}?(?:量表|问卷|评分|分级|分型|分类|分期|准则|标准|共识|指南|方案|综合征|法|阀|瓣|术|峰|手术|系统|宣言|指数|单抗|大学)|[0-9IVX]+[a-c]?(?![0-9]*[ ]?(?:年|月|号|日))|[Cc]riteria|[Cc]lassification|[Ss]core|[Pp]rotocol|[Gg]rade|[Ss]tag|[Ss]cale|[Ss]tudy|University|Hospital)"
)


def find_lettered(reading: Reading) -> Iterator[Detection]:
    for form in _FORMS:
        for found in reading.finditer(form):
            start, end = found.span(found.lastgroup or 0)
            if not _MEASURES.match(reading.text, end):
                yield Detection(LOCATION, start, end, 0.6, "LOCATION.letters", ("letters",))
