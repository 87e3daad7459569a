"""Records in the style of a company that deid has never seen: its own labels, forms and client numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from deid.catalog import Marked, parse_marked
from deid.evaluation.samples import Sample, Samples

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建文玲浩宇欣怡涵思雨佳琪晨雅婷俊"
_PRODUCTS = ("安和调理包", "康宁睡眠包", "悦己轻体营", "白杨护肝套", "江南养胃营")
_COMPLAINTS = ("失眠", "脂肪肝", "甲状腺结节", "高血压", "胃胀", "颈椎不适")


class _Writer:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._staff = [self._name() for _ in range(9)]

    def record(self) -> str:
        return self._random.choice(_KINDS)(self)

    def pick(self, *items: str) -> str:
        return self._random.choice(items)

    def digits(self, count: int) -> str:
        return "".join(self._random.choice("0123456789") for _ in range(count))

    def _name(self) -> str:
        given = "".join(self._random.choice(_GIVEN) for _ in range(self._random.choice((1, 2, 2))))
        return self._random.choice(_SURNAMES) + given

    def client(self) -> str:
        return f"[{self._name()}](CUST_NAME)"

    def staff(self) -> str:
        return f"[{self.pick(*self._staff)}](STAFF_NAME)"

    def number(self) -> str:
        return f"[{self.pick('KX', 'KD')}{self._random.randint(1, 9)}~{self.digits(5)}](CLIENT_CODE)"

    def phone(self) -> str:
        mark = self.pick("", "/")
        lead = self.pick("138", "139", "150", "177", "186")
        return f"[{lead}{mark}{self.digits(4)}{mark}{self.digits(4)}](TEL)"

    def short(self) -> str:
        return f"[6{self.digits(5)}](SHORT_NO)"


def _card(w: _Writer) -> str:
    return (
        f"◇{w.number()}◇ 主顾 {w.client()}／女／[{w.pick('34', '51', '68')}](CUST_AGE)\n机: {w.phone()}  短: {w.short()}\n"
        f"述: 近两月{w.pick(*_COMPLAINTS)}，已购{w.pick(*_PRODUCTS)}。\n跟台 {w.staff()}"
    )


def _handover(w: _Writer) -> str:
    return f"交接｜{w.staff()}→{w.staff()}｜{w.number()}（{w.client()}）改约，样品箱号66{w.digits(8)}。"


def _ticket(w: _Writer) -> str:
    return (
        f"主顾{w.client()}称服{w.pick(*_PRODUCTS)}后好转，短: {w.short()}，请{w.staff()}回。档 {w.number()}"
    )


def _table(w: _Writer) -> str:
    rows = "\n".join(f"{n},{w.client()},{w.phone()},{w.number()}" for n in (1, 2, 3))
    return f"编,主顾,机,档\n{rows}"


def _note(w: _Writer) -> str:
    return f"回访：{w.pick(*_PRODUCTS)}，{w.pick(*_COMPLAINTS)}减轻，批次KX2023-{w.digits(4)}。跟台 {w.staff()}。"


_KINDS: tuple[Callable[[_Writer], str], ...] = (_card, _handover, _ticket, _table, _note)


def foreign(count: int, *, seed: int) -> Samples:
    """`count` records; the staff, and so what can be learnt of it, is the same for one seed."""
    return Samples(tuple(_samples(count, seed)), "foreign")


def _samples(count: int, seed: int) -> Iterator[Sample]:
    writer = _Writer(seed)
    for number in range(count):
        text, marks = parse_marked(writer.record())
        yield Sample(f"f{number}", text, tuple(Marked(*mark) for mark in marks))
