"""What stands beside places and bodies: gates and neighbours of an address, doctors of a hospital, deeds, departments."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION", "PERSON"}


def places_and_persons(text):
    return {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES}


def found_as_marked(marked):
    text, expected = parse_marked(marked)
    wanted = {(e.start, e.end, e.entity_type) for e in expected if e.entity_type in TYPES}
    return places_and_persons(text) == wanted


@pytest.mark.parametrize(
    "marked",
    [
        "锦旗送到[榆次区迎宾街锦绣园南门门面8号](CN_ADDRESS)",
        "药寄[红山区钢铁街松洲小区正门商铺103号](CN_ADDRESS)",
        "[集宁区恩和路滨河小区东门20号商铺](CN_ADDRESS)",
        "住[惠安县涂寨镇文峰村北区201号](CN_ADDRESS)，邻居代述",
        "我住[莆田市荔城区镇海街道梅峰社区北区53号](CN_ADDRESS)",
        "她住[海沧区沧林路未来海岸南区15栋801](CN_ADDRESS)",
        "搬到[金牛区一环路北三段附近荷花苑3栋1单元704](CN_ADDRESS)",
        "请寄[鄞州区天童北路隔壁罗蒙大厦1502](CN_ADDRESS)",
        "她暂住[郑州市金水区经八路附近的文华公寓6号楼1602](CN_ADDRESS)",
        "住[宁德市蕉城区八都镇猴盾村牛埕下12号](CN_ADDRESS)",
        "门店在[长沙市岳麓区桐梓坡西路谷丰商业广场1栋109门面](CN_ADDRESS)",
        "住[安阳市文峰区中华路万达广场住宅4号楼2单元](CN_ADDRESS)",
        "酒店订[北京市海淀区花园路4号锦江之星](CN_ADDRESS)",
        "家住[满洲里市南区街道六道街八委](CN_ADDRESS)",
        "住[黄石市黄石港区湖滨大道楚天金叶大厦17B](CN_ADDRESS)",
        "收样[嘉兴市南湖区中环南路与北二环交口金色花园11幢](CN_ADDRESS)",
        "住[北京市通州区梨园镇云景东里北区356号楼2单元302](CN_ADDRESS)",
        "住[乌鲁木齐市水磨沟区六道湾路鸿瑞家园西门商铺2-12](CN_ADDRESS)",
        "寄[朝阳市双塔区新华路二段光明小区4号楼5单元东门](CN_ADDRESS)",
        "[沈阳市沈河区北站路59号](CN_ADDRESS)如家属不便可代取",
        "借宿[景宁县郑坑乡吴布村17号](CN_ADDRESS)",
        "在[兴宁区民主路斜对面北湖安居小区12栋](CN_ADDRESS)楼下等",
    ],
)
def test_an_address_goes_on_behind_gates_quarters_and_what_it_is_beside(marked):
    assert found_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "在[和平区南京街3号](CN_ADDRESS)附近小区统一采样",
        "[海淀区苏州街3号](CN_ADDRESS)对面第2家",
        "在[朝阳区建国路93号](CN_ADDRESS)东侧路口摔倒",
        "急诊在南区3号楼1层，病区在东区5楼",
        "从西门进，右转到医技楼2层",
        "门诊楼东门口有轮椅租借",
        "地点:[上海](LOCATION)总部6楼",
        "体检在3楼南区，B超在北区2号，左侧小区域低密度影",
        "取药在一楼东区8号窗口，南院区停诊",
        "七天后复查，住院七天酒店式服务，汉庭审理",
        "综合楼3楼301会议室召开例会",
    ],
)
def test_what_is_only_near_an_address_or_within_a_house_is_none(marked):
    assert found_as_marked(marked)


@pytest.mark.parametrize(
    "cell",
    [
        "[甘肃省中医院](CN_MEDICAL_INSTITUTION) 骨科 [柴](PERSON)教授",
        "[唐都医院](CN_MEDICAL_INSTITUTION)([葛](PERSON)教授)",
        "[包钢医院](CN_MEDICAL_INSTITUTION) [丛](PERSON)主任",
        "[包钢医院](CN_MEDICAL_INSTITUTION) [那](PERSON)主任",
        "[西安市红会医院](CN_MEDICAL_INSTITUTION)-[贺定军](PERSON)教授",
        "[包钢医院](CN_MEDICAL_INSTITUTION)([谷雨](PERSON)医师)",
        "[包钢医院](CN_MEDICAL_INSTITUTION)肿瘤科[都兰福](PERSON)",
        "[甘肃省人民医院](CN_MEDICAL_INSTITUTION) 专家门诊",
        "[甘肃省人民医院 东院区](CN_MEDICAL_INSTITUTION)",
    ],
)
def test_a_cell_holds_a_hospital_and_whom_to_see_there(cell):
    assert found_as_marked(f"客户|转诊医院|状态\n[贺晓梅](PERSON)|{cell}|已约")


def test_an_office_in_the_cell_of_an_employer_is_nobody():
    assert found_as_marked("客户|工作单位\n[贺晓梅](PERSON)|[宏达公司 副总经理](ORGANIZATION)")
    assert found_as_marked("客户|工作单位\n[贺晓梅](PERSON)|[宏达公司 项目经理](ORGANIZATION)")


@pytest.mark.parametrize(
    "marked",
    [
        "委托乙方协调[中山大学附属第五医院](CN_MEDICAL_INSTITUTION)老年科住院",
        "公司垫付[宁夏医科大学总医院](CN_MEDICAL_INSTITUTION)押金",
        "约[解放军总医院第五医学中心](CN_MEDICAL_INSTITUTION)面诊",
        "查询[大连医科大学附属第一医院](CN_MEDICAL_INSTITUTION)号源",
        "续签[苏州康安护理服务有限公司](ORGANIZATION)合同",
        "[北京协调创新科技有限公司](ORGANIZATION)开票",
        "家属打[空军军医大学](ORGANIZATION)总机",
        "团队[兰大二院](CN_MEDICAL_INSTITUTION)指导，让她去楼下[众康大药房](ORGANIZATION)",
        "检材（1）[西海岸新区中心医院](CN_MEDICAL_INSTITUTION)病历；（2）[青岛大学附属医院](CN_MEDICAL_INSTITUTION)X线",
        "将复印件交[北京康途国际医疗咨询有限公司](ORGANIZATION)，卡号发[山西晋康源医疗咨询有限公司](ORGANIZATION)",
        "另查贵司[恒悦汽车零部件有限公司](ORGANIZATION)投保，用途：开办中医诊所",
        "[沈阳卡斯马汽车系统有限公司](ORGANIZATION)",
        "[付氏骨科医院](CN_MEDICAL_INSTITUTION)",
        "协调医院床位，办理医院建档手续",
    ],
)
def test_what_is_done_with_a_body_is_no_part_of_its_name(marked):
    assert found_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "单号,部门,金额\nBX1,西北服务部,30",
        "单号,部门,金额\nBX1,海外医疗部,30",
        "西南事业部本月完成12单，抄送华东大区",
        "客服一部、陪诊二部值班表",
        "[济南](LOCATION)分公司二楼会议室，贵司[大连](LOCATION)营业部办的套餐",
        "东区、西区、南区负责人到会",
        "[柳州市安途陪诊服务部](ORGANIZATION)员工",
        "养老院（双人间）费用，幼儿园（中班）停课",
    ],
)
def test_a_department_is_no_organisation(marked):
    assert found_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "在[红旗大街皓月齿科](CN_MEDICAL_INSTITUTION)洗牙",
        "去[滨河路济民大药房](ORGANIZATION)拿的药",
        "[苏州市肿瘤防治中心](CN_MEDICAL_INSTITUTION)会诊",
        "送[杭州迪安病理诊断中心](CN_MEDICAL_INSTITUTION)",
        "护理院([康宁苑](ORGANIZATION))转入，幼儿园（[小太阳](ORGANIZATION)）停课",
        "[西安市红会医院](CN_MEDICAL_INSTITUTION)　关节病区",
        "[呼伦贝尔](LOCATION)老家务农",
        "住[渭源县城关](LOCATION)，走路十分钟到医院",
        "单号|姓名|送检|项目\nS1|[田野](PERSON)|[榆林](LOCATION)门市|维生素D",
    ],
)
def test_bodies_and_places_are_found_whole(marked):
    assert found_as_marked(marked)


def test_a_reason_instead_of_an_address_is_none():
    assert found_as_marked(
        "客户;城市;地址\n[贺晓梅](PERSON);[兰州](LOCATION);不肯说\n[苏敏](PERSON);[天水](LOCATION);同第1行"
    )


def test_a_name_known_from_elsewhere_is_no_part_of_a_long_place():
    text = "姓名：乌兰其其格\n去年在乌兰察布老家补过一颗"

    assert (text.index("乌兰察布"), text.index("老家"), "LOCATION") in places_and_persons(text)
