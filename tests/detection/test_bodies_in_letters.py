"""Offices, schools and firms in letters and chats: what is asked or done stands before them, and some are nobody's name."""

from __future__ import annotations

import pytest

from deid.pipeline import Deidentifier

TEXTS = (
    "希望能够督促[市卫计委](O)给个说法，也盼立即联合[县安监局](O)检查",
    "望[湖南省旅游局](O)严惩此行为，请责令[岳阳县环保局](O)设立监测点",
    "我们解决不了，只好反映[长沙县邮政局](O)乱收费的问题，并要求[平江县信用社](O)赔偿",
    "走的时候看见[区人社局](O)二楼亮着灯，[凯祥钢铁公司](O)今日下午也来了人",
    "强烈要求有关领导落实待遇，此致敬礼[岳阳县供销合作社](O)职工",
    "今日下午[凯祥钢铁公司](O)所在地的村民提前撤离",
    "已将[临潼区建设开发公司](O)起诉到法院",
    "大家都在谈论超市抢盐的事，请你速回公司，先熟悉熟悉公司的制度，六点学校开会",
    "我认识的人都不喜欢大学，反正公司附近有店，连个学校也没了",
    "提高民办幼儿园教师待遇，办好普惠型幼儿园、示范性幼儿园和中小学校，小孩上幼儿园难",
    "[上海市慈善基金会](O)会同[上海市教委](O)共同举办",
    "现任[海州医科大学](O)教授，我科行生物治疗，术中行赘生物切除，胆囊未见新生物",
    "事后，被告[源泰公司](O)支付利息，并约定[汇盛公司](O)担保，请求判令[焱华公司](O)偿还，驳回[中岭公司](O)的请求",
    "按[中国人民银行](O)同期贷款利率计算，付清之日按银行同期贷款利率支付，不得超过银行贷款利率，被告承担银行利息",
    "而[华岭公司](O)未到庭，因此[鑫源泰公司](O)不担责；以[华岭公司](O)的房产抵押，加盖[华岭公司](O)公章，本案[华岭公司](O)未付",
    "由[海州昌盛公司](O)和[海州昌运汽车公司](O)承担，任[河南昌运食品有限公司](O)副总",
    "由[以岭药业公司](O)生产，在[以利公司](O)上班，[经纬公司](O)的人",
    "电费交给供水公司，找了家检测公司，又问货运公司",
)


@pytest.mark.parametrize("marked", TEXTS)
def test_bodies_begin_behind_what_is_done(deidentifier: Deidentifier, marked: str) -> None:
    text = marked.replace("](O)", "").replace("[", "")
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "ORGANIZATION"]
    assert found == [part.partition("](O)")[0] for part in marked.split("[")[1:]]
