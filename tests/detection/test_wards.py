"""Hospitals in short that a ward, a doctor or a treatment shows, and places and words of the same name."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "说可以挂[西南](CN_MEDICAL_INSTITUTION)税主任明早的号",
        "[附二](CN_MEDICAL_INSTITUTION)神经内科看过，[省医](CN_MEDICAL_INSTITUTION)晏主任下周停诊",
        "片子在[同济](CN_MEDICAL_INSTITUTION)照的，送[市中心](CN_MEDICAL_INSTITUTION)抢救",
        "已电话联系[恩泽](CN_MEDICAL_INSTITUTION)消化内科，曾任[浙一](CN_MEDICAL_INSTITUTION)感染科主任",
        "有没有人认识[省肿瘤](CN_MEDICAL_INSTITUTION)的人，说[河南省肿瘤](CN_MEDICAL_INSTITUTION)已挂号",
        "去[天坛](CN_MEDICAL_INSTITUTION)；那就[十一院](CN_MEDICAL_INSTITUTION)吧，别派[同仁](CN_MEDICAL_INSTITUTION)",
        "[郑大一附](CN_MEDICAL_INSTITUTION)的病理，[哈医大一](CN_MEDICAL_INSTITUTION)给的方案，[川医附一](CN_MEDICAL_INSTITUTION)说手术风险大",
        "去年在[杭州市一](CN_MEDICAL_INSTITUTION)做的胃镜，[上海肺科](CN_MEDICAL_INSTITUTION)找姜主任，[广州儿童](CN_MEDICAL_INSTITUTION)说是川崎",
        "在[301](CN_MEDICAL_INSTITUTION)住了二十天，直接送到[矿总院](CN_MEDICAL_INSTITUTION)，后来转[珠江](CN_MEDICAL_INSTITUTION)。",
        "去[401](CN_MEDICAL_INSTITUTION)看的，在[263](CN_MEDICAL_INSTITUTION)做过手术，要去[301](CN_MEDICAL_INSTITUTION)看肺，送302室的药，去263号房间，要去401取药",
        "在[葛氏骨科](CN_MEDICAL_INSTITUTION)看过腿，[何氏眼科](CN_MEDICAL_INSTITUTION)做的激光，石氏伤科疗法，何氏疗法，王氏眼科学教材",
        "[抚矿总院](CN_MEDICAL_INSTITUTION)的大夫，在[台大](CN_MEDICAL_INSTITUTION)看的心脏，转[海慈](CN_MEDICAL_INSTITUTION)住院，挂[西溪](CN_MEDICAL_INSTITUTION)感染科的号；台大毕业，西溪湿地，国泰民安，上海医生，环湖跑步",
        "北京儿童做核酸，他在城市一住就是十年，南京人民让路，转华山路，在301会议室",
        "送[陆军军医大新桥](CN_MEDICAL_INSTITUTION)还是酒店，到[鼓楼](CN_MEDICAL_INSTITUTION)消化科复诊",
        "附一检查单，附二看图，看附一检查单；附一门诊病历复印件，附二 急诊记录。附一。附二。去东北方向的院区，鼓楼区急诊科，中山路院区",
        "附一张发票，附二：用药说明，附二病人须知，附一科普文章",
        "西南风大，周末去天坛公园散步，各位同仁，睡前服安定，门诊复查",
        "新华内科教材，华东内科年会，东方内科学杂志，省人民代表",
        "我在省里开会，六院子里，三院两校合并",
    ],
)
def test_hospitals_in_short(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "CN_MEDICAL_INSTITUTION"]

    assert found == [(mark.start, mark.end) for mark in expected]
