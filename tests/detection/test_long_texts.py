"""The work on a long text grows as its length does: what looks at every pair of finds takes minutes."""

import cProfile
import pstats
from collections.abc import Callable
from random import Random

import pytest

from deid import Deidentifier

pytestmark = pytest.mark.slow

_SAID = (
    "头痛三天",
    "建议复查血常规",
    "在协和医院住过院",
    "华东理工大学毕业",
    "服用阿司匹林",
    "住人民路12号",
    "明天再来",
    "电话改天给",
)


def _name(random: Random) -> str:
    return random.choice("王李张刘陈杨赵黄周吴") + "".join(
        random.choices("伟芳娜敏静丽强磊军洋勇艳杰娟涛", k=2)
    )


def _phone(random: Random) -> str:
    return f"13{random.randrange(10**9):09d}"


_LINES: dict[str, Callable[[Random], str]] = {
    "form": lambda r: (
        f"姓名：{_name(r)} 性别：女 电话：{_phone(r)} 单位：{_name(r)}诊所 主诉：{r.choice(_SAID)}。质控：{_name(r)}"
    ),
    "chat": lambda r: f"{_name(r)}：{r.choice(_SAID)}，{r.choice(_SAID)}。",
    "told": lambda r: f"我姓{r.choice('王李张')}，弓长张，建设的建，{r.choice(_SAID)}。",
    "row": lambda r: f"{_name(r)},{_phone(r)},{r.randrange(18, 90)},{r.choice(_SAID)},{_name(r)}",
    "prose": lambda r: f"{_name(r)}说，{r.choice(_SAID)}。随后{_name(r)}来到北京大学，{r.choice(_SAID)}。",
    "dated": lambda r: (
        f"2024年3月{r.randrange(1, 29)}日{_name(r)}来诊，3月5日{r.choice(_SAID)}，{r.randrange(18, 90)}岁"
    ),
}


@pytest.fixture(scope="module")
def engine() -> Deidentifier:
    return Deidentifier()


def _calls(work: Callable[[str], object], text: str) -> int:
    profile = cProfile.Profile()
    profile.runcall(work, text)
    calls: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return calls


def _grows_as_the_text(work: Callable[[str], object], kind: str, gap: str) -> bool:
    random = Random(5)
    lines = [_LINES[kind](random) for _ in range(400)]
    work(gap.join(lines[:20]))
    short, long = (_calls(work, gap.join(lines[:count])) for count in (50, 400))
    return long < 8 * 1.3 * short


@pytest.mark.parametrize("kind", _LINES)
def test_that_the_work_grows_as_the_text(kind: str, engine: Deidentifier) -> None:
    assert _grows_as_the_text(engine.detect, kind, "\n")


@pytest.mark.parametrize(("kind", "gap"), [("form", "\n"), ("form", "。"), ("row", ";")])
def test_that_the_work_of_replacing_grows_as_the_text(kind: str, gap: str, engine: Deidentifier) -> None:
    assert _grows_as_the_text(engine.deidentify, kind, gap)


def test_many_numbers_behind_a_landline_are_each_found_once(deidentifier) -> None:
    text = "电话：0571-88301122" + " 88301123" * 200

    assert len(deidentifier.detect(text)) == 201
