"""Names in Latin letters among Chinese ones, and surnames that no list has, of those who speak."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[Priya Nair](PERSON)：Hi team 谁跟？\n[蒋云帆](PERSON)：我跟，单子在[Lily](PERSON)那\n[Lily](PERSON)：清单发你了\n"
        "[Priya Nair](PERSON)：GOP limit is 60,000\n[仝乐](PERSON)：收到",
        "[Sophie](PERSON)：今天几点到\n[王强](PERSON)：八点\n[Sophie](PERSON)：好的",
        "10点[Daniel Brooks](PERSON)，膝盖\n[丘少华](PERSON)：[Brooks](PERSON)那个护照过期了",
        "客户：[Kelly Mak](PERSON)　顾问：[梁嘉欣](PERSON)",
        "Thanks [Tong Le](PERSON)! Check Mr [Okoro](PERSON)'s wife [Grace](PERSON), please. Thanks again.",
        "VIP接待：[山口由纪](PERSON)（日籍），接待[山口由纪](PERSON)、[Daniel Brooks](PERSON)垫付。日语翻译，山口县来的",
        "翻译：[井上佳代](PERSON)，日语；[朴英淑](PERSON)，韩语",
        "发件人: [王强](PERSON)\nNote：请复查\nResult：阴性\nNote：两周后\nResult：阳性",
        "FH: mother Diabetes, father Hypertension, husband Healthy, wife [Grace](PERSON)",
        "Pain: 5\n[李明](PERSON)：还疼\nPain: 3\nMonday: off\n[张伟](PERSON)：收到\nMonday: on",
        "[脱海燕](PERSON)：你好\n[柴](PERSON)：是[脱](PERSON)女士吗\n[脱](PERSON)：我就是。我爸[脱明义](PERSON)等了\n[柴](PERSON)：抱歉",
        "投诉[邓涛](PERSON)，当日未看，[邓涛](PERSON)确有不当言辞，[邓涛](PERSON)扣绩效。[李明](PERSON)来了，[李明珂](PERSON)也来了。",
    ],
)
def test_names_in_letters_and_rare_surnames_speak(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}
