"""Mails, text messages and questions on insurance: what they write of, and whom."""

from __future__ import annotations

import pytest

from deid import detect
from deid.catalog import parse_marked

_TYPES = {"PERSON", "ORGANIZATION"}


def _found(marked):
    text, expected = parse_marked(marked)
    return (
        [
            (text[find.start : find.end], find.entity_type)
            for find in detect(text)
            if find.entity_type in _TYPES
        ],
        [(text[mark.start : mark.end], mark.entity_type) for mark in expected],
    )


@pytest.mark.parametrize(
    "marked",
    [
        "盼与贵司合作，我司真诚的邀请贵司代表到访，祝贵公司生意兴隆",
        "希望有机会与贵\n司合作，本公司郑重承\n诺所开的税发票均可查验",
        "贵司负责人您好：我司[任建业](PERSON)已电话联系",
        "各类普通发票、税票都可以开，税点另计",
        "替我妈买药，给爷爷买轮椅，陪女儿学游泳",
        "同学真开心，学生看文献",
        "患儿应接受手术，这些患儿常存在学习压力",
        "小阿姨明天来陪护，情人节快乐，父亲节快乐",
        "PhD和老板的关系，同事A和经理在一起",
        "不客气先生，没关系女士，还有什么可以帮您",
        "要花多长时间，请问青少年司机怎么投保",
        "记得带伞哈，慢走哈！叫上[王丽敏](PERSON)哈",
        "[张伟明](PERSON)·主治医师，修改本文·[FROM: 内网]",
        "顺祝商祺\n[左  勇](PERSON)   先生",
        "谨表谢意，全体员工敬上\n[林一帆](PERSON) 谨上",
        "高级 经理 女士",
        "联系人：[照](PERSON)先生；联系人：[刘　晖](PERSON)先生",
        "她老公叫[包长命](PERSON)，护士[查敏](PERSON)来过，小叔子[买建国](PERSON)开车",
        "特价xxxx元xx次，全场x折x件，满xx元赠送，女王节巨献；[张xx](PERSON)医生",
        "2009年4月至2011年3月，任欣格泰总经理秘书，历任[华禾新材](ORGANIZATION)董事",
        "[任志强](PERSON)总经理到访，现任[王建国](PERSON)总经理和[傅中南](PERSON)董事长陪同，现任[薛广智](PERSON)董事长和[李强](PERSON)院长致辞，由[任建国](PERSON)董事长接待",
        "仪表端庄，哭声洪亮，公司在全新的形势下为广大客户代开",
        "告诉我[司文](PERSON)的电话，请[和](PERSON)老师签字",
    ],
)
def test_messages_name_whom_they_name(marked):
    found, expected = _found(marked)

    assert found == expected


@pytest.mark.parametrize(
    "marked",
    [
        "买了定期寿险、增额终身寿险和一份长期健康险",
        "受益人寿险怎么领，申请人寿保险要体检吗",
        "居民养老险、职工养老险、灵活就业养老险都断缴了",
        "投过惠民保和沪惠保，苏惠保能报吗，蓝医保呢",
        "商业保险公司拒赔，健康保险公司要病历，这家证券公司没有",
        "[友邦人寿](ORGANIZATION)拒赔，[泰康人寿保险公司](ORGANIZATION)赔了，在[国华人寿](ORGANIZATION)上班",
        "投保人：[苏惠保](PERSON)，女",
    ],
)
def test_kinds_of_insurance_are_neither_firms_nor_persons(marked):
    found, expected = _found(marked)

    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "特邀贵公司派员参加，欢迎贵公司来电，这封邮件对贵公司有帮助",
        "请登录公司官网，改变公司的地址要备案，各地分公司都有，猎头公司和婚庆公司",
        "残疾人保险、投保人保险怎么买，本站已经过中国网安备案",
        "我想去机场，你到机场没有，一起去机场接人，先去机场再说",
        "从此形同陌路，站在人生十字路口，在外面逛街，家住上5年",
        "智能小区管理系统，平时在家里或宿舍里待着",
    ],
)
def test_what_a_mail_says_of_firms_and_ways_is_no_body_and_no_place(text):
    kinds = {"ORGANIZATION", "LOCATION", "CN_ADDRESS"}

    assert [text[find.start : find.end] for find in detect(text) if find.entity_type in kinds] == []
