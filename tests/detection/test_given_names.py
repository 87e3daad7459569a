"""Full names whose given name many bear: persons without a cue, whatever the surname."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("他弟贾志勇管钱，我跟他谈。", "贾志勇"),
        ("等须晓东回来再说", "须晓东"),
        ("包括缐慧敏在内一共5人", "缐慧敏"),
        ("用禾桂英的医保卡", "禾桂英"),
        ("只有令狐建国没交", "令狐建国"),
        ("孩子舅舅冒佳怡来取的报告", "冒佳怡"),
    ],
)
def test_a_given_name_that_many_bear_makes_a_name(persons, text, name):
    assert name in persons(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("面诊的戎教授话少。戎说手术能等，戎的博士生没来", {"戎"}),
        ("严主任看完，严的意思是先不停", {"严"}),
        ("患者曾伟，曾说过头痛，曾签字", {"曾伟"}),
        ("患者胡伟，胡说八道", {"胡伟"}),
        ("娘叫汪桃花。桃花寄来一罐茶", {"汪桃花", "桃花"}),
        ("郭志刚，男。去年志刚就是，跟毋丽丽吵完回家", {"郭志刚", "志刚", "毋丽丽"}),
        ("参加：孟大元、孟大鹏。期间大鹏和大元争了几句", {"孟大元", "孟大鹏", "大鹏", "大元"}),
        ("刘立新在单位。去年成立新公司", {"刘立新"}),
        ("宣教授问DNA多少，宣认为先压病毒；席药师插话，席建议换药", {"宣", "席"}),
    ],
)
def test_who_is_told_of_once_speaks_by_surname_or_given_name(persons, text, names):
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "患者神志清楚，口服利福平、阿德福韦，对于有明显症状者",
        "由康平医院转来，朋友推荐，全福丸",
        "常备创可贴、季德胜片、藿香正气",
        "回海宁他妈那去了，由国泰集团承保",
        "让胡路区百川社区卫生服务中心",
        "画房树人，再看绘画",
    ],
)
def test_such_characters_elsewhere_are_nobody(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("罗文华刚打电话来", "罗文华"),
        ("驻村干部董明可协助，电话18293259406", "董明"),
        ("提前报门岗老孙。", "老孙"),
        ("家庭成员：妻王秀英（74岁）；孙阎启明（8岁）", "阎启明"),
        ("杜鹃总：\n报告出来了", "杜鹃"),
        ("联系人呼延矿长", "呼延"),
        ("和同桌雷达吵架", "雷达"),
        ("车主是同村江山，他赔了两千", "江山"),
        ("危机联系人：表姐么红艳 17732530918", "么红艳"),
        ("送雷达阿姨上车了", "雷达"),
        ("高峰，空号。", "高峰"),
        ("用黄山的医保卡", "黄山"),
        ("除了方舟都到了", "方舟"),
        ("快递写龙井，电话还是这个", "龙井"),
        ("客户经理：Vivian 苏", "Vivian 苏"),
        ("上官云坠床", "上官云"),
        ("车队调度\n调度向往：明天三单\n冉启明：我跑\n调度向往：莫迟到\n粟哥：晓得了", "向往"),
        ("同事讲，老板姓慕容。", "慕容"),
        ("调度小方：两个单子谁接\n王雅琴：我上午可以\n调度小方：好", "小方"),
        ("文件名 客户总表_常青_1113.xlsx", "常青"),
        ("翻译古丽娜尔陪同", "古丽娜尔"),
    ],
)
def test_names_begin_and_end_where_words_do(persons, text, name):
    assert name in persons(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("孙常伟师从刘元斌，两人后来闹翻了。", "孙常伟"),
        ("王可代领药。", "王可"),
        ("周可联系电话13912345678", "周可"),
        ("刘可可协助联系", "刘可可"),
        ("李建档案已归档", "李建"),
        ("缐康平说肚子疼", "缐康平"),
        ("家属姑玉山签字。", "姑玉山"),
        ("向义明天出院", "向义"),
    ],
)
def test_of_a_name_nothing_stays_where_it_could_be_parted_otherwise(persons, text, name):
    assert any(name in found for found in persons(text))


def test_a_firm_that_is_called_by_a_given_name_is_nobody(persons):
    assert persons("恒瑞的王经理说下周来。") == {"王"}


@pytest.mark.parametrize(
    "text", ["民国41年8月9日生，72岁", "系翁婿，关系夫，户名同受托方", "每次来了都没来得及说，等安全回来"]
)
def test_relations_and_parties_are_nobody(persons, text):
    assert persons(text) == set()
