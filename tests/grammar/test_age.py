"""Ages are found in all their forms, durations are not, and bands keep the boundaries that matter."""

from __future__ import annotations

import pickle
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.catalog.marked import parse_marked
from deid.grammar.age import AgeForm, AgeMatch, find_ages, generalize

USABLE = 0.4


def found(text: str, *, least: float = USABLE) -> list[tuple[int, int]]:
    return [(match.start, match.end) for match in find_ages(text) if match.score >= least]


def marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, expected = parse_marked(marked)
    return text, [(mark.start, mark.end) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "患者,男,[58岁](AGE),汉族",
        "[五十八岁](AGE)",
        "年龄:[伍拾捌岁](AGE)",
        "年龄[叁拾伍](AGE) 性别:男",
        "[48?岁](AGE),字迹不清",
        "[5岁10个月零2天](AGE)",
        "[0岁9月12天](AGE)",
        "[1岁零3天](AGE)",
        "[奔六](AGE)的人了",
        "[不惑](AGE)刚过就白了头",
        "Age: [18mo](AGE)",
        "[18-month-old](AGE) boy",
        "a [10 day old](AGE) male",
        "江一白,[五十岁](AGE)整",
        "[58周岁](AGE)",
        "[58 岁](AGE)",
        "[廿八岁](AGE)",
        "[两岁](AGE)",
        "[两岁半](AGE)",
        "[半岁](AGE)",
        "[一百零二岁](AGE)",
        "[3岁2个月](AGE)",
        "[3岁2月](AGE)",
        "[3岁半](AGE)",
        "[1.5岁](AGE)",
        "[40多岁](AGE)",
        "[60余岁](AGE)",
        "[四十来岁](AGE)",
        "[十几岁](AGE)",
        "[三四十岁](AGE)",
        "[二十五六岁](AGE)",
        "[七八岁](AGE)时",
        "[3-5岁](AGE)时",
        "虚岁[58](AGE),",
        "周岁[52](AGE)",
        "虚[58岁](AGE)",
        "年龄:[58](AGE) 性别:男",
        "年龄 [58](AGE)",
        "年 龄:[58](AGE)",
        "年龄(岁):[58](AGE)",
        "年龄:[58岁](AGE)",
        "年龄:[五十八](AGE)",
        "年龄:[3天](AGE)",
        "年龄:[5个月](AGE)",
        "年龄:[8月](AGE)",
        "年龄:[2周](AGE)",
        "Age: [58](AGE)",
        "aged [72](AGE)",
        "现年[40岁](AGE)",
        "我今年[35](AGE)了,",
        "[8月龄](AGE)",
        "[8个月大](AGE)",
        "[十个月大](AGE)的孩子",
        "小家伙刚满[八个半月](AGE)",
        "[6个月](AGE)男婴",
        "宝宝[8个月](AGE)了",
        "[10日龄](AGE)",
        "[28天大](AGE)",
        "出生[3天](AGE),",
        "生后[5天](AGE)出现黄疸",
        "[年近六旬](AGE)",
        "[年过七旬](AGE)",
        "[年逾八十](AGE)",
        "[花甲之年](AGE)",
        "[耄耋之年](AGE)",
        "[古稀](AGE)老人",
        "[八旬](AGE)老太",
        "[百岁](AGE)老人",
        "李某,女,[34](AGE),汉族",
        "(男,[58](AGE))",
        "女/[34](AGE)/汉",
        "男性, [58](AGE), 农民",
        "张三,[58](AGE),男,汉族",
        "M/[58](AGE)",
        "[58Y](AGE) ",
        "[58yo](AGE) male",
        "[58 y.o.](AGE)",
        "[58 years old](AGE)",
        "a [5-year-old](AGE) child",
        "[90后](AGE)女生",
        "他是[85后](AGE),",
        "母亲[60岁](AGE)、父亲[62岁](AGE)",
        "女.[36岁](AGE)",
        "为女儿([11个月](AGE))咨询湿疹",
        "[8个月](AGE)会翻身,[13个月](AGE)会独坐,现扶站足尖着地",
        "比哈定先生[8岁](AGE)时",
    ],
)
def test_finds_ages(marked: str) -> None:
    text, expected = marks(marked)

    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "6 months ago",
        "for 3 months",
        "2 weeks old wound",
        "The wound is 5 days old",
        "fracture 3 weeks old",
        "狂奔三十了",
        "孕32周",
        "孕8月",
        "胎龄32周",
        "病程10年",
        "10年前",
        "3个月前",
        "服药8月",
        "糖尿病8个月",
        "疗程(11个月)",
        "术后2个月会走路,病程3个月能走路",
        "宝宝8个月前发热",
        "怀了宝宝六个月了",
        "2008年10月小孩出生",
        "岁月",
        "岁末",
        "万岁",
        "岁数大了",
        "多少岁",
        "小5岁",
        "比我大5岁",
        "60岁以上人群",
        "4岁第2剂",
        "骨龄是9岁半",
        "骨龄超前将近两岁",
        "语言能力相当于3岁",
        "1月龄：乙肝疫苗第2剂",
        "建议25岁起每年筛查",
        "多见于2岁以后",
        "21岁开始宫颈筛查",
        "宜在12月龄前完成",
        "生后1分钟、5分钟各评一次",
        "未满18岁",
        "158岁",
        "发生后3天",
        "出生后24小时内接种",
        "出生112周年",
        "上旬",
        "十二指肠",
        "年龄65-75",
        "年龄65±5",
        "年龄:41,71%",  # a comma for the decimal point, as in a sheet that was made in Europe
        "年龄:41 %",
        "今年5月",
        "今年3,",
        "90Y微球",
        "随访2年",
        "history of 5 years",
        "A58Y",
        "血压降至90后,",
        "用药90后",
        "女,1350000,",
        "男,0.5,",
        "女 34周妊娠",
        "男,2023,",
        "8床,男",
        "体重58kg",
        "VIP00017,男",
        "古稀",
        "半年",
        "花甲",
    ],
)
def test_leaves_what_only_looks_like_an_age(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "years", "months", "kind"),
    [
        ("58岁", 58, None, "exact"),
        ("五十八岁", 58, None, "exact"),
        ("3岁2个月", 3, 2, "exact"),
        ("3岁半", 3, 6, "exact"),
        ("1.5岁", 1, 6, "exact"),
        ("半岁", 0, 6, "infant"),
        ("8月龄", 0, 8, "infant"),
        ("18个月大", 1, 6, "infant"),
        ("生后5天", 0, 0, "infant"),
        ("出生6周", 0, 1, "infant"),
        ("40多岁", 40, None, "approximate"),
        ("三四十岁", 30, None, "approximate"),
        ("二十五六岁", 25, None, "approximate"),
        ("年近六旬", 58, None, "approximate"),
        ("年过七旬", 70, None, "approximate"),
        ("期颐之年", 100, None, "approximate"),
        ("3-5岁", 3, None, "range"),
        ("女,34,", 34, None, "listed"),
        ("90后女生", None, None, "cohort"),
    ],
)
def test_reads_the_number(text: str, years: int | None, months: int | None, kind: str) -> None:
    [match] = find_ages(text)

    assert (match.years, match.months, match.kind) == (years, months, kind)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("伍拾捌岁", "55-59岁"),
        ("48?岁", "45-49岁"),
        ("5岁10个月零2天", "5-9岁"),
        ("18-month-old", "0-1 years"),
        ("奔六的人了", "55-59岁"),
        ("58岁", "55-59岁"),
        ("五十八岁", "55-59岁"),
        ("60岁", "60-64岁"),
        ("58周岁", "55-59周岁"),
        ("58 岁", "55-59 岁"),
        ("年龄:58", "55-59"),
        ("58Y", "55-59Y"),
        ("58 years old", "55-59 years old"),
        ("89岁", "85-89岁"),
        ("90岁", "90岁以上"),
        ("一百零二岁", "90岁以上"),
        ("年龄:95", "≥90"),
        ("0岁", "0-1岁"),
        ("8月龄", "0-1岁"),
        ("1岁11个月", "0-1岁"),
        ("2岁", "2-4岁"),
        ("3岁2个月", "2-4岁"),
        ("5岁", "5-9岁"),
        ("13岁", "10-13岁"),
        ("14岁", "14-19岁"),
        ("19岁", "14-19岁"),
        ("40多岁", "40-49岁"),
        ("四十来岁", "40-44岁"),
        ("三四十岁", "30-49岁"),
        ("年近六旬", "55-59岁"),
        ("年过七旬", "70-79岁"),
        ("百岁老人", "90岁以上"),
        ("生后5天", "28天内"),
        ("出生40天", "2年内"),
        ("年龄:3天", "0-1岁"),
        ("90后女生", "90后"),
    ],
)
def test_generalises_to_bands_in_the_form_of_the_original(text: str, band: str) -> None:
    [match] = find_ages(text)

    assert generalize(match) == band


@pytest.mark.parametrize(
    ("years", "width", "top", "band"),
    [
        (58, 10, 90, "50-59岁"),
        (13, 10, 90, "10-13岁"),
        (14, 10, 90, "14-19岁"),
        (3, 10, 90, "2-9岁"),
        (82, 5, 80, "80岁以上"),
        (79, 5, 80, "75-79岁"),
        (84, 10, 85, "80-84岁"),
    ],
)
def test_width_and_top_can_be_chosen(years: int, width: int, top: int, band: str) -> None:
    match = AgeMatch(0, 3, years, None, "exact", 1.0)

    assert generalize(match, width, top) == band


@given(years=st.integers(0, 130), width=st.sampled_from([5, 10, 20]), top=st.sampled_from([80, 85, 90]))
def test_bands_cover_every_age_once_and_never_straddle_fourteen(years: int, width: int, top: int) -> None:
    def band(age: int) -> str:
        return generalize(AgeMatch(0, 3, age, None, "exact", 1.0), width, top)

    text = band(years)

    if years >= top:
        assert text == f"{top}岁以上"
        return
    low, high = (int(part) for part in text.removesuffix("岁").split("-"))
    assert low <= years <= high < top
    assert high < 14 or low >= 14
    assert {band(age) for age in range(low, high + 1)} == {text}


@given(st.integers(0, 120))
def test_numbers_and_numerals_are_read_alike(years: int) -> None:
    from deid.grammar.numerals import NumeralStyle, write

    [ascii_match] = find_ages(f"患者{years}岁")
    [han_match] = find_ages(f"患者{write(years, NumeralStyle('positional'))}岁")

    assert ascii_match.years == han_match.years == years


def test_forms_say_how_an_age_was_written() -> None:
    [alone] = find_ages("年龄:58")
    [rough] = find_ages("40多岁")

    assert alone.form == AgeForm("")
    assert rough.form == AgeForm("岁", upper=49)


def test_a_value_after_a_cue_is_surer_than_one_in_a_list() -> None:
    [cued] = find_ages("年龄:58")
    [listed] = find_ages("男,58,")

    assert cued.score > listed.score


@given(st.text(alphabet="0123456789一二三十廿百半岁月天周年龄女男,/. 今生后出大龄Yy旬近", max_size=50))
def test_any_text_is_read_without_error(text: str) -> None:
    matches = list(find_ages(text))

    assert all(match.start < match.end <= len(text) and 0 < match.score <= 1 for match in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))
    assert all(generalize(match) for match in matches)


def test_matches_can_be_pickled() -> None:
    [match] = find_ages("58岁")

    assert pickle.loads(pickle.dumps(match)) == match
