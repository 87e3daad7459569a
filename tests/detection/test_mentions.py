"""What stands behind @ is found whole and once; what is typed behind a name, and other uses of @, stay."""

from __future__ import annotations

import time

import pytest

from deid.catalog import parse_marked


def _marks(deidentifier, text):
    return [
        (e.entity_type, e.start, e.end)
        for e in deidentifier.detect(text)
        if e.entity_type in ("PERSON", "USERNAME")
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "网友@[颇渴](USERNAME)评论：排队三小时，看病三分钟",
        "真的是@[蚊子不得鸟](USERNAME)啊！@[央子君_](PERSON)@[假不正经的王某某](PERSON)@[李大帅_LYW](PERSON) 还没打完！",
        "@[hehehelena](USERNAME)：买不买就看孩子了。@[Ryan不软](USERNAME)：熊孩子",
        "例如，@[我是miss南](USERNAME)在微博上写道：排队太久",
        "@[李雪](PERSON) @[周文清](PERSON) 明天早会",
        "@[A李师傅疏通管道](USERNAME) 您要预约哪天",
        "@[小红薯5F3A2B](USERNAME) 姐妹你做完疼吗",
        "@[momo](USERNAME) 姐妹你做完疼吗",
        "@[小米粥](USERNAME)好的收到",
        "@[暮色_微凉](USERNAME)您的血压160/100，尽快来",
        "@[A00 通下水道](USERNAME)\u2005什么时候来",
        "@[Amy.Z](USERNAME)\u2005您的报告出来了",
        "@[不吃香菜星人](USERNAME)：我妈也是，[不吃香菜星人](USERNAME)推荐的医生挺好",
        "回复@[南山有鹿](USERNAME):我也是术后一周",
        "回复@[穆罕默德](USERNAME):可以吃头孢",
    ],
)
def test_mentions_are_whole(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    assert _marks(deidentifier, text) == [(m.entity_type, m.start, m.end) for m in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "@[李](PERSON)护士血压160/90请复测",
        "@[王](PERSON)医生 帮忙看下",
        "@[赵丽娟](PERSON)明天空腹来抽血",
        "@[孙建国](PERSON)的家属 请来一趟",
        "@客服[小美](PERSON) 退款什么时候到",
        "@信息科[小赵](PERSON) 打印机坏了，@实习生[周舟](PERSON)跟一下，@[老李](PERSON)头疼好点没",
        "@陪诊[普](PERSON)师傅 明天的单子确认下",
        "@医助-[小郝](PERSON) 看完了",
        "@[邓敏仪](PERSON)-客服 我老公的病历寄到了吗",
        "@放射[孔德茂](PERSON) 有没有做增强",
        "[孟根](PERSON)@包钢：报销款还没到",
        "@医学顾问[汪](PERSON)医生 您看对吗\n好的",
    ],
)
def test_what_is_typed_behind_a_person_stays(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    assert _marks(deidentifier, text) == [(m.entity_type, m.start, m.end) for m in expected]


@pytest.mark.parametrize(
    "text",
    [
        "@所有人 明天空腹抽血",
        "@全体成员 请填写流调表",
        "@here 服务器重启",
        "@药房 请补药",
        "@3床家属 请到护士站",
        "@检验科值班 血气出来了吗",
        "@血糖 偏高怎么办",
        "阿莫西林 12元@盒，共3盒；潮气量450ml@PEEP5",
        '@Override 重写；"@type": "患者"；@param name 患者姓名',
        "时间10:00@会议室，地点@门诊楼三楼",
        "@IT 我登不上去了，@ICU 有床吗，@HIS 又断了",
        "@产科二线 请会诊，@住院总 3床要走，@放射 @超声 加急，@血库 备红悬4U",
        "@药师 核一下剂量，@保安 有人闹，@妈妈 几点回来，@家属群 公告",
        "@三舅 他家的电话多少",
    ],
)
def test_other_uses_stay(deidentifier, text: str) -> None:
    assert _marks(deidentifier, text) == []


@pytest.mark.parametrize("text", ["@北京 明天有车吗", "麻烦@南京 张主任看下"])
def test_a_place_that_is_nobodys_account_is_a_place(deidentifier, text: str) -> None:
    assert "LOCATION" in {e.entity_type for e in deidentifier.detect(text)}


@pytest.mark.slow
def test_time_grows_with_the_mentions(deidentifier) -> None:
    def seconds(count: int) -> float:
        text = "".join(f"@小鱼儿{n}_游 @王建{n % 7} 在吗？\n" for n in range(count))
        start = time.process_time()
        deidentifier.detect(text)
        return time.process_time() - start

    seconds(10)  # what is made at first use
    assert seconds(4000) < 8 * seconds(1000)
