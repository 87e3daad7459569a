"""Stand-ins for names, places and bodies: natural, in the form of the original, and never the original."""

from __future__ import annotations

import pytest

from deid.surrogates import bodies, people, places
from deid.surrogates.people import Name
from deid.surrogates.words import lexicon
from deid.validators.resident_id import Sex

KEY = bytes(range(32))
DIVISIONS = places.shipped_divisions()
LI = Name("李", "海生")


@pytest.mark.parametrize("real", ["王建国", "李娜", "欧阳静", "司马相如", "税秀英", "冼星海"])
def test_a_name_gets_another_surname_and_as_many_characters(real):
    for attempt in range(50):
        new = people.stand_in("p1", real, key=KEY, attempt=attempt)

        assert new.surname != people.split(real)[0]
        assert [len(part) for part in (new.surname, new.given)] == [len(part) for part in people.split(real)]


@pytest.mark.parametrize("sex", ["male", "female"])
def test_a_name_is_one_for_the_sex(sex: Sex):
    from deid.surrogates.names import all_characters

    new = {people.stand_in(f"p{n}", "王建国", key=KEY, sex=sex).given for n in range(40)}

    assert all(set(given) <= set(all_characters(sex)) for given in new)


def test_a_frequent_surname_becomes_a_frequent_one():
    from deid.surrogates.words import lexicon

    assert {people.stand_in(f"p{n}", "王建国", key=KEY).surname for n in range(200)} <= set(
        lexicon("surnames.txt")[:30]
    )
    assert not {people.stand_in(f"p{n}", "税建国", key=KEY).surname for n in range(200)} & set(
        lexicon("surnames.txt")[:30]
    )


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("王建国", "李海生"), ("王 建 国", "李 海 生"), ("王　建国", "李　海生"), ("王先生", "李先生"), ("老王", "老李"), ("小王", "小李"),
        ("王总", "李总"), ("建国", "海生"), ("国国", "生生"), ("阿国", "阿生"), ("王**", "李**"), ("王某某", "李某某"), ("*建国", "*海生"),
        ("王建国医生", "李海生医生"), ("建国哥", "海生哥"), ("王", "李"), ("王国建", "李海生"),
    ],
)  # fmt: skip
def test_a_stand_in_is_written_as_the_name_stood(surface, expected):
    assert people.written_like(surface, "王建国", LI) == expected


@pytest.mark.parametrize("surface", ["王建国的", "王建", "国建", "建国王先生x", "王经理的朋友"])
def test_nothing_unread_of_a_surface_is_passed_on(surface):
    assert people.written_like(surface, "王建国", LI) == "李海生"


@pytest.mark.parametrize(
    ("surface", "real"),
    [("老欧阳", "欧阳"), ("欧阳女士", "欧阳"), ("老王", "王"), ("王建国医生", "王建国"), ("王某某", "王")],
)
def test_a_name_is_read_off_a_surface_of_somebody_unknown(surface, real):
    assert people.read_surface(surface) == real


def test_names_of_other_peoples_and_in_latin_letters_stay_such():
    assert "·" in people.stand_in("p1", "阿依古丽·买买提", key=KEY).full
    assert people.stand_in("p1", "WANG JIANGUO", key=KEY).full.isupper()


@pytest.mark.parametrize(
    ("real", "shape"),
    [
        ("湖南省长沙市开福区金霞路22号7栋404室", r".+[省区].+[市]?.+[区县市].+路9\d{3}号\d栋\d{3}室"),
        ("苍南县灵溪镇城东村3组12号", r".+[县区市旗].+镇.+村\d组9\d{3}号"),
        ("阳光花园3栋2单元501室", r".+花园\d栋\d单元\d{3}室"),
        ("长沙市岳麓区麓山路3号A12栋21F", r".+路9\d{3}号[A-H]\d\d栋\d\dF"),
        ("长沙", r"[一-龥]{2,4}"),
    ],
)
def test_an_address_is_written_level_by_level_with_a_house_that_does_not_exist(real, shape):
    import re

    new = places.stand_in(real, DIVISIONS, key=KEY)

    assert re.fullmatch(shape, new)
    assert "长沙" not in new
    assert "灵溪" not in new


def test_no_given_name_ends_in_a_surname_as_which_it_could_be_read_with_the_words_behind_it():
    last = {people.stand_in(f"p{n}", "王建国", key=KEY).full[-1] for n in range(500)}

    assert not last & set(lexicon("surnames.txt"))


def test_houses_of_one_street_have_stand_ins_of_their_own():
    houses = [f"长沙市岳麓区麓山南路{number}号{number % 7 + 1}栋" for number in range(100, 200)]

    new = {places.stand_in(house, DIVISIONS, key=KEY) for house in houses}

    assert len(new) == len(houses)


def test_where_only_a_province_is_named_it_becomes_another():
    for number in range(100):
        assert not places.stand_in("浙江省", DIVISIONS, key=bytes([number]) * 32).startswith("浙江")
        assert "浙江" not in bodies.stand_in("浙江省中医院", DIVISIONS, key=bytes([number]) * 32)


def test_a_city_becomes_one_of_its_class():
    assert places.stand_in("上海市", DIVISIONS, key=KEY) in ("北京市", "天津市", "重庆市")
    assert places.city_class(places.stand_in("长沙市", DIVISIONS, key=KEY)) == "capital"
    assert places.city_class(places.stand_in("温州市", DIVISIONS, key=KEY)) == "city"


@pytest.mark.parametrize(
    ("real", "ending"),
    [
        ("长沙市第三人民医院", "人民医院"), ("复旦大学附属中山医院", "大学附属医院"), ("湖南省中医院", "中医院"), ("苍南县灵溪镇卫生院", "卫生院"),
        ("合肥华信科技有限公司", "科技有限公司"), ("岳麓区公安分局", "公安分局"), ("杭州市第二中学", "中学"), ("康和口腔门诊部", "口腔门诊部"),
    ],
)  # fmt: skip
def test_a_body_keeps_what_sort_it_is_and_loses_its_name(real, ending):
    new = bodies.stand_in(real, DIVISIONS, key=KEY)

    assert new.endswith(ending)
    assert not any(
        word in new
        for word in ("长沙", "复旦", "中山", "灵溪", "合肥", "华信", "岳麓", "杭州", "康和", "第三")
    )
    assert ("省" in new) == ("省" in real)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Wang Jianguo", "Li Haisheng"), ("Jianguo Wang", "Haisheng Li"), ("WANG JIANGUO", "LI HAISHENG"), ("WANG Jianguo", "LI Haisheng"),
        ("WJG", "LHS"), ("Mr. Wang", "Mr Li"), ("Jianguo", "Haisheng"), ("Wang, Jianguo", "Li Haisheng"),
    ],
)  # fmt: skip
def test_a_name_in_latin_letters_is_the_pinyin_of_the_stand_in(surface, expected):
    assert people.romanized(surface, "王建国", LI) == expected
