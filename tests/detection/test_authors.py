"""Who wrote a book of former times or lived then is nobody of whom a record tells; who reads it is somebody."""

from __future__ import annotations

import pytest


@pytest.fixture
def persons(found):
    return lambda text: {value for value, kind in found(text) if kind == "PERSON"}


@pytest.mark.parametrize(
    "text",
    [
        "咳嗽之源流：王纶《明医杂著》提出治法须分新久虚实，沈金鳌主张咳因痰而动，见《内经》。",
        "止嗽散（程国彭方）主之，出《医学心悟》；柯韵伯谓桂枝汤为群方之冠，胡希恕以方证解之，皆宗伤寒论。",
        "林佩琴（清）撰《类证治裁》；清·魏之琇续《柳洲医话》；宋代许叔微著《普济本事方》。",
        "到了元代，忽思慧做饮膳太医，著《饮膳正要》；李渔《闲情偶寄》最推笋和蟹，曹庭栋《老老恒言》收粥谱。",
        "3R原则：替代、减少、优化，由Russell与Burch提出，实验动物福利以此为本。",
        "滋阴派：朱震亨，大补阴丸；传人戴思恭、王履、赵道震。温病派：吴有性、叶桂、薛雪、吴瑭、王士雄、余霖。",
        "12.67 引流阀植入（Ahmed、Baerveldt）；RR不规则，Shannon熵、样本熵，灵敏度96.4",
        "《红楼梦》——王太医、张太医，三张方子看人情。",
        "八段锦相传为岳武穆所传，实则南宋已见文字记载，分坐、立两式。",
    ],
)
def test_authors_of_former_times_are_left(persons, text):
    assert persons(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主讲：刘敏敏《伤寒论》第一讲，地点三楼会议室", {"刘敏敏"}),
        ("刘敏敏《伤寒论》读书笔记交了，王建国《内经》作业还差一份", {"刘敏敏", "王建国"}),
        ("清代瓷器由王建国捐赠，患者赵国梁昨天来过", {"王建国", "赵国梁"}),
        ("该方案由Linda与Kevin提出，周五前定稿", {"Linda", "Kevin"}),
        ("经方门诊：患者李东垣，男，45岁，脉浮", {"李东垣"}),
        ("伤寒论读书会，参加人王建国、赵国梁、李敏华", {"王建国", "赵国梁", "李敏华"}),
        ("随访（Kevin）已完成，引流管拔除", {"Kevin"}),
        ("唐代然主任今天坐诊，宋建国转告家属", {"唐代然", "宋建国"}),
    ],
)  # fmt: skip
def test_those_of_today_stay_found(persons, text, expected):
    assert persons(text) == expected
