"""Bodies by closing words that are rarer than 医院 and 公司, by their branch, and what only looks like them."""

import pytest

from deid import detect
from deid.catalog import parse_marked

_TYPES = {"ORGANIZATION", "CN_MEDICAL_INSTITUTION", "CN_ADDRESS", "LOCATION", "PERSON"}


def _found(text):
    return sorted((e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in _TYPES)


@pytest.mark.parametrize(
    "marked",
    [
        "委托[澄康医疗咨询南昌分公司](ORGANIZATION)代办",
        "由[瑞途健康管理太原分公司](ORGANIZATION)出具，代领[中国人寿南通分公司](ORGANIZATION)理赔款",
        "在[上汽大众汽车有限公司宁波工厂](ORGANIZATION)上班",
        "在[蚌埠医学院怀远山医院](CN_MEDICAL_INSTITUTION)住院",
        "购买方：[渭南市临渭区桥南中心校](ORGANIZATION)",
        "[丽江市云上重楼种植专业合作社](ORGANIZATION)　社长",
        "[陇西县岷山药材行](ORGANIZATION)　现款",
        "2、[舒城县味满餐饮店](ORGANIZATION)",
        "[南宁语桥翻译服务社](ORGANIZATION)，开票用",
        "退款打到[舒城农商行](ORGANIZATION)",
        "在[惠汇诊所](CN_MEDICAL_INSTITUTION)看过，到[蓝海问医门诊部](CN_MEDICAL_INSTITUTION)办理",
        "到[亮睛眼科门诊](CN_MEDICAL_INSTITUTION)取药",
        "Site: [杭州睦邻国际门诊](CN_MEDICAL_INSTITUTION)　MRN",
        "去[福建国际旅行卫生保健中心](CN_MEDICAL_INSTITUTION)打疫苗",
        "与[康寿养老院](ORGANIZATION)签约，住[松鹤养老院](ORGANIZATION)",
        "找[晴空心理工作室](ORGANIZATION)约时间",
        "在[同行社会工作服务中心](ORGANIZATION)做志愿者",
        "客户：物业处长、[长白滑雪场](ORGANIZATION)翻译",
        "丈夫是本县人，[云霞木雕厂](ORGANIZATION)工人",
        "由[柳镇街道办](ORGANIZATION)开具",
        "母亲在[襄阳工务段](ORGANIZATION)上班",
        "送去[湖北省精神病院](CN_MEDICAL_INSTITUTION)，挂号",
        "③ [泉州恒顺医用气体站](ORGANIZATION)　老板",
        "⑤ [桐乡市濮院镇青青洗涤服务部](ORGANIZATION)（个体）经营者",
        "② [东阳木槿小镇花园餐饮店](ORGANIZATION)（个体户）｜早餐",
        "· [康宜和（上海）企业服务有限公司](ORGANIZATION)，对接",
        "④ [台湾沐生技股份有限公司厦门代表处](ORGANIZATION)　统编",
        "我们厂（[瓯海恒达锁具](ORGANIZATION)）",
        "· [株式会社メディカルブリッジ](ORGANIZATION)，[大阪](LOCATION)",
        "在校学生，[平钢二中](ORGANIZATION)",
        "刊于《[江淮早报](ORGANIZATION)》第7版",
        "（[钱江晚报](ORGANIZATION) 报道）",
        "您好，[瑞途直付中心](ORGANIZATION)，工号2207",
        "您好，这里是[南宁沐晴心理援助](ORGANIZATION)，我姓[蒙](PERSON)",
        "由[瑞途医咨](ORGANIZATION)[Kevin](PERSON)代取",
        "对接[沐禾护理到家](ORGANIZATION)护士",
        "门诊,[沐齿口腔·城南](CN_MEDICAL_INSTITUTION),种植",
        "停在[积水潭](CN_MEDICAL_INSTITUTION)西门",
        "[MGH](CN_MEDICAL_INSTITUTION)那边视频",
        "就诊门诊 [福州沐齿口腔](CN_MEDICAL_INSTITUTION)□ 其他",
        "客户：[保柏](ORGANIZATION)，卡号我念",
        "住址[温州巿瓯海区娄桥街道古岸头村南路27号](CN_ADDRESS)",
    ],
)
def test_finds_bodies_by_rarer_closing_words(marked):
    text, expected = parse_marked(marked)

    assert _found(text) == sorted((m.start, m.end, m.entity_type) for m in expected)


@pytest.mark.parametrize(
    "text",
    [
        "问医院是否有床，款项汇医院对公账户",
        "购买医疗保险后，由分公司理赔",
        "种植三七种子，七种植物成分",
        "在室内滑雪场摔伤，住在海边民宿受凉",
        "与辖区养老院签约家庭医生，我爸住在乡下养老院",
        "找心理工作室疏导，学校心理工作室老师",
        "到小儿眼科门诊复查，到三楼口腔门诊拔牙",
        "乡镇街道办，各镇街道办事处，城镇居委会",
        "外卖餐饮店工作，去当地餐饮店吃饭后腹泻",
        "父亲，电子元件厂工人",
        "乡中心校学生，镇中心校教师",
        "退款到农信社卡",
    ],
)
def test_what_is_said_of_any_body_is_none(text):
    assert not _found(text)


@pytest.mark.parametrize(
    "marked",
    [
        "[曲靖瑞通租车](ORGANIZATION)　车已备好",
        "在[无锡凌霄传动](ORGANIZATION)上班",
        "您好[澜康健康](ORGANIZATION)[杭州](LOCATION)客服请问怎么称呼",
        "您好[澜柏](ORGANIZATION)理赔协助工号306请讲",
        "坐席：您好，[澜柏健康](ORGANIZATION)，我姓[黎](PERSON)，请讲。",
        "抬头为[南京澜柏](ORGANIZATION)；重开",
        "发票开给“[澜柏医学](ORGANIZATION)”，财务说不行",
        "附件由[泰康养老保险](ORGANIZATION)寄出",
        "小的那个[安徽理工](ORGANIZATION)刚毕业",
        "陪我妈去[省胸科](CN_MEDICAL_INSTITUTION)那个女护士",
        "中风，[广华](CN_MEDICAL_INSTITUTION)出院三个月",
        "换尿管，[昆医](CN_MEDICAL_INSTITUTION)泌尿欧阳青医生",
        "在[安庆一一六](CN_MEDICAL_INSTITUTION)住过",
        "在[树兰医疗](CN_MEDICAL_INSTITUTION)看过",
        "通报[南京市浦口区疾控](ORGANIZATION)",
        "[新松机器人](ORGANIZATION)这边，我在宿舍",
        "（[重庆](LOCATION)人习称[新桥医院](CN_MEDICAL_INSTITUTION)）就诊",
        "她叫[尤敏](PERSON)，[苏州三中](ORGANIZATION)教书的",
        "3月11日 上午\n[合肥](LOCATION)办-[老谷](PERSON)：好\n[陆薇](PERSON)：退了\n[合肥](LOCATION)办-[老谷](PERSON)：行",
        "[王晓明](PERSON)@[泰山财险](ORGANIZATION) 14:40\n寄原件\n[陈敏](PERSON) 14:41\n好的",
        "工作单位及地址 [彩虹桥亲子园](ORGANIZATION)（星海广场）",
        "新地址：[碑林区长乐坊正街嗯机床厂家属院3号楼2单元201](CN_ADDRESS)，谢谢",
    ],
)
def test_finds_bodies_in_short_by_what_stands_beside_them(marked):
    text, expected = parse_marked(marked)

    found = set(_found(text))

    assert {(m.start, m.end, m.entity_type) for m in expected} <= found


@pytest.mark.parametrize(
    "text",
    [
        "您好我想咨询理赔客服在哪",
        "您好，身体健康，我姓赵",
        "您好医保理赔咨询工号3",
        "达芬奇机器人做手术，骨科机器人辅助",
        "全省骨科专家，省骨科专委年会",
        "贵医生的建议，贵医院的床位",
        "在现代医疗看来",
        "“精准医疗”已普及",
        "被骗子打了，冒充医保局",
        "与承接公司重名",
        "乙方对境外医疗行为不承担责任",
        "老客,全口义齿,改期",
        "送精神病院看过，附近的精神病院",
        "客户服务部联系您，我在市场服务部上班",
        "开水果店（个体户）",
        "看了晚报，今天的早报也登了",
        "就读高二中间辍学，毕业于高中",
        "您好，客户服务中心，工号1",
        "由和健康Kevin说",
        "ICU那边说，中山南门下车",
    ],
)
def test_what_stands_in_the_same_place_is_no_body(text):
    bodies = [text[start:end] for start, end, kind in _found(text) if kind != "PERSON"]

    assert all(body.endswith("学会") for body in bodies), bodies
