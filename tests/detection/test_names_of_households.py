"""Who is called by a part of a name that the text tells of: the given name, the family, the house."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        # the given name alone, of somebody who is named in full
        "患者：[周志强](PERSON)，男。家属（[志强](PERSON)供）：爱喝酒。",
        "联系人：[李建军](PERSON)，13812345678。11月12日[建军](PERSON)来电：人走了。",
        "[马小米](PERSON)，女，13岁。[小米](PERSON)低头不说话。早餐喝小米粥，买了小米手机。",
        "姓名：[何建国](PERSON)　男。庆祝建国七十周年，住建国路附近。",
        "姓名：[泽仁多吉](PERSON)。喂，我[多吉](PERSON)。",
        "陪同人：[赵国庆](PERSON)，电话13812345678。国庆后复查，国庆前来院。",
        "[李健康](PERSON)，男，60岁。祝健康！健康，是福。健康宣教一次。",
        "[孙向阳](PERSON)，男，33岁。向阳的房间采光好。",
        # a surname that no list has
        "我说的是我男人[独虎明](PERSON)的事。我大女子[独彩琴](PERSON)在外地。我们庄里还有个[独虎民](PERSON)，单独小心。",
        # whose house it is
        "[裴](PERSON)家的姐姐健康。去[闵](PERSON)家换药。大家、专家、居家护理。",
        "住在女儿[裴芳](PERSON)家，搬到侄女婿[石勇](PERSON)家去了，（外甥[赵斌](PERSON)家）",
        "现在住在我大姐[安富琴](PERSON)家，白天守起。患者：[李传家](PERSON)，男。",
        # a relation of more than one character behind a surname is the given name where another relation leads
        "弟媳[蒙小妹](PERSON)去照顾他。[王小妹](PERSON)，你好。她小妹来过。",
        "搭[胡三哥](PERSON)的摩托，问[李二姐](PERSON)要了号码",
        "[阿芬](PERSON)说好。一位阿姨，姓[涂](PERSON)。",
    ],
)
def test_a_part_of_a_name_is_found_where_somebody_is_told_of(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "我听他讲[卓玛](PERSON)明早要看妇科。[卓玛](PERSON)明天来。[陈明](PERSON)早上来。",
        "[孙玉梅](PERSON)，女。[玉梅](PERSON)怕哥哥不出钱。",
        "请打到他爱人[洪霞](PERSON)卡上。",
        "儿子[张浩](PERSON)开车。签字按印（[张浩](PERSON)代，电话录音）",
        "[肖](PERSON)说要开车回来，[肖国富](PERSON)一个人。小说两本。",
        "我们那边姓[韦](PERSON)的多，医务科一个姓[贺](PERSON)的女科长接待我",
        "大哥[苟晓东](PERSON)。把[苟一帆](PERSON)喊成[晓东](PERSON)；",
        "CRC[金秋实](PERSON)（0551-65287741）。表由[金秋实](PERSON)录入。",
        "全名[汪可为](PERSON)\n客服07号　[汪](PERSON)先生，您好。",
        "葛晓倩：拍来了\n[汤贵](PERSON)法务：书我出\n葛晓倩：好\n[汤贵](PERSON)法务：行".replace(
            "葛晓倩", "[葛晓倩](PERSON)"
        ),
        "胸牌上写的[秦岭](PERSON)，医政股[顾盼](PERSON)，跟[令](PERSON)医师商量",
        "他姓[解](PERSON)念xie。我姓[笪](PERSON)竹字头下面一个旦。",
        "冒广林(代付人[缪凤英](PERSON))。老药工[吴传德](PERSON)配方".replace("冒广林", "[冒广林](PERSON)"),
        "[温志刚](PERSON)(司机)　全天　全天　休　全天\n[王小红](PERSON)　白班　夜班　休　高铁",
        "登记号\t姓名\t知情日\nP00579920\t[陆军](PERSON)\t2024/09/20\nP00584207\t[陈](PERSON)\t2024/10/11",
        "患者（护照拼音 [DUANMU YI](PERSON)），女。汉语拼音 ABC 学习。",
        "[嵇小满](PERSON)　　[沈](PERSON)(河西)　[潘桂仙](PERSON)　[沈](PERSON)(河西)　休\n检查　高(血压)　高(血压)",
        "家属[茅蕾](PERSON)问可以去吗。我让[蕾蕾](PERSON)去复印。",
        "处方医师：[疏](PERSON)老　抄方：[疏文瑾](PERSON)。让孙子记在墙上。",
        "签字：（[刘杰](PERSON)代）。她姓[单](PERSON)念善。",
        "11:40 [小王](PERSON)姐，我是他们村的。",
        "工号;关系;被投诉人;事由\nC-081;患者母;药房[裘](PERSON)师傅;少发一盒\nC-085;患者妹;收费[小高](PERSON);多收50元",
        "[占](PERSON)主任、[杜明轩](PERSON)两位老师复核。三位老师在场。",
        "上午　郑州接待点　[赵冬](PERSON)记\n[王德福](PERSON)记得吃药。",
        "[安平](PERSON)的退款单[蔺娜](PERSON)已提，找[单](PERSON)老师。",
        "[田野](PERSON)，男，45岁。[田野](PERSON)家搬到新区。",
        "须两人核对：甲录入、乙复核，丙归档。股东代持？报告迟延。",
        "备注：原名登记为[马桂方](PERSON)，10月12日更正。",
    ],
)
def test_a_name_ends_before_what_is_told_of_it(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "我跟她爸商量下，他在上班。家族史采集（叙述版）。",
        "大伯以“路费贵”为由拒绝。名字哈哈成呢成呢。",
        "屋头几个子女莫再轮流住。家属陈述（由本人口述）。逢单月住这里。",
        "司机，车贵H·A120K，和婆婆说过，代母亲取药。我：莫笑。重新出一份",
        "编号|姓名|备注|经办\n3|空床|无人接|待派\n4|未实名|拒接|自动",
        "您贵姓哦您说过了。写“白塞”也不是姓白。",
        "请了毕摩做过两回仪式。孟德尔比例3:1。",
    ],
)
def test_words_in_such_places_are_nobody(persons, text):
    assert persons(text) == set()
