"""Names in Latin letters among Chinese ones, and surnames that no list has, of those who speak."""

from __future__ import annotations

import pytest

from deid.catalog import parse_marked


@pytest.mark.parametrize(
    "marked",
    [
        "[Priya Nair](PERSON)：Hi team 谁跟？\n[蒋云帆](PERSON)：我跟，单子在[Lily](PERSON)那\n[Lily](PERSON)：清单发你了\n"
        "[Priya Nair](PERSON)：GOP limit is 60,000\n[仝乐](PERSON)：收到",
        "[Sophie](PERSON)：今天几点到\n[王强](PERSON)：八点\n[Sophie](PERSON)：好的",
        "10点[Daniel Brooks](PERSON)，膝盖\n[丘少华](PERSON)：[Brooks](PERSON)那个护照过期了",
        "客户：[Kelly Mak](PERSON)　顾问：[梁嘉欣](PERSON)",
        "Thanks [Tong Le](PERSON)! Check Mr [Okoro](PERSON)'s wife [Grace](PERSON), please. Thanks again.",
        "VIP接待：[山口由纪](PERSON)（日籍），接待[山口由纪](PERSON)、[Daniel Brooks](PERSON)垫付。日语翻译，山口县来的",
        "翻译：[井上佳代](PERSON)，日语；[朴英淑](PERSON)，韩语",
        "发件人: [王强](PERSON)\nNote：请复查\nResult：阴性\nNote：两周后\nResult：阳性",
        "FH: mother Diabetes, father Hypertension, husband Healthy, wife [Grace](PERSON)",
        "Pain: 5\n[李明](PERSON)：还疼\nPain: 3\nMonday: off\n[张伟](PERSON)：收到\nMonday: on",
        "[脱海燕](PERSON)：你好\n[柴](PERSON)：是[脱](PERSON)女士吗\n[脱](PERSON)：我就是。我爸[脱明义](PERSON)等了\n[柴](PERSON)：抱歉",
        "投诉[邓涛](PERSON)，当日未看，[邓涛](PERSON)确有不当言辞，[邓涛](PERSON)扣绩效。[李明](PERSON)来了，[李明珂](PERSON)也来了。",
    ],
)
def test_names_in_letters_and_rare_surnames_speak(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "marked",
    [
        "对接人[梁](PERSON)律师、[Grace Oei](PERSON)。各站不得私自接触",
        "陪同：[王芳](PERSON)、[Okonjo](PERSON)。另[Ngozi Okafor](PERSON)和[李强](PERSON)",
        "澳门居民[何乐山](PERSON)（[Ho Lok San](PERSON)）遗失通行证",
        "JPN310082041512，[Sato Kenji](PERSON)（[佐藤健二](PERSON)）。",
        "口译：\n英：[Grace Odhiambo](PERSON) grace.o@lingua.example；[Hope Achieng](PERSON) <hachieng@lingua.example>",
        "滑雪场[Oleg](PERSON)（俄语，电话+7 914 555-27-08），[Aya](PERSON)（日籍）",
        "如果是女孩叫[董云朵](PERSON)，[Isla](PERSON) 做英文名；佩戴者英文名[Jarvis](PERSON)",
        "我同保姆[Joy Santos](PERSON)一齐去，[王伟](PERSON)（[David](PERSON)）、[孙丽](PERSON)（Manager）先到",
        "My husband [董锡鹏](PERSON) ([Xipeng](PERSON)) 已经付了；u_100482 [dong xipeng](PERSON) 登录",
        "主题：birth plan – [MacLeod](PERSON) & [董云朵](PERSON)\n你好，[MacLeod](PERSON)的护照\nBest, [Fiona MacLeod](PERSON)",
        "记录[丁一](PERSON)　审阅：[L.H. Qing](PERSON)　校对人：[Ng Suk Yee](PERSON)",
        "[Linda](PERSON)-HRBP 18:05\n好\n[冯玉石](PERSON) 18:07\n要打码吗\n[Linda](PERSON)-HRBP 18:07\n打",
        "[Tracy](PERSON)（[褚红霞](PERSON)） 14:10\n在吗\n[王晓明](PERSON)@泰山财险 14:12\n在\n[Tracy](PERSON)（[褚红霞](PERSON)） 14:13\n好",
        "Surname [LUO](PERSON) Given names [PEIWEN](PERSON)\n姓 / Surname [OUYANG](PERSON) 名 / Given names [JIAQI](PERSON) Sex F",
        "Name: [LI Wei](PERSON), Sex: M\nPatient: [CHEN Li](PERSON), Male, 35 years\n客户：[Wu Jun](PERSON), Visit Date: 2024-05-06",
        "Family name: [PANG](PERSON)  First name: [Zhilan](PERSON)\nLast Name [Geng](PERSON) First Name [Ruolan](PERSON) DOB 1980-01-02",
        "Given Name: [Pei-Ling](PERSON) Surname: [Lin](PERSON)\n姓(拼音) [KANG](PERSON) 名(拼音) [NING](PERSON)",
        "[Yuen Wai Ming](PERSON)来电，[Lim Siew Hoon](PERSON)的报告，[Fung Ka-yan](PERSON)已到，英文[KUNG SIU LAM](PERSON)，attn [R. Stern](PERSON)",
        "[Au Yeung Sau Lan](PERSON)陪同，[Mohd Faizal bin Ismail](PERSON)预约，Dr. [Fung C.Y.](PERSON)签",
        "Please confirm. Regards, [A. Wexler](PERSON)\n受试者 [QWX](PERSON) 于今日入组",
        "[Mary Grace Reyes](PERSON)来了，[Peter Chan Tai Man](PERSON)，群里有[Ken](PERSON)、Uncle [Bob](PERSON)",
        "Mdm [LOW Swee Lan](PERSON) stayed, and Mdm [Low](PERSON) will pay, account holder [Low Kian Seng](PERSON) is not insured",
        "the driver was [Ah Fatt](PERSON) again",
        "申请人姓 [SHEN](PERSON) 名 [YUHAN](PERSON)，Surname [JIN](PERSON)  Given names [XIANGSHU](PERSON)",
        "Auntie [Chan](PERSON)：你好\n客户Mrs. [Tanaka](PERSON)约了，主诊：Dr. [Kenneth Leung](PERSON)",
        "监护人 [Okoye Chiamaka](PERSON)（母），电话 13800138000",
        "姓名,拼音,电话\n[张晓明](PERSON),[zhangxiaoming](PERSON),13800138000\n[王芳](PERSON),[wangfang](PERSON),13800138001",
        "[Jenny陈](PERSON)：收到\n[王强](PERSON)：好\n[Jenny陈](PERSON)：好的",
    ],
)
def test_what_stands_beside_words_in_letters_tells_of_somebody(persons, marked):
    text, expected = parse_marked(marked)

    assert persons(text) == {text[mark.start : mark.end] for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "处方：Xeloda（日本产），Keytruda（德国），Zoom（手机端），iPhone（手机13800138000）",
        "用药：Metformin、Aspirin、二甲双胍；设备：Siemens（西门子）、Philips（飞利浦）",
        "患者Guillain Barre综合征，医生Da Vinci机器人手术，患者Bence Jones蛋白，客户Golden Card",
        "型号：Da Vinci；品牌：Apple Watch；药品英文名：Aspirin；公司英文名Harmony Group",
        "Wan Chai, Lok Ma Chau; Low Fat Diet, Low Back Pain, Au Bon Pain, Law of Attraction; Pak Sha Road",
        "On Mon, wrote: Oncology（Cardiology）",
        "Visa Section visa@embassy.example, Customer Care care@x.com",
        "柯林（Curling）溃疡，戴维森（Davidson）法，Lee Kum Kee蚝油",
        "From: Booking Team\nTo: Visa Section\nSubject: Visit Plan",
        "【药品名称】通用名称：小柴胡颗粒　汉语拼音：Xiaochaihu Keli",
        "接口 LAN, WAN 各一个，支持 POE 供电；MA Set Up，MAN Truck Bus",
        "Anki-Card 18:05 Child Pugh分级B，Mini Mental State",
    ],
)
def test_things_in_letters_are_nobody(persons, text):
    assert persons(text) == set()


def test_pinyin_stands_in_the_cell_beside_the_name(persons):
    rows = "名单（9月）；部门；姓名；拼音；日期\n1；客服部；张晓明；zhangxiaoming；9/2\n2；客服部；王芳；wangfang；9/4"

    assert persons(rows) >= {"zhangxiaoming", "wangfang"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "10:10 | 中南大学留学生 | 应聘翻译/Vivian | 11:00，配偶Marta Kowalczyk（波兰籍）",
            {"Vivian", "Marta Kowalczyk"},
        ),
        ("Zong Qi 你好，\n病历号：A1；诊断：肺癌\n谢谢！ Marta\n-----", {"Zong Qi", "Marta"}),
        ("tina，客户那边说好了吗？kevin在跟进", {"tina", "kevin"}),
        ("这个事情你问一下amy，合同在lucy那里，等jack确认", {"amy", "lucy", "jack"}),
        ("用siri查了一下，julia写的脚本，等jack接口修好", set()),
        ("找mark要一下数据，等may确认，请grace联系，打开excel", set()),
    ],
)
def test_given_names_in_small_letters(persons, text, names):
    assert persons(text) == names
