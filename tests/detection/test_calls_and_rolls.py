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
