"""Names by where they stand: behind a bed, before a telephone number, under a note, over a message."""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Forms, Screened
from deid.detection.names.fit import CERTAIN, Candidate, Fitting
from deid.detection.names.words import DESCRIBES, MOBILE, STATES, shipped_herbs
from deid.detection.reading import Reading
from deid.grammar.name import HAN

_SERVING = "(?:顾问|客服|坐席|座席|专员|导诊|陪诊|翻译|司机|销售|助理)"
_RUN = rf"([{HAN}]{{2,4}})"
_DOCUMENT = "(?:记录|病历|报告|会诊|投诉|协议|合同|授权|委托|身份证|护照|发票|理赔|录音|简历|离职|体检|诊断|证明|申请|问诊|档案|小结)"
"""What is written of or with somebody: 会诊记录_0417_白芷.pdf."""
_PLACES = Forms(
    ((evidence, least), Screened(pattern))
    for evidence, least, pattern in (
        ("reported by", 0.5, rf"\(([{HAN}]{{2,3}})(?=(?:报告|口述|代[诉述签办]|转述|记录|整理|提供)\))"),
        ("staff", 0.9, rf"(?<![{HAN}])([{HAN}]{{2,3}}?)(?=(?:已经?|刚|都)?(?:停岗|停职|离职|辞职|调岗|请假|休产假|旷工))"),
        ("serving", 0.9, rf"{_SERVING}([{HAN}]{{2}})(?=、(?:{_SERVING}|[小老])|。|[ ]*(?:\n|$))"),
        ("bed line", 0.9, rf"(?:^|\n)[ ]*[0-9]{{1,3}}床[ ]{{1,2}}([{HAN}]{{2}})(?=[ ])"),
        ("below a ward", 0.5, rf"(?:[科部室]|中心|医院|公司|门诊|病区)[ ]{{1,4}}{_RUN}[ ]*(?=\n[ ]*(?:(?:19|20)[0-9]{{2}}|二[〇零○]))"),
        ("bed", 0.5, rf"[0-9]床[ :]?{_RUN}(?=[,。;(\n ]|的|$)"),
        ("before a phone", 0.5, rf"(?<![{HAN}]){_RUN}[ (:]{{1,4}}(?:[MT]:)?(?={MOBILE}(?![0-9])|1[3-9][0-9]-[0-9]{{4}}-[0-9]{{4}}|0[0-9]{{2,3}}-[0-9]{{7}})"),
        ("party", 0.5, rf"(?:[甲乙丙丁]|[出承转]租|[委受]托|服务|雇佣|用工|[出买]卖|[出受]让)[方人][ :]{{1,3}}{_RUN}(?=[ ]?\((?:以下|下)简?称)"),
        ("on a ticket", 0.5, rf"(?<![{HAN}]){_RUN}[ (]{{1,2}}(?=[A-Z]{{2,7}}/[A-Z]{{2,}}(?![A-Za-z0-9]))"),
        ("reporting", 0.5, rf"(?:[。;\n】]|^|[0-9一二三四五六七八九十][.、])[ ]?{_RUN}(?=(?:汇报|通报|补充|发言|总结|点评|介绍病例):)"),
        ("signature", 0.7, rf"(?:[。!)]|——|--)[ ]{{0,4}}{_RUN}[ ]*(?=\n|$)"),
        ("file", 0.5, rf"{_DOCUMENT}[^\s/\\|<>\",;。、]{{0,24}}[_—-]([{HAN}]{{2,3}})(?=\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|zip|eml|msg|m4a|mp[34]|wav|wps|ofd|csv)(?![A-Za-z0-9]))"),
        ("message head", 0.5, rf"(?:^|\n){_RUN}[ ]{{1,4}}(?=[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]*(?:\n|$))"),
    )
)  # fmt: skip


_FARES = DESCRIBES | STATES | frozenset("苏醒 舒适 舒服 舒畅 安好 安稳 安详 高亢".split())
"""Words for how somebody fares, or what sort of person he is."""
_OF_PERSONS = frozenset(
    [
        "before a phone",
        "reported by",
        "staff",
        "serving",
        "bed line",
        "party",
        "on a ticket",
        "reporting",
        "file",
    ]
)
_OF_NUMBERS = frozenset("常用 应急 和平 安全 全国 常年 经常 平时 安心 时间".split())
"""Words that stand before telephone numbers."""


class NamesByPlace:
    """Whole Han runs of the shape of a name, where records put one."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting

    def find(self, reading: Reading) -> Iterator[Candidate]:
        grammar = self._fitting.grammar
        for (evidence, least), match in _PLACES.matches(reading):
            name = match[1]
            of_file = evidence == "file" and (name in shipped_herbs() or name in grammar.name_like_words)
            if of_file or (evidence in _OF_PERSONS and self._is_word_and_name(name)):
                score = CERTAIN if of_file or evidence == "serving" else 0.6
                yield Candidate(*match.span(1), score, (evidence, "word"))
            if reading.known(name) or self._fitting.is_other_word(name):
                continue
            if cut := self._fitting.without_title(name):
                if grammar.surname_length(name):
                    yield Candidate(match.start(1), match.start(1) + cut, 0.7, (evidence, "title"))
            elif grammar.quality(name) >= least or grammar.is_rarely_named(name):
                yield Candidate(*match.span(1), 0.6, (evidence,))

    def _is_word_and_name(self, word: str) -> bool:
        """商量 before a telephone number: a word that is a name as well, and leads to no numbers."""
        return word in self._fitting.grammar.name_like_words and word not in _OF_NUMBERS | _FARES
