"""Somebody in rotas, calls and notes of mixed languages, and what stands there in people's places."""

from __future__ import annotations

import pytest

ROTA = (
    "        周一    周二    周三    周四    周五    周六    周日\n"
    "一线    宫      李岩    权      宫      李岩    权      宫\n"
    "护A     小鲍    丽丽    王爽    小鲍    丽丽    王爽    焦阳\n"
    "护N     焦阳    孟雪    孟雪    王爽    孟雪    孟雪    丽丽\n"
    "针灸    于会    于会    于会    休      于会    半      休\n"
)


@pytest.mark.parametrize("name", ["丽丽", "于会"])
def test_who_is_certain_in_one_cell_fills_the_others(found, name):
    assert found(ROTA).count((name, "PERSON")) == ROTA.count(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("驾驶员 支持，身份证320923198304161634，全责", "支持"),
        ("制表武晓燕　复核冀　审批：\n", "冀"),
        ("他大伯闫根成开三轮。人家问多会儿得的，谁也说不清，根成说晌午", "根成"),
        ("最近 family issue（wife 秋水 在 中山一院 保胎）", "秋水"),
        ("又打给 Cindy 了。Actually Andy 那天在 HK 办 visa", "Andy"),
        ("体检报告 follow up；Elsie 学校 PTA", "Elsie"),
        ("因送检单上名字写成“明株”，已核对", "明株"),
        ("结果手术那天来的是一个姓龙的，后来查是没有备案的", "龙"),
        ("由小姑子昝秀英领到盐湖区一个姓令狐的老先生那里", "令狐"),
        ("容伯仁（1931年3月—2016年），骨伤科医家。容氏不喜人称“神医”", "容"),
        ("新宅路15号，卢家门口有个红灯笼", "卢"),
        ("二助：黎明　扶镜：进修王岩", "王岩"),
    ],
)
def test_somebody(persons, text, name):
    assert name in persons(text)


@pytest.mark.parametrize(
    "text",
    [
        "游律师惠鉴：\n久未问候",
        "对方：嘛事儿？",
        "员工旷工三天以上按自动离职处理",
        "一、甲方将其位于________市________区________路____号____室的房屋出租",
        "甲方位于____ 市____ 区____ 路____号的房屋，签名：",
        "小测试：甲护士给病人拔针后回套针帽，乙护士徒手掰安瓿",
        "此证明仅供该生办理 Singapore 护士注册使用",
        "呂嘉欣醫生　M.C. Reg No. M13842",
        "17床 镇静下RASS -3；电话没接，打了3遍",
        "高血压的病人可以吃桂圆干的，没有必要担心，爸妈舒舒服服坐一坐",
        "Dr. Chan（养和）",
    ],
)
def test_nobody(persons, text):
    assert persons(text) <= {"游", "呂嘉欣", "吕嘉欣", "Chan"}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("呂嘉欣醫生　M.C. Reg No. M13842", "M13842", "CN_PHYSICIAN_LICENSE"),
        ("在你们医院住过三次（2003、2019、2024）", "2019", "DATE_TIME"),
        ("2021、2022连续两年获奖", "2021", "DATE_TIME"),
        ("2021、2022连续获奖", "2021", "DATE_TIME"),
        ("MC Reg No M12345", "M12345", "CN_PHYSICIAN_LICENSE"),
        ("女儿定居英国格拉斯哥", "英国格拉斯哥", "LOCATION"),
        ("老伴 但德明 已故（2019）", "2019", "DATE_TIME"),
    ],
)
def test_numbers(found, text, value, kind):
    assert (value, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "范本编号 GF-2014-0171改，姓名填“某某某”",
        "app:\n  name: yiliao-gateway\n  version: 5.12.0-RC3",
        "型号 RK-9860S Pro｜额定功率 220W｜净重 96kg｜SKU 100284736615\n包邮包安装，方便省心，大江南北，一诺千金",
        "指南（2018、2020）推荐",
    ],
)
def test_no_numbers(found, text):
    assert not [(value, kind) for value, kind in found(text) if kind not in ("PROCEDURE", "MEDICATION")]


@pytest.mark.parametrize(
    "text",
    [
        "价格：全飞1.68w，半飞1.1w，（附医生名单）",
        "优思悦、二甲双胍医保可报，塞给她一把巴达木，别找楼道里发卡片的",
        "住近点，老豆走不动",
        "评分也一样，格拉斯哥、蔡尔德、阿普加、坎贝尔，只是一把尺子",
        "1号 咳嗽方　麻黄6 杏仁10\n2号 安神方　酸枣仁30",
        "INFO 上传 chunk=12/12 ok，R 4.3.1 / 随机种子 20190618",
        "品名|单价|总价\n甲|2023.5|2045.5\n乙|2011.1|2099.9\n丙|2010.2|3100.2",
    ],
)
def test_nobody_and_no_day(found, text):
    kinds = {"PERSON", "DATE_TIME", "LOCATION", "ORGANIZATION", "AGE"}
    assert not [(value, kind) for value, kind in found(text) if kind in kinds]


@pytest.mark.parametrize(
    "text",
    [
        "司机 未到，身份证110101199003078515；收款人：同上 身份证110101199003078515",
        "客户 已婚 身份证110101199003078515；患者：女性 身份证110101199003078515",
        "患者 糖尿病 身份证110101199003078515；患者 昏迷，身份证110101199003078515；客户：上传 身份证110101199003078515",
        "经办人已复核毕　审批：",
        "药品名字打成了黄芪，重打",
        "予力月西镇静，Ramsay 3分；Ramsay Score 3，予Kendall 敷料，Benedict 试验阴性",
    ],
)
def test_nobody_in_fields_and_scales(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("鲍明", "痰培养鲍氏不动杆菌，鲍氏囊"),
        ("雷军", "雷氏现象，雷氏染色"),
        ("王丽", "王氏清暑益气汤，王氏连朴饮"),
        ("康军", "康氏反应，康氏实验"),
        ("陈明", "陈氏定理，陈氏太极"),
    ],
)
def test_what_is_called_after_a_namesake_is_nobody(persons, name, text):
    assert persons(f"患者{name}，{text}") == {name}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("我20号取样本，5号开处方，3号抽血标本", {"20号", "3号"}),
        ("他说8号开的汤药，12号换方", {"8号"}),
        (
            "标志物 | 结果 | 参考值\nBNP | 2013.5 | 0-300\n二聚体 | 2024.1 | 0-500\n铁蛋白 | 2002.3 | 30-400",
            set(),
        ),
        ("品名|单价\nA|2023.10\nB|2023.11\nC|2023.12", set()),
        ("尿量2000、2010、1980连续三天；引流量 2010、1990 连续记录；补液2000、2010连续输注", set()),
        ("每次（2000、1950），一次（2000/1950）kcal", set()),
    ],
)
def test_days(found, text, days):
    assert {value for value, kind in found(text) if kind == "DATE_TIME"} >= days
    assert days or not [value for value, kind in found(text) if kind == "DATE_TIME"]


def test_surnames_that_are_parts_of_addresses_sign(persons):
    assert persons("患者（签名）：区____  家属签名：路____") == {"区", "路"}


def test_years_behind_a_hospital_are_no_telephone(found):
    assert not [value for value, kind in found("附属医院 2019 2020\n") if kind == "PHONE_NUMBER"]


def test_who_asks_by_turns_is_no_account(found):
    turns = "患者 提问：多，我是体育老师\n　刘跃进：那不建议拖\n患者 提问：刘教授，我从溆浦过来"
    assert not [value for value, kind in found(turns) if kind == "USERNAME"]


def test_months_are_cells_of_a_table(found):
    table = (
        "序号|姓名|性别/年龄|手机|首次CT|末次|大小mm|随访情况\n"
        "1|余良才|男/58|13907184426|2023.3|2025.3|6→6|稳定\n"
        "2|万家丽|女/44|18627093315|2023.9|2025.2|8→11|已手术\n"
    )
    days = [value for value, kind in found(table) if kind == "DATE_TIME"]
    assert days == ["2023.3", "2025.3", "2023.9", "2025.2"]
