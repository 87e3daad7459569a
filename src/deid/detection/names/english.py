"""Names in English prose and on English forms, which the tagger of Chinese does not read: who signs, whom a role, a title or a label leads to.

our navigator Hope Larsen will call    Signed electronically: P. Adeyemi-Clarke    S. Vandermeer, MD, PhD    Ruoxi Shen (DOB 11/02/1967)
Family name 姓: Sorokina    Rev. Baek    Noura Haddad（进修）    Yi-Chen：到了吗    T A N G   W E I L A N    阿Fay
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate
from deid.detection.reading import Reading
from deid.grammar.english import DERIVED, SURNAMES, EnglishWords
from deid.grammar.romanized import (
    has_chinese_syllables,
    is_eponym_at,
    is_surname,
    is_syllables,
    may_call,
    may_name,
    within_labels,
)
from deid.regexes import Regex

_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_WORD = rf"[A-ZÀ-ÖØ-Þ](?:['’][A-Z])?[{_LETTER}]{{1,16}}(?:[-’'][A-Z]?[{_LETTER}]{{2,16}}){{0,2}}"
_INITIAL = r"[A-Z]\.(?:-[A-Z]\.)?"
_PARTICLE = "(?:(?:da|das|de|del|della|der|den|di|dos|du|el|al|la|van|von|ten|bin|binti|ibn) ){0,2}"
_NAME = rf"(?P<name>(?:{_INITIAL} ?){{0,3}}{_WORD}(?: (?:{_INITIAL} )?{_PARTICLE}{_WORD}){{0,3}}(?: [A-Z]\.(?![A-Za-z]))?)"
_ENDS = rf"(?![{_LETTER}0-9@]|_+[{_LETTER}0-9])"
_LAST_FIRST = rf"(?P<name>{_WORD}, (?:{_INITIAL} ?)?{_WORD}(?: {_INITIAL})?)"
_TITLES = "(?:(?:Dr|Mr|Mrs|Ms|Prof|Miss|Sr|Rev|Fr)(?:\\.|(?= )) ?|(?:Doctor|Professor|Sister|Madam) )?"

_ROLE = (
    "[Nn]avigator|[Cc]oordinator|[Nn]urse|[Cc]ase [Mm]anager|[Cc]are [Mm]anager|[Ss]ocial [Ww]orker|[Pp]harmacist|[Pp]hysiotherapist|[Pp]hysical therapist|[Tt]herapist|[Dd]ieti[ct]ian"
    "|[Ii]nterpreter|[Tt]ranslator|[Cc]aregiver|[Cc]arer|[Mm]idwife|[Dd]oula|[Cc]haplain|[Cc]olleague|[Ss]urgeon|[Oo]ncologist|[Rr]adiologist|[Pp]athologist|[Uu]rologist|[Cc]ardiologist|[Nn]eurologist|[Pp]sychologist"
    "|[Pp]sychiatrist|[Gg]yn(?:a)?ecologist|[Aa]n(?:a)?esthetist|[Aa]nesthesiologist|[Hh]ematologist|[Hh]aematologist|[Cc]onsultant|[Pp]hysician|[Rr]egistrar|[Rr]esident|[Ff]ellow|[Cc]ounsell?or|[Rr]eceptionist"
    "|[Ss]ecretary|[Aa]ssistant|[Vv]olunteer|[Ll]iaison|[Ee]scort|[Dd]river|[Pp]artner|[Hh]usband|[Ww]ife|[Ss]pouse|[Ff]ianc[ée]{1,2}|[Bb]oyfriend|[Gg]irlfriend|[Ff]riend|[Rr]oommate|[Ff]latmate"
    "|[Cc]lassmate|[Nn]eighbou?r|[Ll]andlord|[Ll]andlady|[Ss]ister|[Bb]rother|[Dd]aughter|[Ss]on|[Mm]other|[Ff]ather|[Mm]um|[Mm]om|[Dd]ad|[Aa]unt|[Uu]ncle|[Nn]iece|[Nn]ephew|[Cc]ousin|[Gg]randson"
    "|[Gg]randdaughter|[Gg]randmother|[Gg]randfather|[Ss]tepson|[Ss]tepdaughter|[Pp]astor|[Pp]riest|[Pp]hysio|(?:[Mm]other|[Ff]ather|[Ss]on|[Dd]aughter|[Ss]ister|[Bb]rother)-in-law|[Nn]anny|[Tt]eacher|[Tt]utor|[Bb]oss|[Ee]mployer|[Aa]ttorney|[Ll]awyer|[Ss]olicitor|[Aa]gent|[Bb]roker|[Pp]atient|[Cc]lient"
)
_LED = Screened(
    rf"(?<![{_LETTER}\-])(?P<role>{_ROLE})(?:,? (?:is )?(?:named|called) |,|:)?(?:,? |(?<=:)){_TITLES}{_NAME}{_ENDS}"
)
"""our navigator Hope Larsen, her partner, Anjou, Social worker: Faith Abernathy."""
_BY = Screened(
    rf"(?:[Ss]igned|SIGNED|[Dd]ictated|DICTATED|[Tt]ranscribed|[Rr]eviewed|[Cc]o-?signed|[Cc]ountersigned|[Aa]uthenticated|[Vv]erified|[Aa]pproved|[Aa]uthorized|[Ww]itnessed|[Pp]repared|[Tt]yped|[Ss]een|[Rr]eferred|[Aa]ccompanied"
    rf"|(?:[Ss]creened|[Pp]erformed|[Cc]ollected|[Rr]eported|[Ee]xamined|[Cc]hecked|[Cc]ompleted|[Ee]ntered|[Aa]dministered|[Ii]nterpreted|[Rr]ecorded|[Oo]rdered|[Rr]eleased|[Rr]equested|[Oo]perated|[Rr]ead)(?= by:)|[Tt]ranslated|[Ee]scorted|[Dd]iscussed|[Ss]poke|[Mm]et|[Cc]onsulted)(?: electronically| digitally| and agreed| in clinic| today)?(?P<by>:[ _]{{0,8}}| (?:by|BY|with|to)(?: phone with)?:?[ ][ _]{{0,8}}){_TITLES}{_NAME}{_ENDS}"
)
_ATTENTION = Screened(rf"(?<![{_LETTER}\-])(?:[Aa]ttn|ATTN|c/o)\.?[ ]{_TITLES}{_NAME}{_ENDS}")
"""attn R. Stern"""
_LABEL = Screened(
    rf"(?<![{_LETTER}\-])(?:[Nn]ext of [Kk]in|NOK|[Ww]itness|[Pp]rinted? [Nn]ame|[Ee]mergency [Cc]ontact|[Cc]ontact [Pp]erson|[Gg]uarantor|[Gg]uardian|[Ii]nsured|[Pp]olicy ?holder|[Aa]ttending|[Ss]ubmitting|[Oo]rdering|[Rr]eferring|[Pp]rimary [Cc]are|(?:[Ss]ubmitting|[Oo]rdering|[Rr]eferring|[Aa]ttending|[Pp]rimary [Cc]are|[Tt]reating) [Pp](?:hysician|rovider)"
    rf"|PCP|GP|(?P<matter>RE|Re|[Rr]egarding|cc|Cc|CC)|[Aa]ccount [Hh]older|[Cc]ompanion|[Ss]igned|[Ss]ignature|[Ss]ender|[Pp]assenger|[Gg]uest|[Mm]other's (?:[Mm]aiden )?[Nn]ame|[Mm]aiden [Nn]ame|[Pp]referred [Nn]ame|[Ll]egal [Nn]ame|[Ff]ull [Nn]ame|[Aa]ttn)"
    rf"\.?[ ]?(?:\([^()\n]{{1,16}}\)[ ]?)?:[ _]{{0,8}}{_TITLES}(?:{_LAST_FIRST}|{_NAME.replace('name', 'plain')}){_ENDS}"
)
_PART = Screened(
    rf"(?:[Ff]amily|[Gg]iven|[Ff]irst|[Mm]iddle|[Ll]ast|[Cc]hristian|FAMILY|GIVEN|FIRST|LAST) (?:[Nn]ames?|NAME)(?:[ ]?[/(]?[ ]?[一-鿿]{{1,3}}[ ]?[)]?)?[ ]?:[ _]{{0,8}}(?P<name>{_WORD}(?: {_WORD}){{0,2}}|[A-ZÀ-ÖØ-Þ]{{2,16}}(?:[- ][A-Z]{{2,16}}){{0,2}}){_ENDS}"
    rf"|(?:[Ss]urname|SURNAME|[Ff]orenames?|FORENAME)(?:[ ]?[/(]?[ ]?[一-鿿]{{1,3}}[ ]?[)]?)?[ ]?:[ _]{{0,8}}(?P<other>{_WORD}(?: {_WORD}){{0,2}}|[A-ZÀ-ÖØ-Þ]{{2,16}}(?:[- ][A-Z]{{2,16}}){{0,2}}){_ENDS}"
)
"""Family name 姓: Sorokina; on forms that are filled in with capitals as well."""
_DEGREE = (
    "(?:M\\.?D\\.?|Ph\\.?D\\.?|D\\.O\\.|MBBS|MBChB|MB BS|MB BCh|FRC[A-Z][A-Za-z]{0,4}|FRANZC[A-Z]{1,2}|FRACP|FRACS|MRC[A-Z][A-Za-z]{0,4}|FAC[A-Z]{1,2}|FHKAM|FHKCP|R\\.?N\\.?|BSN|MSN|APRN|CRNA|"
    "FNP(?:-[A-Z]{1,2})?|ARNP|PA-C|Pharm\\.?D\\.?|LCSW|MSW|CCRN|RDN|DPT|OTR|SLP|MPH|(?<=, )NP|DDS|DMD|Psy\\.?D|CNM|GP)"
)
_WITH_DEGREE = Screened(rf"(?<![{_LETTER}.\-]){_NAME},? {_DEGREE}(?![A-Za-z]|[ ]?[0-9])")
_DESCRIBED = Screened(
    rf"(?<![{_LETTER}.\-]){_NAME}(?=[ ]?[,(][ ]?(?:DOB|D\.O\.B|dob|d\.o\.b|MRN|NHS|HKID|NRIC|DOA|[Pp]assport (?:[Nn]|[A-Z]{{0,2}}[0-9])|(?:aged? |an? )?[0-9]{{1,3}}(?:[ -]?(?:yo|y/o|years?[ -]old|yrs?)\b|[ ]?[MF]\b)|born |(?:[Mm]ale|[Ff]emale)[,)]"
    rf"|(?:(?:his|her|the|their|my) )?(?:husband|wife|spouse|son|daughter|mother|father|brother|sister|niece|nephew|aunt|uncle|cousin|friend|partner|fianc[ée]{{1,2}}|interpreter|translator|guardian|carer|caregiver|driver|neighbou?r)[,).;\n]))"
)
"""Ruoxi Shen (DOB …, Dov Perlman, son, Desmond Kwan (husband)."""
_PINYIN = Screened(
    rf"(?<![{_LETTER}0-9@._\-/])(?P<one>[A-Z][a-z]{{1,10}}) (?P<two>[A-Z][a-z]{{1,10}})(?![{_LETTER}0-9@_]|[-'’./][A-Za-z]| [A-Z][a-z])"
)
"""Bao Yilin, Ruizhi Gao: two or more syllables, and a surname that fewer people bear."""
_OF_DRUG = Regex(r"(?:药品|通用|商品|产品)名称?[^\n]{0,30}\n?[^\n]{0,6}拼音名?[ ]?:[A-Za-z ]{0,40}\Z")
_GREETINGS = "Gr[uü](?:ß|ss)e?n?|[Cc]ordialement|[Ss]aludos|[Hh]ochachtungsvoll"
"""At the end of letters in German, French and Spanish."""
_CLOSING = Screened(
    rf"(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Ff]aithfully|[Tt]ruly|[Rr]espectfully|[Cc]heers|[Tt]hanks|[Tt]hank you|[Yy]ours|Best|Warmly|Love|{_GREETINGS})(?:[,.!]?[ ]*\n[ \n]{{0,6}}|,[ ]{{1,2}}){_TITLES}{_NAME}(?=[ ]*(?:[,(\n]|\Z))"
)
_CLOSING_ABROAD = Screened(rf"(?:{_GREETINGS}),[ ]?(?P<name>{_WORD})(?=[ ]*(?:\n|\Z))")
"""Viele Grüße, Olli: on the same line."""
_AS_IN_PASSPORT = Screened(
    rf"(?:(?<=[:|\t] )|(?<=[:|\t\n(])|\A)(?P<name>(?P<last>[A-Z][A-Z'’\-]{{2,18}}), ?(?P<given>{_WORD}(?: {_WORD}){{0,2}})){_ENDS}"
)
"""OKONKWO, Chidi Emmanuel"""
_BEFORE_MAIL = Screened(rf"(?<![{_LETTER}]){_LAST_FIRST}[\"']?[ ]{{0,2}}<[^<>@\s]{{1,40}}@")
"""Sutton, Maeve <m.sutton@example.com>"""
_HEAD_OF_MAIL = Screened(
    r"(?m:^)[ >]*(?:抄送|密送|主送|[收发寄]件[人者]|副本|正本|[Tt]o|TO|[CcBb][Cc]{1,2}|[Ff]rom|FROM)[ ]?:[ ]?(?P<list>[^\n:]{3,300})"
)
_ADDRESSED = Regex(rf"(?:\A|(?<=[;,、/])|(?<=[;,、/] )){_NAME}(?=[ ]?(?:[;,、/<(]|\Z))")
"""抄送:Grace Tan; Mandy <…>, 李工"""
_MAIDEN = Screened(rf"(?<![{_LETTER}])(?:née|nee|geb\.) (?P<name>{_WORD}){_ENDS}")
_TITLED = Screened(
    rf"(?<![{_LETTER}0-9.\-])(?<![A-Za-z0-9] )(?<![A-Za-z]\. )(?:Rev\.|Fr\.)(?: (?:Dr|Prof)\.?)? {_NAME}(?![{_LETTER}0-9@_.]|,? [0-9])"
    rf"|(?<![{_LETTER}0-9])(?:Reverend|Pastor|Rabbi|Imam|Madame|Monsieur|Señora?|Signora?|Dato'?|Datuk|Ustaz|A/Prof|Sir|Dame|(?:Mme|Mlle|Sra|Capt|Sgt|Lt|Col|Maj|Cmdr|A/Prof|Assoc\.? Prof)\.?) {_NAME.replace('name', 'other')}{_ENDS}"
    rf"|(?<![{_LETTER}0-9])(?:Dr|Mr|Mrs|Ms|Prof|Miss)\.? (?P<initialed>(?:{_INITIAL} ?){{1,3}}{_WORD}){_ENDS}"
)
_STAFF = Screened(
    rf"(?<![{_LETTER}0-9@._/\-])(?P<name>{_WORD} {_WORD}(?: {_WORD})?)(?=[ ]?\((?:进修|规培|实习|见习|轮转|外籍|外教|志愿者|义工|访问|交换|家属|翻译|陪同|陪护|患者|病人|客户|护士|医[生师]|护工|司机|国籍|男|女|[父母夫妻子女儿友]))"
)
_BEHIND_ROLE = Screened(
    r"(?:司机|护工|保姆|月嫂|陪护|护士|导游|朋友|邻居|女儿|儿子|室友|闺蜜|同学|女婿|儿媳|老[婆公]|太太|媳妇|[男女]朋?友|[哥姐弟妹爸妈]{2}|[细細大][女仔]|家姐)[ ]?(?P<name>[A-Z][a-z]{2,11})(?![A-Za-z0-9@_'’.\-疫病药]| [A-Z])"
)
_SIGNS_SHORT = Screened(
    r"(?:[護护][理士][師师员]?|[醫医][師师生])[ :]{0,3}(?P<name>[A-Z][a-z]{1,11}, ?[A-Z](?:[.\-]{1,2}[A-Z])?\.?)(?![A-Za-z0-9])"
)
"""護理師 Lin,Y-C"""
_FAMILIAR = Screened(
    r"(?<![一-鿿])阿[A-Z][a-z]{2,9}(?![A-Za-z0-9])|阿[A-Z](?<=[请让叫和跟找给问是由在了搵揾俾同,;、。]阿.)[a-z]{2,9}(?![A-Za-z0-9])"
)
_AH = Screened(r"(?P<whole>Ah(?:(?<=\nAh)|(?<= - Ah)) (?P<called>[A-Z][a-z]{1,6}))(?=[ ]?:)")
"""Ah Mei, as in Hong Kong, who writes a message."""
_SPEAKER = Screened(
    r"(?m:^)[ ]*(?:\[?[0-9:/\-. ]{4,22}\]?[ ]+)?(?P<name>[A-Z][a-z]{1,5}-[A-Z]?[a-z]{1,6})[ ]?:(?!//)(?=[ ]?\S)"
)
_APART = Screened(
    r"(?<![A-Za-z] )(?<![A-Za-z0-9])(?P<name>(?P<one>[A-Z](?: [A-Z]){1,6})[ ]{2,5}(?P<two>[A-Z](?: [A-Z]){1,12}))(?![A-Za-z0-9]| [A-Za-z])"
)
_STARTS = frozenset(
    "the he she it they we i this that these those his her its their our my a an in on at as if for from with by to and but or no not there then when while after before patient please".split()
)
"""How the next sentence begins behind Dr. X."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
_CITIES_OF_MARYLAND = frozenset(
    ["silver spring", "chevy chase", "ellicott city", "college park", "takoma park"]
)
_GOES_ON = Regex(r" (?:&|of)(?= [A-Z])| (?:[A-Z][a-z]+ ){0,3}[A-Z][a-z]+(?![A-Za-z]|[ ]?[:/])")
"""What shows that a name is one of a body: Referring: Shenyang Anhe Medical Consulting."""
_JOINS = Regex("-| [A-Z]")
_PARTS = Regex(rf"[{_LETTER}'’]+")
_HELD_SINGLE = frozenset(
    "nurse partner friend husband wife spouse sister brother daughter son niece nephew cousin interpreter translator chaplain navigator coordinator roommate neighbour neighbor classmate aunt uncle boyfriend "
    "girlfriend pastor priest physio mother-in-law father-in-law son-in-law daughter-in-law sister-in-law brother-in-law nanny carer caregiver grandson granddaughter midwife doula colleague volunteer therapist tutor teacher escort".split()
)
"""Roles behind which a given name stands by itself: your nurse Mira."""
_WHOSE = Regex(r"(?<![A-Za-z])(?:[Hh]is|[Hh]er|[Oo]ur|[Mm]y|[Yy]our|[Tt]heir) \Z")
"""Before a driver who is somebody, and no gene: her driver Bolat, but driver Kras."""
_SURE, _LIKELY = 0.85, 0.75
"""Scores of a name that no word of English is part of, and of others, which are not looked for elsewhere: Hope Young."""


class NamesInEnglish:
    def __init__(self, words: EnglishWords) -> None:
        self._words, self._is_word = words.plain, words.is_word

    def find(self, reading: Reading, candidates: Collection[Candidate]) -> Iterator[Candidate]:
        """Names that are no candidates yet, and wherever else those of several words stand."""
        taken = {(c.start, c.end) for c in candidates}
        spans = tuple(within_labels(reading.text, *span) for span in self._spans(reading))
        names = {reading.text[start:end] for start, end in spans}
        for start, end in (*spans, *_again(reading.text, {name for name in names if " " in name})):
            if start < end and (start, end) not in taken:
                taken.add((start, end))
                parts = _words(reading.text[start:end])
                score = _SURE if len(parts) > 1 and not any(map(self._is_word, parts)) else _LIKELY
                yield Candidate(start, end, score, ("romanized", "english"))

    def _spans(self, reading: Reading) -> Iterator[tuple[int, int]]:
        yield from self._led(reading)
        yield from self._labelled(reading)
        yield from self._described(reading)
        yield from self._titled(reading)
        yield from self._among_chinese(reading)

    def _led(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Behind what somebody is."""
        text = reading.text
        for match in reading.finditer(_LED):
            role = match["role"].lower()
            single = role in _HELD_SINGLE or (
                role == "driver" and bool(_WHOSE.search(text, max(0, match.start() - 8), match.start()))
            )
            if end := self._end(text, *match.span("name"), single=single):
                yield match.start("name"), end

    def _labelled(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Behind a label, behind who signed, and below the end of a letter."""
        text = reading.text
        for match in reading.finditer(_BY):
            if end := self._end(text, *match.span("name"), single=":" in match["by"]):
                yield match.start("name"), end
        for match in reading.finditer(_ATTENTION):
            if end := self._end(text, *match.span("name"), single=False):
                yield match.start("name"), end
        for match in reading.finditer(_LABEL):
            group = "name" if match["name"] else "plain"
            single = not match["matter"]
            if end := self._end(text, *match.span(group), single=single, reversed_=group == "name"):
                yield match.start(group), end
        for match in reading.finditer(_PART):
            group = "name" if match["name"] else "other"
            name = match[group].lower()
            if name not in self._words and may_name(match[group].title()):
                yield match.span(group)
        for match in reading.finditer(_AS_IN_PASSPORT):
            if not any(map(self._is_word, (match["last"], *match["given"].split()))):
                yield match.span("name")
        for match in reading.finditer(_BEFORE_MAIL):
            if end := self._end(text, *match.span("name"), single=False, reversed_=True, whole=True):
                yield match.start("name"), end
        for head in reading.finditer(_HEAD_OF_MAIL):
            for match in _ADDRESSED.finditer(head["list"]):
                start, end = (head.start("list") + place for place in match.span("name"))
                if end := self._end(text, start, end, single=True, whole=True):
                    yield start, end
        for match in reading.finditer(_MAIDEN):
            if not self._is_word(match["name"]):
                yield match.span("name")
        for match in (*reading.finditer(_CLOSING), *reading.finditer(_CLOSING_ABROAD)):
            if end := self._end(text, *match.span("name"), single=True):
                yield match.start("name"), end

    def _described(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Before a degree, a date of birth, an age or what somebody is."""
        text = reading.text
        for form in (_WITH_DEGREE, _DESCRIBED):
            for match in reading.finditer(form):
                start, end = self._behind_words(text, *match.span("name"))
                nurse = form is _WITH_DEGREE and match[0].rstrip(".").endswith(" RN")
                if match["name"].lower() in _CITIES_OF_MARYLAND:
                    continue
                if self._end(text, start, end, single=nurse, whole=True) == end:
                    yield start, end
        for match in reading.finditer(_PINYIN):
            one, two = match["one"].lower(), match["two"].lower()
            if _OF_DRUG.search(text, max(0, match.start() - 60), match.start()):
                continue  # 通用名称:安宫牛黄丸 汉语拼音:Angong Niuhuang Wan
            if not (self._is_word(one) or self._is_word(two)) and (
                (is_surname(one) and has_chinese_syllables(two))
                or (is_surname(two) and has_chinese_syllables(one))
            ):
                yield match.span()

    def _titled(self, reading: Reading) -> Iterator[tuple[int, int]]:
        text = reading.text
        for match in reading.finditer(_TITLED):
            group = match.lastgroup or "name"
            start, end = match.span(group)
            if group == "initialed":
                last = _words(match[group])[-1]
                if last.lower() not in _STARTS and (match[group].count(".") > 1 or not self._is_word(last)):
                    yield start, end
            elif match[group].lower() in SURNAMES or (end := self._end(text, start, end, single=True)):
                yield start, end

    def _among_chinese(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Noura Haddad（进修）, Yi-Chen：, 阿Fay, T A N G   W E I L A N."""
        text = reading.text
        for match in reading.finditer(_STAFF):
            if self._end(text, *match.span("name"), single=False) == match.end("name"):
                yield match.span("name")
        for match in reading.finditer(_BEHIND_ROLE):
            if self._end(text, *match.span("name"), single=True) == match.end("name"):
                yield match.span("name")
        for match in reading.finditer(_SIGNS_SHORT):
            yield match.span("name")
        for match in reading.finditer(_FAMILIAR):
            if match[0][1:].lower() not in self._words or may_call(match[0][1:].lower()):
                yield match.span()
        for match in reading.finditer(_AH):
            if match["called"].lower() not in self._words:
                yield match.span("whole")
        for match in reading.finditer(_SPEAKER):
            if is_syllables(match["name"]) and not any(
                map(self._is_word, _words(match["name"].replace("-", "")))
            ):
                yield match.span("name")
        for match in reading.finditer(_APART):
            one, two = (match[group].replace(" ", "").lower() for group in ("one", "two"))
            if (is_surname(one) and is_syllables(two)) or (is_surname(two) and is_syllables(one)):
                yield match.span("name")

    def _end(
        self, text: str, start: int, end: int, *, single: bool, reversed_: bool = False, whole: bool = False
    ) -> int:
        """Where the name that begins at `start` ends, 0 where it is none.

        `single` is whether one word may be all of it; `reversed_` whether the surname stands first, before a comma;
        `whole` whether it is known where it ends.
        """
        kept: list[str] = []
        last = start
        for match in _PARTS.finditer(text, start, end):
            if len(match[0]) > 1 and not self._may_go_on(match[0], kept):
                break
            kept.append(match[0])
            last = match.end()
        if kept and len(kept[-1]) == 1 and text[last : last + 1] == "." and last < end:
            last += 1
        long = [word for word in kept if len(word) > 1 and word[0].isupper()]
        if not long or is_eponym_at(text, last) or not may_name(" ".join(long)) or _is_month(long):
            return 0
        if not whole and _GOES_ON.match(text, last):
            return 0
        if len(long) > 1:
            return last
        unknown = not self._is_word(long[0])
        if any(len(part) == 1 for part in kept):
            suffices = unknown or (single and not reversed_ and long[0].lower() not in _STARTS)
        else:
            goes_on = not whole and _JOINS.match(text, last) is not None
            suffices = single and not goes_on and (unknown or may_call(long[0].lower()))
        return last if suffices else 0

    def _behind_words(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Without the words that lead to a name: Pathologist Amos Winslow."""
        while (word := _PARTS.match(text, start, end)) and len(word[0]) > 1:
            if not self._is_word(word[0]) or may_call(word[0].lower()):
                break
            start = min(end, word.end() + 1)
        return start, end

    def _may_go_on(self, word: str, before: list[str]) -> bool:
        """Whether a word may be the next of a name: one that is no word of English, or stands beside one that calls somebody."""
        if not self._is_word(word) or may_call(word.lower()):
            return not (word.isupper() and len(word) < 4)
        named = [part for part in before if len(part) > 1]
        if not before:
            return False
        plain = word.lower() in self._words and not DERIVED.fullmatch(word.lower())
        return not named or (len(named) == 1 and (may_call(named[0].lower()) or plain))


def _again(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the names stand, and no letter beside them."""
    for name in sorted(names):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                yield start, end
            start = text.find(name, end)


def _is_month(words: list[str]) -> bool:
    """Whether a month or a day of the week is among the words, and no given name before it: May, but not Grace May."""
    dated = any(word.lower() in _MONTHS for word in words)
    return dated and not (len(words) > 1 and may_call(words[0].lower()))


def _words(name: str) -> list[str]:
    return [word for word in _PARTS.findall(name) if len(word) > 1]
