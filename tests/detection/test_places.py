"""Places and bodies that no list has: short names of firms, addresses that only the tagger sees."""

import pytest

from deid import detect
from deid.catalog import parse_marked

TYPES = {"ORGANIZATION", "LOCATION", "CN_ADDRESS", "CN_MEDICAL_INSTITUTION"}


@pytest.mark.parametrize(
    "marked",
    [
        "说要去他单位闹，就是[澜川软件](ORGANIZATION)",
        "费用走[青岛康瑞精密机械有限公司](ORGANIZATION)年度协议",
        "张伟，[吉林省长春市农安县烧锅镇张庄沟](CN_ADDRESS)，13912345678",
        "[弋江区长江中路216号](CN_ADDRESS)",
        "[嘉禾南段89号](CN_ADDRESS)[泰和堂](CN_MEDICAL_INSTITUTION)，看中医",
        "在[人民地铁站](LOCATION)，[滨河南段115弄66号880室](CN_ADDRESS)",
        "转[河南省安阳附一院](CN_MEDICAL_INSTITUTION)看病",
        "至[呼和浩特市附二](CN_MEDICAL_INSTITUTION)看病",
        "[睢宁县](LOCATION)5楼，生威1组，向边长方向，[东湖区](LOCATION)（9-21），在公路桥附近",
        "[大田县太华镇枫林绿洲16栋2单元1504室](CN_ADDRESS)",
        "现住址[中界镇大榆树沟3组](CN_ADDRESS)邮编710000",
        "肇事方[南宁顺达物流有限公司](ORGANIZATION)，车号待查",
        "投保人[成都百川健康管理有限公司](ORGANIZATION)",
        "发票抬头开[杭州云岐医疗咨询有限公司](ORGANIZATION)",
        "[国药控股湖南有限公司](ORGANIZATION)",
        "[恒大南宁物业服务有限公司](ORGANIZATION)",
        "建档医院 [兰州市城关区妇幼保健院](CN_MEDICAL_INSTITUTION)",
        "她又去[南开区](LOCATION)的公司楼下等",
        "[江宁](LOCATION)某诊所补过",
        "[昆明市盘龙区](LOCATION)某小学四年级",
        "[赤峰](LOCATION)3家幼儿园签了2家",
        "[澳门](LOCATION)两间巴士公司调整票价",
        "要去[高新医院](CN_MEDICAL_INSTITUTION)送资料",
        "在[华西医院](CN_MEDICAL_INSTITUTION)行支架植入术",
        "约的[华西](CN_MEDICAL_INSTITUTION)田教授停诊",
        "在[中信湘雅](CN_MEDICAL_INSTITUTION)取过卵",
        "[曲靖市麒麟区翠峰东路与紫云路交叉口益宁小区商铺12号](CN_ADDRESS)",
        "我们去年就搬到[慈溪](LOCATION)了呀",
        "[广州市妇女儿童医疗中心](CN_MEDICAL_INSTITUTION)",
        "[丹东市妇女儿童医院](CN_MEDICAL_INSTITUTION)",
        "家长要求转[上海](LOCATION)评估",
        "9岁,就读[舞凤小学](ORGANIZATION)。",
        "于[省中医院](CN_MEDICAL_INSTITUTION)就诊",
        "家住[兰州市城关区幸福里25-2-2474](CN_ADDRESS)",
        "[安庆市立医院](CN_MEDICAL_INSTITUTION)感染病科　方便",
        "由[长沙市第一医院](CN_MEDICAL_INSTITUTION)感染控制科转来",
        "[百色](LOCATION)义诊的车定了没",
        "您好这里是[青禾随访中心](ORGANIZATION)，请问是哪位",
        "原在[东方电气](ORGANIZATION)做焊工",
        "[湖前卫生院](CN_MEDICAL_INSTITUTION)转来，事后门诊部只说",
        "还是个同行，[岳阳](LOCATION)开诊所的",
        "姓名,地址\n邵阿姨,到店自取\n王敏,自提\n李强,[长沙市岳麓区麓山路12号](CN_ADDRESS)",
        "推销电话，自称[鑫盛源贸易](ORGANIZATION)的人",
        "家住[长 春 市 绿 园 区 西 安 大 路 ２ １ ８ ８ 号 ４ 栋 ６ ０ ２](CN_ADDRESS)，退休",
        "现 住 址 [山东省 泰安市 岱岳区 满庄镇 南 迓 庄村 116 号](CN_ADDRESS)　电话",
        "登记的是[衡阳市蒸湘区解放大道23号立新花园4栋](CN_ADDRESS)\n少了房号",
        "家住[涧西区长安路街坊10号楼3门](CN_ADDRESS)。",
        "住[杭州市余杭区古墩路与玉鸟路交叉口金地自在城听音苑7幢1单元1801](CN_ADDRESS)",
        "兹有患者，家住[进化镇临江村干田组](CN_ADDRESS)，因黑便",
        "住[朝阳区望京SOHO T3 1502](CN_ADDRESS)，独居",
        "送到[巴林左旗林东镇契丹大街东段路北](CN_ADDRESS)。",
        "家在[岩脚组](CN_ADDRESS)核桃树底下",
        "送货到[汉口北四季美农贸城A3-17](CN_ADDRESS)，不会操作",
        "地点：[利州区东坝街道蜀门北路9号](CN_ADDRESS)[夕阳红养老公寓](ORGANIZATION)",
        "[邯郸市药品不良反应监测中心](ORGANIZATION)来电",
        "费用走[喀什地区医保中心](ORGANIZATION)备案",
        "现住[绵阳市涪城区剑门路西段190号](CN_ADDRESS)，务农",
        "乙方：[上海沐和医院管理咨询有限公司](ORGANIZATION)，统一社会信用代码",
        "[安澜管理咨询（呼和浩特）有限公司](ORGANIZATION)",
        "您好，这里是[仁桥健康咨询](ORGANIZATION)，请问怎么称呼",
        "年轻时在[第一丝厂](ORGANIZATION)做工",
        "[邢台市同心陪护服务部](ORGANIZATION)：贵部来函收悉",
        "复诊。[厦门眼科中心](CN_MEDICAL_INSTITUTION)",
        "第二天才去[荆州一医](CN_MEDICAL_INSTITUTION)。",
        "下周入[福建协和](CN_MEDICAL_INSTITUTION)。",
        "查出来，在[省肿瘤](CN_MEDICAL_INSTITUTION)开的刀",
        "协助他完成[恩施州中心医院](CN_MEDICAL_INSTITUTION)调研",
        "已由[交警三大队](ORGANIZATION)处理",
        "【[康途](ORGANIZATION)】您预约的门诊已确认",
        "转[北京安贞](CN_MEDICAL_INSTITUTION)，又到[四川省肿瘤](CN_MEDICAL_INSTITUTION)住院",
        "搬到[章丘](LOCATION)闺女这来",
        "过[保定](LOCATION)服务区换氧瓶",
        "家住[天水市秦州区大城街道石马坪廉租房3号楼2单元401](CN_ADDRESS)，电话",
        "暂住[大理市大理镇才村码头古榕客栈203](CN_ADDRESS)",
        "住[厦门市思明区莲前西路209号13C](CN_ADDRESS)。因",
        "门牌[沈阳市和平区延边街34甲2-3-1](CN_ADDRESS)。",
        "住[青山区钢都花园122街坊19门402](CN_ADDRESS)。",
        "在[敬业钢铁](ORGANIZATION)上班，工伤",
        "费用由[友邦保险](ORGANIZATION)直付，[泰康人寿](ORGANIZATION)的单子",
        "坐席：您好，[安和健康](ORGANIZATION)，工号略，请讲。",
        "厂家[洛阳联达软件](ORGANIZATION)工程师上门，单位“[长沙青禾科技](ORGANIZATION)”",
        "原件由[上海嘉会国际医院](CN_MEDICAL_INSTITUTION)提供",
        "喺[明德医院](CN_MEDICAL_INSTITUTION)照咗超声，还差[中南大学湘雅医院](CN_MEDICAL_INSTITUTION)的片子",
        "人在[中山](LOCATION)我女儿家，昨天[德州](LOCATION)那个客户，[内江](LOCATION)这边的医生",
        "而家喺[广州](LOCATION)返工，想返[香港](LOCATION)做，推介一位[珠海](LOCATION)嘅医生",
        "对接人：[大通镇中心卫生院](CN_MEDICAL_INSTITUTION)　冯院长",
        "[太平洋保险](ORGANIZATION)理赔，住[南开区白堤路88号底商102](CN_ADDRESS)，[河东区津塘路靖江里六号楼二门五零三](CN_ADDRESS)",
    ],
)
def test_finds_places_and_bodies(marked):
    text, expected = parse_marked(marked)

    found = {(e.start, e.end, e.entity_type) for e in detect(text) if e.entity_type in TYPES}

    assert found == {(mark.start, mark.end, mark.entity_type) for mark in expected}


@pytest.mark.parametrize(
    "text",
    [
        "用的是办公软件，买了电子血压计",
        "我可以上门，报一下小区",
        "车牌登记了，停小区里请挪车",
        "门诊 3 号 窗 2 楼 缴 费",
        "住在重症组里，家住村干部说的那边",
        "少吃垃圾食品，多吃绿色食品，保健食品无效",
        "住院部5楼东区，3床加床",
        "高原地区血红蛋白略高",
        "【温馨提示】您的结果已出，【系统通知】您的订单已发货，爱丁堡产后抑郁量表",
        "【开场】您好，请问是本人吗\n【核身】请您报一下\n【结束语】您辛苦了",
        "白银那边涨价，和平那个项目",
        "报告写的是磨玻璃，您好，我想咨询，请问",
        "西雅图心绞痛量表、蒙特利尔认知问卷，香港永久性居民",
        "4月中旬贵公司介绍，年初本公司开户",
        "产检医院待定，分娩医院未定，送检医院盖章",
        "他回老家了",
        "本机为臂式电子血压计，评估用巴塞尔指数",
    ],
)
def test_leaves_what_only_looks_like_them(text):
    assert not [e for e in detect(text) if e.entity_type in TYPES]
