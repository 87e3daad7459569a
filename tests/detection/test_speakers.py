"""Who speaks in a chat is an identifier, whatever the account is called."""

from __future__ import annotations

import time

import pytest

from deid import Deidentifier

ACCOUNTS = {"USERNAME", "CN_WECHAT_ID"}


@pytest.fixture(scope="module")
def accounts():
    deidentifier = Deidentifier()
    return lambda text: {
        text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type in ACCOUNTS
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "小鱼儿🐟 2023-05-06 12:33:21\n医生我这个要不要手术\n王医生 2023-05-06 12:34:00\n先复查",
            {"小鱼儿🐟"},
        ),
        (
            "[2023-05-06 12:33] 岁月静好: 在吗\n[2023-05-06 12:34] 客服: 您好\n[2023-05-06 12:35] 岁月静好: 价格",
            {"岁月静好"},
        ),
        (
            "09:02 陆小晴: 早\n09:05 毛肚配啤酒: 几楼\n09:07 陆小晴: 六楼\n09:08 孙海燕: 到了\n09:15 毛肚配啤酒: 好\n09:20 孙海燕: 走了\n与「毛肚配啤酒」的聊天",
            {"毛肚配啤酒"},
        ),
        (
            "消息对象: 飞翔的鱼\n2024-01-08 21:02:11 飞翔的鱼\n在吗\n2024-01-08 21:05:40 陆小晴\n在\n2024-01-08 21:06:40 飞翔的鱼\n好",
            {"飞翔的鱼"},
        ),
        ("客户: 好\n客服戴思琪: 您好\n客户: 请问\n客服戴思琪: 请讲\n护士长宋玉梅: 好", set()),
        ("陪诊普师傅: 好\n女儿: 麻烦\n陪诊普师傅: 到了\n女儿: 好的\n易主管: 好\n易主管: 行", set()),
        ("护士姜莉: 早\n老赵: 7.9\n护士姜莉: 加餐\n老赵: 好\n护士姜莉: 嗯\n刘桂兰: 6.8", set()),
        ("赵磊（IT）：在吗\n家属: 在\n赵磊（IT）：好\n孙浩(信息科): 好\n孙浩(信息科): 行\n家属: 嗯", set()),
        ("坐席07（温馨）: 您好\n访客: 我姓谢\n坐席07（温馨）: 谢女士\n访客: 好", set()),
        ("沈阿根的女儿: 今天走了\n护工王姐: 好\n沈阿根的女儿: 谢谢\n护工王姐: 嗯", set()),
        ("督导黄慧敏: 在吗\n月嫂邱姐: 在\n督导黄慧敏: 好\n月嫂邱姐: 嗯\n督导黄慧敏: 行", set()),
        ("翻译杨思琪: 收到\n司机蔡师傅: 到了\n翻译杨思琪: 好\n司机蔡师傅: 不急", set()),
        ("南京刘海波: 早\n领队孙国强: 好\n南京刘海波: 明早八点\n领队孙国强: 收到", set()),
        (
            "放射孔德茂: 早\n外科陆海东: 好\n放射孔德茂: 动脉期强化\n外科陆海东: 切不了\n群主: 嗯\n群主: 行",
            set(),
        ),
        ("三舅: 早\n罗素华: 好\n三舅: 排上了\n罗素华: 谢谢\n客服: 好\n客服: 行", set()),
        (
            "09:14 客服二组 赵晓敏\n又登不上了\n09:15 IT陆明\n账号报一下\n09:16 客服二组 赵晓敏\n好\n09:51 IT陆明\n改了",
            set(),
        ),
        (
            "邱文斌太太 7/9 13:02\n材料呢\n医助小郝 7/9 13:05\n别慌\n邱文斌太太 7/9 13:11\n好\n医助小郝 7/9 13:20\n嗯",
            set(),
        ),
        (
            "【管理员】老仝 20:13\n不许打广告\n代购阿杰被管理员仝卫东移出群聊 20:19\n好\n【管理员】老仝 20:22\n散了",
            set(),
        ),
        (
            "09:31 买家 tb_xiaoyu9921: 亲\n09:32 客服: 您好\n09:33 买家 tb_xiaoyu9921: 没到\n09:34 客服: 好的",
            {"tb_xiaoyu9921"},
        ),
        ("Customer: hi\n庄小姐: 您好\nCustomer: ok\n庄小姐: 好的\nCustomer: 3", set()),
        ("09:02 来访者：在\n09:03 治疗师（路平）：好\n09:04 来访者：嗯\n09:05 治疗师（路平）：请讲", set()),
        (
            "2024/1/8 9:02 家属-晴天\n在吗\n2024/1/8 9:05 护士-姜老师\n在\n2024/1/8 9:06 护士-姜老师\n您说",
            {"家属-晴天"},
        ),
        ("医生助理-小孟 14:22\n您好\n患者-乐观的猫 14:25\n在", {"患者-乐观的猫"}),
        ("客户 10:20\n你好\n顾问 10:21\n您好\nwxid_k2h7aa 10:22\n地址发你", {"wxid_k2h7aa"}),
        ("2023-05-06 12:34:21 Sunny妈妈\n多少钱\n2023-05-06 12:35:21 顾问\n980元", {"Sunny妈妈"}),
        (
            "09:02 康途-小程：片子收到了\n09:03 宋建军：辛苦\n09:05 康途-小程：要身份证号\n09:06 宋建军：好\n09:07 康途-方总：带上",
            set(),
        ),
        ("片区经理 陈建国：明儿谁去\n韩磊：我\n片区经理 陈建国：车开哪个\n韩磊：宁C那辆", set()),
        (
            "健康管家-田甜 09:02\n张总早\n老张头 09:15\n收到\n医学顾问汪医生 09:30\n可以吃\n健康管家-田甜 10:22\n好的",
            set(),
        ),
        ("赵倩-健康管理师  09:20\n早上好\n王静  09:31\n对的\n赵倩-健康管理师  09:35\n我已发", set()),
        ("康伴-小李 10:20\n您好\n康伴-陈总 10:25\n收到\n康伴-小李 10:26\n好的", set()),
        (
            "2025-03-15 21:07:33 张婷+牙套\n保持器断了\n2025-03-15 21:09:10 我\n明天休息\n2025-03-15 21:09:58 张婷+牙套\n她要月考",
            set(),
        ),
        ("呼噜噜妈妈：在吗\n客服：在的\n呼噜噜妈妈：几点开门\n客服：八点", {"呼噜噜妈妈"}),
        (
            "爱笑的眼睛：今天谁在医院\n我是大卫：我在\n爱笑的眼睛：费用转你\n三妹：我明天到\n我是大卫：好",
            {"爱笑的眼睛", "我是大卫"},
        ),
        ("呼噜噜业主：到了\n客服：好的\n呼噜噜业主：门开了\n客服：好", {"呼噜噜业主"}),
    ],
)
def test_finds_accounts_that_speak(accounts, text, expected):
    assert accounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "体温单\n19:22 体温38.1\n19:40 体温37.9\n20:10 复测37.2",
        "**问**：常青套餐多少钱？\n**答**：980元\n**问**：平安套餐呢\n**答**：880元",
        "主诉：发热\n现病史：3天\n查体：无殊\n主诉：好转",
        "手术室 8:30\n麻醉开始\n恢复室 10:30\n清醒",
        "医生：明天复查\n患者：好的\n医生：带上片子",
    ],
)
def test_other_labels_are_no_accounts(accounts, text):
    assert accounts(text) == set()


def test_time_grows_with_the_turns_of_a_chat():
    deidentifier = Deidentifier()
    text = "".join(f"{name}：好的\n" for name in ("王小芳", "李志强", "张美玲", "赵建军")) * 1500

    start = time.process_time()
    deidentifier.detect(text)

    assert time.process_time() - start < 5


def test_fields_that_return_in_the_same_order_are_no_speakers(deidentifier: Deidentifier) -> None:
    form = "患者：已回复\n时间：去年\n看病目的：治疗\n治疗方式：介入\n疗效：满意\n"
    chat = "客服：您好\n糖糖爸：在吗\n岁月静好啊：我也问\n小鹿乱撞呀：加一\n"

    assert not [e for e in deidentifier.detect(form * 3) if e.entity_type == "USERNAME"]
    assert "糖糖爸" in {(chat * 3)[e.start : e.end] for e in deidentifier.detect(chat * 3)}
