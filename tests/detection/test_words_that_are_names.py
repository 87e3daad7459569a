"""A word that is somebody's name in one place of a text: its other places, where it is somebody again or the word."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked, shipped_catalog
from deid.pipeline import Deidentifier
from deid.types import TextBlock


@pytest.mark.parametrize(
    "marked",
    [
        "联系人：[钟声](PERSON)，电话13900001111\n[钟声](PERSON)的我来",
        "经办：[谷雨](PERSON)\n前妻[谷雨](PERSON)\n[谷雨](PERSON)说已办",
        "姓名：[高兴](PERSON)，女\n麻烦转告[王](PERSON)教授：[高兴](PERSON)周四到",
        "我叫[向阳](PERSON)，想咨询一下\n[向阳](PERSON)那边先不动，换成[向阳](PERSON)去",
        "[温情](PERSON)，女，45岁，住院号20240017\n[温情](PERSON)态度很差",
        "联系人：[钟情](PERSON)，电话13900001111\n轮到[钟情](PERSON)了，昨晚[钟情](PERSON)没来",
        "联系人：[钟情](PERSON)，电话13900001111\n表是[钟情](PERSON)填的，明天[钟情](PERSON)出院",
        "姓名：[高峰](PERSON)，男\n嘱[高峰](PERSON)多饮水，请[高峰](PERSON)交班，对[高峰](PERSON)进行查体",
        "姓名：[文明](PERSON)，男\n现病史：[文明](PERSON)神志清，[文明](PERSON)自服药物，今[文明](PERSON)来诊",
        "给孩子取名[援藏](PERSON)，全名[白玛](PERSON)[援藏](PERSON)。",
        "主持：[温馨](PERSON)\n三、[温馨](PERSON)通报投诉3例",
        "主持：[时光](PERSON)\n处理：扣[时光](PERSON)绩效，[时光](PERSON)本人知情",
        "陪同人：[高兴](PERSON)\n与[高兴](PERSON)系翁婿",
        "姓名,年龄\n[白雪](PERSON),45\n[李建国](PERSON),50\n备注：5号[白雪](PERSON)已签，[李建国](PERSON)、[白雪](PERSON)补签",
    ],
)
def test_a_word_that_is_somebody_in_a_field_is_so_elsewhere(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "姓名：[高兴](PERSON)，女\n家属很高兴，感到高兴，高兴得哭了，[高兴](PERSON)说可以",
        "经办：[谷雨](PERSON)\n谷雨前后人多，谷雨过后少",
        "联系人：[钟声](PERSON)，电话13900001111\n钟声响起时散会，听《钟声》",
        "主持：[温馨](PERSON)\n温馨提示：请勿吸烟",
        "联系人：[程度](PERSON)，电话13900001111\n肝脏已经有一定程度的损伤，程度不高",
        "姓名：[方向](PERSON)，男\n沿着纤维化的方向发展，朝这个方向",
        "我叫[成功](PERSON)，想咨询一下\n疫苗接种成功，并成功带领球队",
        "[方正](PERSON)，女，45岁，住院号20240017\n女方正常，男方正常",
        "姓名：[安静](PERSON)，女\n先放置在安静的环境中，情绪：安静，神志清",
        "经办：[成果](PERSON)\n取得很大的成果，研究成果较多",
        "我叫[阳光](PERSON)，想咨询一下\n阳光充足，多晒阳光",
        "姓名：[平安](PERSON)，男\n祝您平安，平安到家，一生平安",
        "经办：[余晖](PERSON)\n品名：余晖。书名《余晖》",
        "姓名：[当归](PERSON)，女\n[当归](PERSON)3天前起病，方用黄芪15 当归12 川芎9，加丹参、当归",
        "姓名：[白果](PERSON)，女\n高血压吃白果，喝了白果",
    ],
)
def test_it_is_the_word_where_it_is_used_as_one(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "客户：在吗\n[柳叶](PERSON)：在的，您说\n客户：想问下报告\n[柳叶](PERSON)：稍等",
        "客户：在吗\n[钟声](PERSON)：在的，您说\n客户：想问下报告\n[钟声](PERSON)：稍等",
        "以上情况属实。\n[钟声](PERSON)\n2024年5月9日\n请[钟声](PERSON)签字",
        "@[谷雨](PERSON) 请跟进\n[谷雨](PERSON)的我来",
        "昨晚来过。[白雪](PERSON)表示不同意，请[白雪](PERSON)签字",
        "[周祥](PERSON)医生说要复查，和[万豪](PERSON)沟通过了，挂了[温文](PERSON)主任的号",
        pytest.param(
            "昨天[金光](PERSON)来取药，联系[丛林](PERSON)处理，抄送[黄莺](PERSON)。小区[谢天](PERSON)接电话",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "本周排班：周一[江山](PERSON)，周二[黄河](PERSON)，周三[李敏](PERSON)，周四[江山](PERSON)",
        "早班[罗宇则](PERSON)；中班[扎布](PERSON)；晚班[扎布](PERSON)；",
        "投诉人[大壮](PERSON)反映，4月3日接待时态度生硬",
        "投诉人[小叶](PERSON)反映，接待时态度生硬，经核查[方山](PERSON)确有不当。",
        "收件人 13912345678 [何必](PERSON)",
        "打钱到这个卡，13900001111 [吕涛](PERSON)",
    ],
)
def test_who_speaks_signs_or_is_addressed_is_somebody(deidentifier: Deidentifier, marked: str) -> None:
    assert _persons(deidentifier, marked) == _marked(marked)


@pytest.mark.parametrize(
    "text",
    [
        "温度：36.5\n脉搏：80\n温度：36.8\n脉搏：82",
        "方案：先化疗\n说明：无\n方案：再手术\n说明：无",
        "简单说就是没有炎症",
        "以上。\n安排\n2024年5月9日",
        "白班护士、全科医生、高级教师、常规护士、安保人员各一名",
        "请@全体 查收，发到QQ@包钢",
    ],
)
def test_words_that_only_look_so_are_nobody(deidentifier: Deidentifier, text: str) -> None:
    assert _persons(deidentifier, text) == []


@pytest.mark.parametrize(
    ("blocks", "persons"),
    [
        (["联系人：钟声", "钟声的我来", "把钟声拉黑了", "钟声响起"], [["钟声"], ["钟声"], ["钟声"], []]),
        (["经办：谷雨", "前妻谷雨", "谷雨前后人多", "谷雨说已办"], [["谷雨"], ["谷雨"], [], ["谷雨"]]),
        (["联系人：方向", "沿着纤维化的方向发展", "方向已签"], [["方向"], [], ["方向"]]),
        (["经办：平安", "平安到家", "祝您平安", "平安未到"], [["平安"], [], [], ["平安"]]),
        (["姓名：程度", "已有一定程度损伤", "请程度签字"], [["程度"], [], ["程度"]]),
    ],
)
def test_what_one_block_tells_of_a_word_counts_in_the_others(
    deidentifier: Deidentifier, blocks: list[str], persons: list[list[str]]
) -> None:
    read = list(deidentifier.detect_blocks(TextBlock(f"b{n}", text) for n, text in enumerate(blocks)))

    done = deidentifier.replace_all(read)

    assert [
        [block.text[e.start : e.end] for e in found if e.entity_type == "PERSON"] for block, found, _ in done
    ] == persons


def _persons(deidentifier: Deidentifier, marked: str) -> list[tuple[int, int]]:
    text, _ = parse_marked(marked)
    return [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]


def _marked(marked: str) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in parse_marked(marked)[1]]


@pytest.mark.parametrize("name", ["贺维力", "易坦静", "白加黑"])
def test_a_field_makes_a_person_of_a_drug(deidentifier: Deidentifier, name: str) -> None:
    text = f"姓名：{name}　性别：女"

    assert [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"] == [name]


@pytest.mark.parametrize("word", ["洪峰", "许诺", "章程", "苏军", "王冠", "顾全", "刘海"])
@pytest.mark.parametrize(
    "frame", ["{}医生:您好,报告看过了。", "由护士{}陪同去CT室。", "其子{}签字。", "经办人 {}  审核 王建国"]
)
def test_words_that_people_are_called_by_are_names_in_frames_of_records(word, frame, deidentifier):
    before = "患者周建国,男,45岁。家属李敏陪同。\n"
    text = before + frame.format(word)
    start = text.index(word, len(before))

    assert (start, start + len(word)) in [
        (e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "张力性气胸,肌张力正常,眼压张力不高。",
        "资料齐全,手续完备,章程附后。",
        "胡桃夹综合征,石楠叶10g,麦苗粉。",
        "曲折蜿蜒的静脉,路程较远,童声样发音。",
        "公司章程已修订,高新区门店开业。",
        "杨树花粉过敏,水晶体混浊,银河系。",
        "过敏原：杨树、柏树、花生；患者有钟情妄想，额前刘海下见红色丘疹，嘱剪短，刘海遮住右眼。",
    ],
)
def test_the_same_words_are_words_elsewhere(text, deidentifier):
    assert [e for e in deidentifier.detect(text) if e.entity_type == "PERSON"] == []


def test_no_word_is_both_ordinary_and_a_name():
    lexicon = shipped_catalog().lexicon

    assert not set(lexicon("common_words")) & set(lexicon("name_like_words"))


@pytest.mark.parametrize(
    "marked",
    [
        "[陆续](PERSON)（家属）要求复印病历",
        "请[何必](PERSON)医生会诊",
        "收件人 [何必](PERSON) 13912345678",
        "其父系退伍军人",
        "[章程](PERSON)值班",
        "周三[许诺](PERSON)值夜班",
        pytest.param(
            "[毕竟](PERSON)（患者之子）签字",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "患者陆续来诊，何必担心，章程规定医生签字，陆续有医生到岗",
        "已陆续（三天内）缓解，何必麻烦医生，何必值夜班呢",
        "全程值班，国庆值班，新年快乐，平安值班",
        "对金华火腿过敏；对[王芳](PERSON)的药物过敏负责",
        "王冠样改变；牙冠：王冠；过敏史：花木；睡眠：安宁",
    ],
)
def test_words_in_frames_of_persons_and_in_fields_of_medicine(deidentifier, marked: str) -> None:
    text, expected = parse_marked(marked)

    found = [(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "PERSON"]

    assert found == [(mark.start, mark.end) for mark in expected]
