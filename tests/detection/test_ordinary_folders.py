"""What ordinary folders hold: hospitals that no list knows, firms in short, days by their company, who signs and stands in lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deid.catalog.marked import parse_marked
from deid.pipeline import Deidentifier


@pytest.mark.parametrize(
    "marked",
    [
        "在[杭州云栖堂](CN_MEDICAL_INSTITUTION)找[金](PERSON)院长做",
        "我妈在[苏州榕泽](CN_MEDICAL_INSTITUTION)住院",
        "联系[之江东院](CN_MEDICAL_INSTITUTION)[董](PERSON)医生，床位已有",
        "转入：[杭州之江东院](CN_MEDICAL_INSTITUTION) 肾脏病中心",
        "劳务派遣（[苏州邦杰人力](ORGANIZATION)）：司机[高志强](PERSON)",
        "[苏州禾渡](ORGANIZATION) [91320507MAT4KJ6H19](CN_USCC)",
        "接单：[许文杰](PERSON)（[禾渡](ORGANIZATION)转诊部）",
        "——以下[澜济](ORGANIZATION)[成都](LOCATION)办手填——",
        "由[澜济](ORGANIZATION)的一个姓[尚](PERSON)的小伙子陪着来",
        "与[澜济](ORGANIZATION)追责另议",
        "患者 [折文斌](PERSON)　男　[49岁](AGE)　[府谷](LOCATION)　体重约 90kg",
        "患者 [折文斌](PERSON)　男　[49岁](AGE)　平安　体重约 90kg",
        "1 能不能转[海口](LOCATION) 2 专家能不能过来开",
        "二十号回[沪](LOCATION)。回京剧院",
        "专此　顺颂\n台安",
        "家在[台安](LOCATION)，您慢走，平安健康",
        "投诉“[澜济](ORGANIZATION)”公司",
        "由街道的一个姓[李](PERSON)的小伙子陪着来",
        "乙方不承诺疗效，不收取医院、医生任何费用",
        "住女儿家[四十铺镇延家川村](CN_ADDRESS)",
        "|姓名|城市|医院|\n|---|---|---|\n|[陶然](PERSON)|[沈阳](LOCATION)|[医大一](CN_MEDICAL_INSTITUTION) [3.12](DATE_TIME)|\n|[金成浩](PERSON)|[延吉](LOCATION)|[延边医院](CN_MEDICAL_INSTITUTION)转[陆总](CN_MEDICAL_INSTITUTION) [3.22](DATE_TIME)|",
        "在[广州](LOCATION)打工住院",
        "他在住院，老院不收",
        "在[成都武侯区](LOCATION)住院",
        "在路边[安康诊所](CN_MEDICAL_INSTITUTION)打过一针",
        "意向医院为[湘雅二医院](CN_MEDICAL_INSTITUTION)或[湖南省肿瘤医院](CN_MEDICAL_INSTITUTION)。",
        "就诊医院：[湘雅二医院](CN_MEDICAL_INSTITUTION)和[榕泽](CN_MEDICAL_INSTITUTION)，电话",
        "就诊医院：[湘雅二医院](CN_MEDICAL_INSTITUTION)或其他三甲医院",
        "2、增加合作医院：[粤北人民医院](CN_MEDICAL_INSTITUTION)",
        "标的公司下设子公司：\n（a）[山西晋泰和健康管理有限公司](ORGANIZATION)",
        "会议室分平安厅、安康厅、和顺厅三间",
        "向[省民政厅](ORGANIZATION)报告",
        "时差:东八区减七小时为夏令时的西欧",
        "三姨马上到屯口",
        "由[管城区人民医院](CN_MEDICAL_INSTITUTION)转来",
        "单位:[中国科大附一院](CN_MEDICAL_INSTITUTION)",
        "去了[七院](CN_MEDICAL_INSTITUTION)住了二十天。\n咨3：你愿意说说[七院](CN_MEDICAL_INSTITUTION)吗？",
        "现在在[阿里](ORGANIZATION)上班，去[阿里](LOCATION)旅游",
        "[2024-10-22](DATE_TIME) 05:58,[费雯](PERSON),[丹枫新村](CN_ADDRESS)东门,出",
        "从[阳光小区](CN_ADDRESS)北门进",
        "已经打车 去[绍二院](CN_MEDICAL_INSTITUTION)，转[嘉一院](CN_MEDICAL_INSTITUTION)",
        "外科楼、平安楼、石榴园食堂将分段停电",
    ],
)
def test_bodies(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[2024年12月16日](DATE_TIME)入院。白蛋白31。[12.04](DATE_TIME)超声引导下肾穿刺活检术",
        "[6月3日](DATE_TIME)来电\n[6.4](DATE_TIME)  [18662405747](PHONE_NUMBER)  打来就哭",
        "        [11.17](DATE_TIME)      [11.18](DATE_TIME)      [11.19](DATE_TIME)      [11.20](DATE_TIME)\n客服    贾雪       邹凯",
        "[孙](PERSON)阿姨[27号](DATE_TIME)的号挂到了，下午第6号",
        "[27号](DATE_TIME)10:48到虹桥，5号车厢",
        "[2024年5月2日](DATE_TIME)入院。[4.28](DATE_TIME)、[5.1](DATE_TIME)各解黑便一次",
        "出院记录（[8.7](DATE_TIME)-[9.14](DATE_TIME)）写多发性骨髓瘤",
        "约增强CT [5.9](DATE_TIME) 7:40空腹",
        "今天[22号](DATE_TIME)，明天给您回，22号床出院",
        "阿司匹林 75mg qd×6月",
        "受理日：[5.30](DATE_TIME)",
        "血糖 6.1 6.5 7.2 8.0，窗口27号的号码牌",
        "小儿三岁以内一次1/4丸,四岁至六岁一次1/2丸",
        "胸片([6.14](DATE_TIME))两肺纹理模糊,[6.22](DATE_TIME)复查吸收",
        "820.50,车费报销 [9.3](DATE_TIME)接送,黎会计",
        "补记 [10.30](DATE_TIME) 加娜尔来电13579911406",
        "补录 3.2 版本的数据",
        "一次性使用输液器     0.7×24     20240312   2000  1.35    2700.00",
        "送检     [20240312](DATE_TIME)   2000  张",
    ],
)
def test_days(deidentifier: Deidentifier, marked: str) -> None:
    text, entities = parse_marked(marked)
    found = {(e.start, e.end) for e in deidentifier.detect(text) if e.entity_type == "DATE_TIME"}
    assert found == {(e.start, e.end) for e in entities if e.entity_type == "DATE_TIME"}


@pytest.mark.parametrize(
    "marked",
    [
        "电话[18204216680](PHONE_NUMBER)　——[余](PERSON)",
        "打印机没粉了，找物业[小段](PERSON)",
        "[林志豪](PERSON) [LIN/CHIH-HAO](PERSON)",
        "请看说明\n- 余\n- 毛",
        "签收：信访科[郇](PERSON)　[5.15](DATE_TIME)　转消保",
        "客户档案样本\\[斯琴其木格](PERSON)检验单.jpg",
        "兹有我辖区患者 [字美兰](PERSON) ，性别 女 ，年龄 [79岁](AGE)",
        "患者 神志清 男 [40岁](AGE)",
        "古雷氏法、温氏法已停用；康氏试验不做；血沉魏氏法",
        "患者[卯小琴](PERSON)，女，[58岁](AGE)。单据还在抽屉里，[卯](PERSON)去要",
        "签名像同一个人写的（[史阿根](PERSON)、[邬小毛](PERSON)、[邬小芬](PERSON)、[柴米](PERSON)、[应国方](PERSON)、[忻月](PERSON)、[毛豆](PERSON)）",
        "找物业小区，祝全家安康",
        "兹有[太谷县阳邑乡](LOCATION)居民[续丑孩](PERSON)，男，[73岁](AGE)",
        "患者续发热，男，[73岁](AGE)",
        "转让方一：[王振华](PERSON)\n转让方二：[刘敏](PERSON)\n1.1 转让方一将其股权、转让方二将其股权转让",
        "转让方[方一鸣](PERSON)，男",
        "方法一：先服二甲双胍\n方法二：改服阿卡波糖",
        "单元三：饮食\n单元四：运动",
        "[方一](PERSON)：好的\n[方法宣](PERSON)：收到",
        "买方一：[霍东亮](PERSON)，电话[13571882936](PHONE_NUMBER)；买方二：[申素芬](PERSON)",
        "参加：胸外 [周鸿](PERSON)、[刘卫](PERSON)；肿瘤内科 [李晓梅](PERSON)",
        "主管[李婷](PERSON)回：退300",
        "A3-02     胡黄连      统         12.60    11.90",
        "短信\n收 [6/3](DATE_TIME) 14:11\n你好\n发 [6/3](DATE_TIME) 14:20\n您好\n收 [6/3](DATE_TIME) 14:33\n好",
        "[佛山市中医院](CN_MEDICAL_INSTITUTION)骨科嘅医生",
        "方法一：先煮水,再下药",
        "日期|姓名|性别|住院号\n[0104](DATE_TIME)|[韩玉兰](PERSON)|女|[643351](MEDICAL_RECORD_NUMBER)\n[0105](DATE_TIME)|[李占福](PERSON)|男|[643362](MEDICAL_RECORD_NUMBER)\n[0106](DATE_TIME)|[马小梅](PERSON)|女|[643370](MEDICAL_RECORD_NUMBER)\n[0107](DATE_TIME)|未命名婴|男|[643377B](MEDICAL_RECORD_NUMBER)",
        "pid;xm;csrq\n[90033](MEDICAL_RECORD_NUMBER);[于阗](PERSON);[1978-02-14](DATE_OF_BIRTH)\n[90034](MEDICAL_RECORD_NUMBER);[高兴](PERSON);[1990-05-05](DATE_OF_BIRTH)",
        "唔該晒[敏](PERSON)姑娘。",
        "② [官翠翠](PERSON)代其母[官林氏](PERSON)借定位手表1只",
        "家住下庄的[王氏](PERSON)",
        "③ [江流](PERSON)(志愿者)替独居老人领",
        "乙:[Cai Yun](PERSON)(社工实习)",
        "護理師 [Lin,Y-C](PERSON)\n聯絡",
        "抄送: [Grace](PERSON); [Mandy](PERSON)",
        "抄送:[Grace Tan](PERSON); [李](PERSON)工",
        "抄送：Finance; Marketing Team",
        "To: Sales Department",
        "情绪:提到老伴[庄](PERSON)先生流泪",
        "马尾神经与马无关,皮肤与鼻无关",
        "五、着装:前台藏青,护理粉色,医生白,咨询师米色",
        "群名:西北对接(慎发隐私)",
        "第二条 汇报人应提前三个工作日提交幻灯",
        "意见不一致时由主持人归纳,分别记录",
        "收货:[保定市第一中心医院](CN_MEDICAL_INSTITUTION)设备科  [路遥](PERSON)收  [13582286017](PHONE_NUMBER)",
        "[骆生](PERSON)由太太[Maggie](PERSON)陪同",
        "[陈](PERSON)由女儿陪同",
        "我约过医生了，挂过主任的号，门诊来医生了",
        "【药品名称】通用名称:安宫牛黄丸   汉语拼音:Angong Niuhuang Wan",
        "姓名：[张三](PERSON) 汉语拼音：[Zhang San](PERSON)",
        "[初雪](PERSON)(代[栾](PERSON))",
        "└ [耿秀英](PERSON):[弓](PERSON)先生,平台上不要留电话",
        "附:讲者协议3份、现场照片([陈默](PERSON)摄)",
        "麻醉:全麻(麻醉师 [左](PERSON))",
        "门诊[来](PERSON)医生说穿刺,又挂了[随](PERSON)主任的号",
        '"operator":{"login":"[ljx_yizhu03](USERNAME)","name":"[蔄继新](PERSON)"}',
        '{"xm":"[王芳](PERSON)","jkk":"[37068300A7719204](CN_HEALTH_CARD)"}',
        "Starting Application v4.8.11 on node-03 with PID 21874",
        "[2019年](DATE_TIME)在[黑龙江省医院](CN_MEDICAL_INSTITUTION)住过院长期服药",
        "对李子、杨梅过敏",
        "今天吃了杨梅和樱桃后口周发红",
        "可以吃车厘子、杨梅、白梨吗",
        "组员：[杨梅](PERSON)、[黄莺](PERSON)、[石磊](PERSON)",
        "会议室：蓝天厅、碧海厅、玉兰厅",
        "微信转账给 [*丽娟](PERSON)（[**娟](PERSON)） ￥3000.00",
        "对方账户：[**强](PERSON)",
        "[*志强](PERSON)向您转账200元",
        "来自[*明](PERSON)的红包",
        "结果*异常，**显著",
        "交易时间,交易对方,金额\n[2024-05-01](DATE_TIME),[*丽娟](PERSON),30.00\n[2024-05-02](DATE_TIME),[**芳](PERSON),12.50",
        "合作方为[支付宝（中国）网络技术有限公司](ORGANIZATION)",
        "姓名：[栾晓彤](PERSON)\n支付宝账户：[luanxt_88@163.com](CN_ALIPAY)",
        "肾内科[段](PERSON)主治：患者eGFR 41，避免肾毒性药物",
        "本方主治：气虚血瘀",
        "Referring physician: Dr. [Zhigang Lu](PERSON), [Zhengzhou Seventh People's Hospital](CN_MEDICAL_INSTITUTION)",
        "Patient [Lu, Zhengzhou](PERSON) was seen",
        "Signed: [Amy Lou](PERSON), RN, Patient Navigator, [Anhe Medical Consulting](ORGANIZATION)",
        "脸上用丝塔芙/艾惟诺，每日不少于3次",
        "投诉（订单E20240301102233012300045）已受理",
        "患者姓名(*必填)  付款方**说明**如下，来自*海的问候",
        "[牟](PERSON)主任谈过话。找[叶小双](PERSON),人耿直,电话[13060220915](PHONE_NUMBER)",
        '评价："[税](PERSON)大夫回得快，有耐心"',
        "[张](PERSON)大爷文采好",
        "接[荣](PERSON)家父女，送[闵](PERSON)家母女",
        "联系[马应龙](PERSON)经理，马应龙痔疮膏一起进",
        "床号/姓名|诊断|处理\n27 [荣海生](PERSON)|右肺腺癌|x\n5 [丁香](PERSON)|哮喘|出院",
        "联系人：稽核科 [曹国舅](PERSON)，[0571-87051133](PHONE_NUMBER)",
        "我下周二 还是[郑](PERSON)大夫，在[郑大](ORGANIZATION)读书",
        "家长：刚上，[南湖一幼](ORGANIZATION)小三班",
        "替我问[卜叔](PERSON)好，替我问[强子](PERSON)好",
        "我是[昆明](LOCATION)来的 [云大医院](CN_MEDICAL_INSTITUTION)做的",
        "Referred by Dr [Raymond Poon](PERSON) of [Queen Elizabeth Hospital](CN_MEDICAL_INSTITUTION).",
        "at the [Prince of Wales Hospital](CN_MEDICAL_INSTITUTION) (ref)",
        "seen by Mr [Lee](PERSON) of [Union Hospital](CN_MEDICAL_INSTITUTION)",
        "Addr: [Flat B, 23/F, Tower 5, Metro City Phase II, Tseung Kwan O, N.T., Hong Kong](CN_ADDRESS)",
        "于[2023年11月1日](DATE_TIME)入职，任司机，找[任](PERSON)主任签字",
        "主管[李静](PERSON)以“违纪”为由，[王以宁](PERSON)说",
        "在家中安详辞世。祝[王姨](PERSON)平安",
        "夫人喜欢龙井，送了两盒龙井",
        "原件在[楼姐](PERSON)那儿，去[金哥](PERSON)家拿",
        "在师姐那儿，去表哥家，在楼道那边",
        '编号\nP16　"小金刚"助行器　铝合金\nP18　"林海"制氧机　5L　浓度93%±3%\nP22　"史诗"记忆枕　慢回弹',
        '患者"[林海](PERSON)"轮椅丢失',
        "乙方指派[赫连静](PERSON)为项目经理，与[袁方](PERSON)闹翻",
        "[二〇二四年十二月二十日](DATE_TIME) 于[贵阳](LOCATION)",
        "[2024年5月3日](DATE_TIME) [于海洋](PERSON) 男 [45岁](AGE)",
        "我家[嘟嘟](PERSON)就是她看的",
        "【网友评论】\n[雪城往事](USERNAME)：[景](PERSON)大夫给我妈也做过\n[卖大力丸的](USERNAME)：眼药加我\n博主回复：骗子走开",
        "[沐沐妈](PERSON):他老汉又在[成都](LOCATION)\n[骑龙巷的猫](USERNAME):你住哪点嘛\n[沐沐妈](PERSON):远得很\n[骑龙巷的猫](USERNAME):哎呀我晓得\n[海椒不辣](USERNAME):你们挂到没\n[海椒不辣](USERNAME):我没有",
        "白联存根 红联客户 黄联财务",
    ],
)
def test_persons(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "品号,品名,规格,单位,出厂价,条码\nHN-10203,纱布块,10片,包,8.40,6936472015508\nHN-10204,敷料贴,10片,包,2.15,6936472016215",
        "姓名,项目,条码\n[张晓梅](PERSON),血常规,[240305001122](CN_EXAM_NUMBER)\n[李大海](PERSON),尿常规,[240305001123](CN_EXAM_NUMBER)",
        "账号：[6225880019560581](CN_BANK_CARD)\n2.2 余款另付",
        "序号 门诊号       姓名      性别 年龄   现住址             初步诊断         发病日期  初/复\n------------\n"
        " 1  [2410080112](MEDICAL_RECORD_NUMBER)   [容若兰](PERSON)    女   [57岁](AGE)   [城东区建设北路3-402](CN_ADDRESS)  2型糖尿病       -      复\n"
        " 2  [2410080123](MEDICAL_RECORD_NUMBER)   [于是之](PERSON)    男   [41岁](AGE)   [开发区科技一路88号](CN_ADDRESS)         高脂血症;脂肪肝 [2024-09-30](DATE_TIME) 初\n"
        " 3  [2410080140](MEDICAL_RECORD_NUMBER)   [阿依古丽·买买提](PERSON) 女 [33岁](AGE) [团结路1号民族宿舍](CN_ADDRESS)   甲亢            -         复",
        "床号    姓名      住院号        诊断          护理级别\n01      [白起](PERSON)      [ZY880213](MEDICAL_RECORD_NUMBER)      肺炎          二级\n02                [ZY880219](MEDICAL_RECORD_NUMBER)      COPD          一级",
        "序号,姓名,首次参保时间\n1,[郎咏梅](PERSON),[201003](DATE_TIME)\n2,[干建中](PERSON),[199501](DATE_TIME)",
        "编码　名称　适用　原价　团购价\nT-02　阳光白领套餐　久坐人群　698　558\nT-03　江山如画尊享版　中老年　2680　2080　加头颅MRI\nT-06　丽人套餐　女　1080　860",
        "姓名 [冉茂贞](PERSON) 性别 女 年令 [68](AGE)",
        "姓名,入院时间,费用\n[郎咏梅](PERSON),[20240519103000](DATE_TIME),3\n[缪一飞](PERSON),[202405191030](DATE_TIME),4",
        "OBR|1|ORD1|FIL1|TSH|||[20240518082000](DATE_TIME)|||[石磊](PERSON)",
        "OID 2.16.156.10011.1.12",
        "2 特惠快车 [10-12](DATE_TIME) 06:55 周六 急诊 7.8 22.10",
        "[杭西公（文）受案字〔2024〕20318号](OTHER_ID) 已受理",
        "INSERT INTO `t_log` VALUES (1,'[miaoyf](USERNAME)','login')",
        "[2024-10-19](DATE_TIME) 08:15  急诊抢救2 [冉](PERSON)阿公/[冉伯年](PERSON) [81岁](AGE)  肌钙蛋白I 3.21 报告:[盛夏](PERSON)",
        "日期,台次,术者/一助,洗手/巡回\n[2024-05-14](DATE_TIME),3,[庄周](PERSON)/[应红](PERSON),[师菲菲](PERSON)/[江南](PERSON)",
        "来访者编号：[C0137](MEDICAL_RECORD_NUMBER)  第4次\n（督导备注：[C0137](MEDICAL_RECORD_NUMBER)即那家公司的会计，型号XC01375除外）",
        "Transcribed: [M. Lin](PERSON) [09/09/24](DATE_TIME)",
        "Hx: [62](AGE)M, retired. A [45](AGE)F with chest pain, 62M of data",
        "编码    药品名称            规格          批号       效期      数量  单价\nY0012   丹参滴丸            27mg*180      20240312   [2027-02](DATE_TIME)   30    28.50\nY0401   马应龙痔疮膏        10g           20240618   [2027-05](DATE_TIME)   40    11.20",
        "No  项目            结果      单位        参考范围\n 2  钾 K            3.21      mmol/L      3.5-5.3\n 4  总二氧化碳 TCO2  22.1      mmol/L      23-29\n检验: [石磊](PERSON)    审核: [沈括](PERSON)",
        "标本: 血清     送检: [俞飞虎](PERSON)  姓名: [荣海生](PERSON)   性别: 男",
        "        一      二      三      四      五      六      日\n[陆游](PERSON)    N       休      A       A       P       N       休\n[柳如是](PERSON)  P       N       休      A       A       休      P\n"
        "[石头](PERSON)    A       P       N       休      A       P       N\n备用    /       /       /    /       /       /       /",
        "工号    姓名      性别  出生年月日     学历 入职        手机           紧急联系人\n"
        "[M001](OTHER_ID)  [赵启明](PERSON)    男  [1974.10.02](DATE_OF_BIRTH)  [硕士](EDUCATION) [2015.03](DATE_TIME)  [13901837725](PHONE_NUMBER)   妻 [冯岚](PERSON)\n"
        "[M004](OTHER_ID)  [裴颖](PERSON)      女  [1981.06.18](DATE_OF_BIRTH)  [本科](EDUCATION) [2015.06](DATE_TIME)  [13801687729](PHONE_NUMBER)   夫 [段志刚](PERSON)",
        "发票在收费窗口3号、5号打印",
        "病程分急性(2周内)、迁延性(2周至2月)、慢性(2月以上)。",
        "科别 骨二  病房 11-07\n出院时间 [2024年06月19日](DATE_TIME)",
        "asset_no,user,imei_or_sn\nYN-0031,[鲍文静](PERSON),[861062689171559](IMEI)",
        "从[阿坝](LOCATION)过来,接站[川U3617M](CN_VEHICLE_PLATE)",
        "账号：[6225880019560\n581](CN_BANK_CARD) 户名",
        "录音：[20240512090122](DATE_TIME)_[13957120013](PHONE_NUMBER)_8012.wav",
        "out-8012-[13957120013](PHONE_NUMBER)-[20240512](DATE_TIME)-090122-1715475682.3321.wav",
        "交易单号：53010001132405010001，单号20240512090122",
        "[2024-01-05](DATE_TIME) 12:01:22\t转账\t[秦素娟](PERSON)\t收入\t1200.00\t余额宝\t交易成功",
        "姓名,基本工资,绩效,个税,实发\n[王芳](PERSON),[8000](INCOME),[2000](INCOME),105.2,[8094.8](INCOME)\n[李强](PERSON),[7500](INCOME),[1500](INCOME),42,[7570.5](INCOME)",
    ],
)
def test_numbers_at_the_end_of_a_line(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\f\r\n"])
def test_lines_end_as_windows_ends_them(deidentifier: Deidentifier, end: str) -> None:
    text = "2024-05-13 15:10  会诊记录\n肾内科会诊，3日后复查。\n2024-05-14 09:00  阶段小结\n患者：\n王芳\n电话\n13800138000\n"
    other = text.replace("\n", end)

    found = [(e.entity_type, other[e.start : e.end]) for e in deidentifier.detect(other)]

    assert found == [(e.entity_type, text[e.start : e.end]) for e in deidentifier.detect(text)]
    assert ("PERSON", "王芳") in found


@pytest.mark.parametrize(
    "marked",
    [
        "Please call [9123 4567](PHONE_NUMBER) before 6 pm.",
        "WhatsApp me at [9123 4567](PHONE_NUMBER)",
        "my number is [9876 5432](PHONE_NUMBER)",
        "打 [6321 8890](PHONE_NUMBER) 搵[陈生](PERSON)",
        "call centre 2023 2024 report",
        "打针2次 3000 4000单位",
        "客户“[不吃香菜的猫](USERNAME)”转介绍",
        "老客“[一颗小草莓](USERNAME)”又续费了两次",
        "客户“已付款未到诊”退款",
        "客户“无忧陪诊套餐”续费",
    ],
)
def test_messages_of_clients(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[陆   一   鸣](PERSON)\n男 | [未婚](MARITAL_STATUS)",
        "[欧阳  静](PERSON)\n女 | [汉族](ETHNICITY)",
        "方法\n男 35例，女 25例",
        "合 计\n男 | [35](AGE) | 女 | [25](AGE)",
    ],
)
def test_heads_above_the_sex(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "据原护士长说，当时值班的不是她，原总经理[刘强](PERSON)也不在",
        "副主任医师(原[新华医院](CN_MEDICAL_INSTITUTION))",
        "修改公司章程第六条、第十七条",
        "转送远处医院(家属要求)",
        "受益人原为前妻[谭秋月](PERSON)，伤口敷料干洁",
        "168/92　　9.6　　重新服药，加格列齐特　　复查",
        "送检号,检验者,审核者\n[20240331B1077](CN_EXAM_NUMBER),[lhq](USERNAME),[程](PERSON)",
        "研究者：[MYZ](PERSON)　CRC：[LJ](PERSON)，研究者：CRF已填",
        "受试者 [RGF](PERSON)（[07018](OTHER_ID)）签署",
    ],
)
def test_papers_of_a_firm(is_as_marked: Callable[[str], bool], marked: str) -> None:
    assert is_as_marked(marked)
