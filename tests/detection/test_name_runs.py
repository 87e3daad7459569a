"""Lists of names that lost what stood between them."""

from __future__ import annotations

import time

import pytest

NAMES = "王秀英 李建国 陈思远 欧阳明慧 赵立新 周海燕 孙志强 吴桂芳 郑文斌 马春梅 林嘉怡 郭永福".split()


def persons(deidentifier, text):
    return [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"]


def test_names_without_anything_between(deidentifier):
    assert persons(deidentifier, "".join(NAMES)) == NAMES


def test_a_heading_and_remarks_between_them_end_no_list(deidentifier):
    text = f"参加学习人员名单{''.join(NAMES[:6])}（女）{''.join(NAMES[6:])}"

    assert persons(deidentifier, text) == NAMES


def test_what_stands_between_names_is_a_name(deidentifier):
    names = [*NAMES[:5], "买买提江", *NAMES[5:]]
    found = persons(deidentifier, f"名单：{''.join(names)}")

    assert "".join(found) == "".join(names)
    assert set(NAMES[:4] + NAMES[6:]) <= set(found)


@pytest.mark.parametrize(
    "text",
    [
        "当归白芍熟地川芎党参黄芪白术茯苓甘草陈皮半夏",
        "门诊住院药房收费检验放射超声病理后勤保卫",
        "高峰时段平安保险常青套餐文明单位康宁病区",
    ],
)
def test_words_in_a_row_are_no_list(deidentifier, text):
    assert persons(deidentifier, text) == []


@pytest.mark.slow
def test_a_long_list_takes_time_by_its_length(deidentifier):
    def seconds(times):
        started = time.process_time()
        deidentifier.detect("名单：" + "".join(NAMES) * times)
        return time.process_time() - started

    seconds(5)
    assert seconds(200) < 40 * max(seconds(20), 0.02)
