"""Firms and universities by who works or studies there, and words that look like them."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "老公在[江淮客车](ORGANIZATION)当技术员，原来是[扬子空调](ORGANIZATION)的钳工，儿子在大连[中远船务](ORGANIZATION)上班",
        "儿子考上了[西北民大](ORGANIZATION)，她在[交大](ORGANIZATION)读研究生，舅舅是[川农](ORGANIZATION)的教授",
        "孩子在[市三女中](ORGANIZATION)读高一，白天送[美团](ORGANIZATION)，她在[平安](ORGANIZATION)做保险",
        "考上了[浙大城市学院](ORGANIZATION)，儿子在[杭二中](ORGANIZATION)高三，闺女考上[七中](ORGANIZATION)读高中，其中高三学生，初中高一级",
        "用人单位：[凤县金源铅锌矿](ORGANIZATION)，信用代码",
        "工作单位 [准东露天矿运输队](ORGANIZATION)\n入院 2023-12-21",
        "在大学教书，考上了大学，要交大学学费，武大夫看诊，理工男，师大生活区，在电子厂打工，在工地干活，重大疾病",
        "工作单位 退休\n用人单位：无",
    ],
)
def test_where_people_work_and_study(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "ORGANIZATION"]

    assert found == [text[mark.start : mark.end] for mark in expected]
