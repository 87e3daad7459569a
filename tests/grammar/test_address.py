"""Addresses are found whole, in running text and after a cue; look-alikes of the ward are not."""

from __future__ import annotations

import pickle
import re

import pytest
from gazetteer import gazetteer

from deid.catalog.marked import parse_marked
from deid.grammar.address import find_addresses, parse_value, tokens
from deid.grammar.address.chains import chain_from
from deid.grammar.divisions import Divisions
from deid.normalize import shadow

Found = tuple[int, int, str]


def found(text: str) -> list[Found]:
    matches = find_addresses(shadow(text).text, gazetteer())
    return [(m.start, m.end, "CN_ADDRESS" if m.detailed else "LOCATION") for m in matches]


@pytest.mark.parametrize(
    "marked",
    [
        # from province to room
        "住[榆次区晋华街晋华小区北19排](CN_ADDRESS)，离得近；[铁西区兴华街工人村3排5号](CN_ADDRESS)",
        "家庭住址 [陇西县首阳镇樊家庄村上庄社](CN_ADDRESS)　电话 13812345678",
        "王婶家在[通渭县马营镇赤砂村阳坡社](CN_ADDRESS)。儿子在[会宁县郭城镇红堡子村雷家湾社](CN_ADDRESS)",
        "他家[兴国县梅窖镇三僚村新屋下](CN_ADDRESS)，[昭馀镇丰固村南场](CN_ADDRESS)的老人",
        "上门[赛罕区昭乌达路农大家属院12号楼](CN_ADDRESS)\nC-084;2024-07-08;常青",
        "地址：[大连市中山区人民路23号虹源大厦1805](CN_ADDRESS)　0411-82507716",
        "住址：[厦门市思明区镇海路57号](CN_ADDRESS)　ID号：E2024-07715",
        "住[重庆市渝北区回兴街道宝圣大道8号附12-4](CN_ADDRESS)",
        "现住址：[长沙市开福区芙蓉北路金霞小区22栋404](CN_ADDRESS)　联系人：谢敏",
        "[北京市海淀区中关村南大街5号院3号楼2单元501](CN_ADDRESS)",
        "患者家住[湘潭市雨湖区韶山西路108号紫荆花园3栋2单元501](CN_ADDRESS)，独居。",
        "[天津市和平区南京路189号津汇广场1座2901](CN_ADDRESS)",
        "[江苏省苏州市姑苏区平江路12号3幢502室](CN_ADDRESS)",
        "[大连市中山区人民路15号国际金融大厦21F](CN_ADDRESS)",
        # villages and hamlets
        "住[安溪县西坪镇尧阳村下坂32号](CN_ADDRESS)",
        "住址 [个旧市鸡街镇龙潭村委会下寨22号](CN_ADDRESS) 入院",
        "家住[大关县翠华镇清河村委会上坝村民小组15号](CN_ADDRESS)",
        "现住[河口县河口镇槟榔路54号](CN_ADDRESS)（夫家）",
        "住[金山街道金尚路788号云顶3号楼1804](CN_ADDRESS) 门禁要登记",
        "住[新田县石羊镇柳树村高坪自然村14号](CN_ADDRESS)，务农",
        "家住[洪江市安江镇李家湾8组165号](CN_ADDRESS)。",
        "户籍[安溪县湖头镇核桃沟高坪组](CN_ADDRESS)，低保",
        "上门到[泰顺县泗溪镇白沙湾](CN_ADDRESS)换药",
        "[闻喜县桐城镇李家沟5社](CN_ADDRESS)",
        "在[大安区三多寨镇西山村7组49号](CN_ADDRESS)",
        "住[安溪县湖头镇三屯张庄自然村2号](CN_ADDRESS)",
        "寄[龙山县牛溪乡八屯村委会76号](CN_ADDRESS)，收",
        "从[银坊自然村大峪26号](CN_ADDRESS)来",
        "[水滩镇北田自然村金坳98号](CN_ADDRESS)",
        "到[湘西州滨河支路与桃花源胡同交叉口](CN_ADDRESS)，",
        "住[双园村高坪岭](CN_ADDRESS)对面",
        "[栖霞区金田自然村](CN_ADDRESS)陈山坡1月28号于仁和大药房就诊",
        "在[让胡路区建设大道与桃花源巷交汇处](CN_ADDRESS)（转入银塘卫生院）",
        "住[秦安县上桥街道永田沟新泉湾5组](CN_ADDRESS)",
        # levels missing
        "从[江西省复兴东路196号丽景苑3栋147](CN_ADDRESS)打车来",
        "[古浪县人民南路315号机关大院2-2-561](CN_ADDRESS)",
        "送到[站前街道文苑中路964号-3](CN_ADDRESS)，谢谢",
        "[东莞市锦绣江南35栋2单元三楼左户](CN_ADDRESS)",
        "[上海张杨路500弄12号301室](CN_ADDRESS)",
        "张某某在[浦东张杨路500弄12号301室](CN_ADDRESS)",
        "他从[人民路15号](CN_ADDRESS)过来",
        "患者在[人民路12号](CN_ADDRESS)摔倒后由120送来",
        "老人独自住在[阳光小区3栋](CN_ADDRESS)没人照顾",
        "[阳光小区3-2-501](CN_ADDRESS)",
        "她搬到了[金色家园12-3-402](CN_ADDRESS)",
        "他说住[碧桂园5栋](CN_ADDRESS)",
        "小鹿：在[光谷软件园C6栋](CN_ADDRESS)等你",
        "小鹿：在[光谷软件园C6栋附近的如家](CN_ADDRESS)，别告诉我妈",
        "[建设路22号院](CN_ADDRESS)物业",
        "经营场所[福田区景田路碧景园D栋103](CN_ADDRESS)。",
        "[成都市高新区天府软件园D区](CN_ADDRESS)",
        "[广州天河软件园 12 号楼](CN_ADDRESS)",
        "[番禺区市桥街道捷进二路1号骏和广场七楼](CN_ADDRESS)",
        # a building whose name has no suffix
        "通讯地址：[沈河区青年大街1号市府恒隆T1-3506](CN_ADDRESS)",
        "[惠州市江北新区文昌一路合生帝景湾二楼](CN_ADDRESS)",
        "[建国路93号万达广场10号楼1203](CN_ADDRESS)",
        "[长沙市恒大名都5栋](CN_ADDRESS)",
        "[湘西州恒大名都5-2-296](CN_ADDRESS)",
        # Shanghai, Chongqing, Beijing
        "[上海市静安区延安中路1000弄5支弄12号401室](CN_ADDRESS)",
        "[渝北区龙溪街道花卉园西路附3号2栋1单元8-2](CN_ADDRESS)",
        "[成都市武侯区桐梓林北路2号附12号凯莱帝景2栋1单元](CN_ADDRESS)",
        "[东城区东四十条胡同22号](CN_ADDRESS)",
        "我家在[和平里7区12号楼3门501](CN_ADDRESS)",
        "妈妈住[北京市西城区百万庄大街甲24号](CN_ADDRESS)",
        # the country
        "住[黑石镇下坪村老槐树底下第三家](CN_ADDRESS)，没有电话",
        "[黑石镇下坪村三组](CN_ADDRESS)",
        "[下坪村五社12号](CN_ADDRESS)",
        "现住[南塘乡石桥村七组](CN_ADDRESS)",
        "[清河镇向阳大队三小队](CN_ADDRESS)",
        "[内蒙古赤峰市阿鲁科尔沁旗巴彦花苏木哈日诺尔嘎查](CN_ADDRESS)",
        "[农八师一四三团六连](CN_ADDRESS)",
        "[新疆生产建设兵团第八师石河子市143团3连](CN_ADDRESS)",
        "[凉山彝族自治州昭觉县竹核乡木渣洛村2组17号](CN_ADDRESS)",
        "家住[下坪村](CN_ADDRESS)，务农",
        # Hong Kong, Macao, Taiwan
        "[九龍旺角彌敦道100號12樓B室](CN_ADDRESS)",
        "[九龍土瓜灣馬頭圍道388號永興樓11字樓B](CN_ADDRESS)\n\nDear Dr. Fong",
        "[上海市静安区江宁路445号时美大厦14楼B](CN_ADDRESS) 200041",
        "[香港中环德辅道中141号](CN_ADDRESS)",
        "[台北市信義區松仁路7號5樓](CN_ADDRESS)",
        "[忠孝东路四段100巷5弄3号5楼之2](CN_ADDRESS)",
        "[澳门新马路100号](CN_ADDRESS)",
        # written apart, broken, full width, masked, in numerals
        "[张杨路 500 弄 12 号 301 室](CN_ADDRESS)",
        "住在[芙蓉北\n路12号](CN_ADDRESS)",
        "地址：[沈河区青年大街\n1号市府恒隆Ｔ１－３５０６](CN_ADDRESS)",
        "[张杨路５００弄１２号](CN_ADDRESS)",
        "住[**路**号](CN_ADDRESS)",
        "住[XX小区X栋](CN_ADDRESS)，不方便",
        "住[朝阳区某某路某号](CN_ADDRESS)",
        "住[三号楼二单元](CN_ADDRESS)",
        # a road or an estate alone, where the words before it say so
        "家住[芙蓉北路](CN_ADDRESS)",
        "[海淀中关村大街](CN_ADDRESS)",
        "家住[万达广场3楼](CN_ADDRESS)",
        "[武昌区中南路](CN_ADDRESS)和[洪山区珞喻路](CN_ADDRESS)之间",
        "[西湖南京东路48号](CN_ADDRESS) 联系人",
        "[芙蓉中路二段139号](CN_ADDRESS)对面",
        "[江岸区四唯街道球场路63号2楼左手](CN_ADDRESS)，楼梯窄",
        "[禅城区祖庙街道同华东一路26号 803](CN_ADDRESS) 13425709138",
    ],
)
def test_finds_addresses_in_running_text(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "marked",
    [
        "籍贯：[湖南张家界](LOCATION)",
        "归属地[山东临沂](LOCATION) 号码",
        "他是[四川](LOCATION)人，在[东莞](LOCATION)打工三年",
        "[内蒙古赤峰市](LOCATION)",
        "从[内蒙](LOCATION)来",
        "来自[贵州省黔东南苗族侗族自治州凯里市](LOCATION)",
        "[青海省玉树州囊谦县香达镇](LOCATION)",
        "老家在[安徽阜阳颍上县八里河镇](LOCATION)",
        "患者系[浏阳市](LOCATION)人",
        "每天从[望城区](LOCATION)过来",
        "住[黑石镇](LOCATION)，下坪",
        "[沧州市](LOCATION)玫瑰园负2楼",
        "[哈尔滨市陈园街道](LOCATION)书香府邸负2楼",
        "[新疆](LOCATION)、[西藏](LOCATION)、[广西](LOCATION)",
        "[北京海淀](LOCATION)人",
    ],
)
def test_a_place_without_road_or_village_is_a_location(marked: str) -> None:
    text, expected = parse_marked(marked)

    assert found(text) == [tuple(mark) for mark in expected]


@pytest.mark.parametrize(
    "text",
    [
        *[
            "路边",
            "前排3号，患者排2号，排出道路3排除",
            "三号床",
            "2楼缴费",
            "门诊3号窗",
            "住院部5楼",
            "120平米",
            "一号方",
            "十二指肠",
            "5号染色体",
            "3区2床",
            "通路",
            "思路",
            "一路",
            "网路",
            "心路历程",
        ],
        *[
            "尿路",
            "呼吸道",
            "消化道",
            "阴道",
            "旁路",
            "气道",
            "街上",
            "里面",
            "公里",
            "胡同",
            "新村",
            "弄清",
            "弄脏",
            "组织",
            "社会",
            "小组",
            "A组",
            "对照组",
            "某社区",
            "本社区",
        ],
        *[
            "该小区",
            "本村",
            "农村",
            "门诊部",
            "专家门诊",
            "单元",
            "教学单元",
            "广场舞",
            "号码",
            "编号",
            "信号",
            "一楼大厅",
            "3楼检验科",
            "西区药房",
            "和平",
        ],
        "患者于1月3日在我院门诊3楼就诊",
        "于人民医院住院部8楼25床",
        "从1楼走到5楼气促，上楼困难",
        "取药请到1号楼2楼药房",
        "在急诊大楼一层 住院部2号楼3层 外科大楼12层 医技楼2楼",
        "B超室3号 CT2室 第3诊室 5号诊室",
        "右侧大脑中动脉M1段闭塞，L4-5椎间盘",
        "骑车回家路上摔倒，在马路边等",
        "3号机房，5号机位，第2志愿者组，学习小组",
        "在网络通路中，信号通路5号位点",
        "心房 房颤 三室 2室 左室 层流 户外 期间 3期 II期",
        "A组30例，B组28例，第5组患者，3期临床",
        "渔村老年组和渔村居民组",
        "某小区居民 同一小区 本小区",
        "家住本市 住在附近 住在城里 现住农村老家 住址不详 地址同上 家住一楼 住单位宿舍 住院三天 住3楼25床",
        "朝阳医院 人民路社区卫生服务中心 芙蓉区妇幼保健院 北京协和医院",
        "北京市朝阳区百子湾社区卫生服务站",
        "湖南省肿瘤医院，长沙市中心医院住院部5楼",
        "我们村离镇卫生院远，到了黑石镇卫生院，说要往县里转",
        "哈尔滨红肠别带进来，长沙臭豆腐很臭，山西老陈醋和镇江香醋，潮汕牛肉丸嘌呤高，自贡冷吃兔辣",
        "上海青焯水，洛阳铲似的取样针，香港脚即足癣",
        "云南白药 西藏红花 长春西汀 长春新碱 北京时间 广州管圆线虫病 大理石",
        "祝您安康，来宾请进，开封后冷藏，日照充足",
        "沿海城市 舞台中央 台湾居民居住证",
        "乘102路公交，坐地铁2号线",
        "讲座3楼报告厅",
        "帮我打给萧子轩 197 8090 5512",
        "去广场跳舞 在小区里 到街道办 胸壁窦道 不择路",
    ],
)
def test_finds_nothing_in_ordinary_and_clinical_words(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("住址：", "长沙市开福区芙蓉北路金霞小区22栋404", "　联系人：谢敏"),
        ("现住", "黑石镇下坪村老槐树底下第三家", "，没有电话"),
        ("住址：", "3栋2单元501", ""),
        ("住址：", "三号楼2单元501室", " 电话：073188651900"),
        ("住址 ", "浦东新区张杨路500弄12号301室", " 职业 教师"),
        ("住址：", "**路**号", "，"),
        ("住址：（", "朝阳区建国路88号", "）"),
        ("地址：", "望京SOHO T1", " 电话：1380"),
        ("地址：", "沈河区青年大街\n1号市府恒隆T1-3506", "\n电话"),
        ("地址：", "长沙市岳麓区麓\n山南路932号", "\n电话"),
        ("地址：", "北京市朝阳区建国路88号", "附近"),
        ("地址：", "北京市朝阳区建国路88号SOHO现代城", "对面"),
        ("地址：", "北京市朝阳区建国路88号", "（近地铁站）"),
        ("地址：", "人民路12号", " 138 0013 8000"),
        ("地址：", "人民路12号", "13800138000"),
        ("地址：", "江苏省 苏州市 工业园区 星湖街328号 创意产业园 10-3F", ""),
        ("家住", "阳光小区", "与女儿同住"),
        ("家住", "和平路", "附近"),
        ("现住", "绿地香颂12-2-301", "，"),
        ("现住", "恒大名都9/F B室", "，"),
        ("", "西湖区三墩镇西城广场1幢1单元", ""),
        ("户籍地址：", "云南省红河州个旧市锡城镇老阴山路3号", "；"),
    ],
)
def test_reads_the_value_after_a_cue_to_its_end(before: str, value: str, after: str) -> None:
    text = shadow(before + value + after).text

    match = parse_value(text, len(before.rstrip("（")), gazetteer())

    assert match is not None
    assert (match.start, match.end) == (len(before), len(before + value))
    assert match.detailed


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("地址：", "湖南省长沙市", ""),
        ("地址：", "长沙市岳麓区", "\n联系人：王"),
        ("现住", "上海", "独居多年"),
        ("住址：", "海淀", ""),
        ("户籍地址：", "贵州省遵义市桐梓县娄山关镇", " 汉族"),
    ],
)
def test_a_value_that_is_a_bare_place_is_not_detailed(before: str, value: str, after: str) -> None:
    match = parse_value(shadow(before + value + after).text, len(before), gazetteer())

    assert match is not None
    assert (match.start, match.end, match.detailed) == (len(before), len(before + value), False)


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("地址：", "同上"),
        ("地址：", "不详"),
        ("地址：", "详见附件"),
        ("家住", "农村，务农"),
        ("家住", "5楼"),
        ("现住", "本市"),
        ("地址：", ""),
        ("地址：", "13号线龙泽站"),
        ("单位及地址：", "长沙市第一中学"),
    ],
)
def test_a_value_that_is_no_address_is_left(before: str, rest: str) -> None:
    assert parse_value(shadow(before + rest).text, len(before), gazetteer()) is None


def test_parts_name_the_levels() -> None:
    text = "长沙市开福区芙蓉北路18号金霞小区22栋1单元404"

    [match] = find_addresses(text, gazetteer())

    assert [(level, text[start:end]) for level, start, end in match.parts] == [
        ("prefecture", "长沙市"),
        ("county", "开福区"),
        ("road", "芙蓉北路"),
        ("number", "18号"),
        ("estate", "金霞小区"),
        ("building", "22栋"),
        ("unit", "1单元"),
        ("room", "404"),
    ]


def test_what_supports_an_address_raises_its_score() -> None:
    scores = [
        next(find_addresses(text, gazetteer())).score
        for text in ("在芙蓉北路", "家住芙蓉北路", "芙蓉北路12号", "开福区芙蓉北路12号")
    ]

    assert scores == sorted(scores)
    assert len(set(scores)) == len(scores)


def test_a_long_text_costs_no_more_per_character_than_a_short_one() -> None:
    line = "现住长沙市开福区芙蓉北路12号3栋，门诊3楼就诊。"

    assert len(list(find_addresses(line * 2000, gazetteer()))) == 2000


def test_a_row_of_numbers_is_read_in_bounded_steps() -> None:
    assert list(find_addresses("1号2号3栋" * 3000 + "村" * 3000, gazetteer())) == []


@pytest.mark.parametrize("value", ["A)长沙市", "A)长沙市开福区", "乙)湖南省"])
def test_a_bracket_that_nobody_opened_is_no_part_of_a_value(value: str) -> None:
    assert parse_value(value, 0, gazetteer()) is None


def test_a_chain_looks_at_so_many_tokens_only() -> None:
    run = "村" * 3000

    chain = chain_from(run, tokens.read_tokens(run, gazetteer(), 0, len(run)), 0, gazetteer())

    assert chain[-1].end <= 64


def test_every_token_can_be_found_from_its_first_character() -> None:
    # the search looks at first characters only: a suffix that begins with another one would be lost
    pattern = tokens.TOKEN.pattern
    looking_ahead = f"(?=[{tokens.FIRST}])"
    slow = re.compile(pattern.replace(looking_ahead, "", 1))
    words = re.findall("[一-鿿]{1,8}", pattern) + re.findall("[一-鿿]", pattern)
    text = " ".join(f"金{word} 甲{word}3 12{word}，" for word in words)

    assert looking_ahead in pattern
    assert [m.span() for m in tokens.TOKEN.finditer(text)] == [m.span() for m in slow.finditer(text)]


# --- the gazetteer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "prefecture"),
    [
        ("长沙市开福区芙蓉北路", "湖南省长沙市"),
        ("上海浦东张杨路500弄", "上海市"),
        ("浦东张杨路500弄", "上海市"),
        ("福田区景田路", "广东省深圳市"),
        ("南京鼓楼区中山路", "江苏省南京市"),
        ("辽宁朝阳", "辽宁省朝阳市"),
        ("武侯南京东路187号", "四川省成都市"),
        ("湘西凤凰", "湖南省湘西土家族苗族自治州"),
        ("恩施州利川市", "湖北省恩施土家族苗族自治州"),
        ("内蒙呼和浩特", "内蒙古自治区呼和浩特市"),
        ("山东滕州北辛路", "山东省枣庄市"),
        ("东莞市长安镇", "广东省东莞市"),
        ("仙桃市", "湖北省仙桃市"),
        ("闸北区阳泉路558号", "上海市"),
        ("九龙旺角弥敦道100号", "香港特别行政区"),
        ("台北市信义区", "台湾省台北市"),
        ("吉林市", "吉林省吉林市"),
        ("广东", "广东省"),
    ],
)
def test_generalises_to_the_prefecture(text: str, prefecture: str) -> None:
    assert gazetteer().prefecture_of(text) == prefecture


@pytest.mark.parametrize(
    "text", ["朝阳区建国路1号", "鼓楼区", "西湖区文一路", "黑石镇下坪村", "和平路15号", "", "电话"]
)
def test_an_ambiguous_or_unknown_place_has_no_prefecture(text: str) -> None:
    assert gazetteer().prefecture_of(text) is None


def test_a_short_county_needs_its_province() -> None:
    divisions = gazetteer()

    assert [m.start for m in divisions.find("和平 长安 上海")] == [6]
    assert divisions.at("浦东张杨路", 0) is not None
    assert divisions.at("浦东张杨路", 0, within=frozenset({("湖南省",)})) is None


def test_the_gazetteer_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(gazetteer()))

    assert (again.full, again.short) == (gazetteer().full, gazetteer().short)
    assert again.prefecture_of("开福区") == "湖南省长沙市"


def test_a_malformed_line_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="line 2"):
        Divisions.from_lines(["长沙市\tprefecture\t湖南省/长沙市", "开福区\tdistrict\t湖南省/长沙市"])
