"""Identifiers behind words that name them freely, in other marks, or in the same cell as a name."""

from __future__ import annotations

import time

import pytest

from deid.catalog import parse_marked


def found(deidentifier, text, kinds):
    return {(e.start, e.end, e.entity_type) for e in deidentifier.detect(text) if e.entity_type in kinds}


@pytest.mark.parametrize(
    "marked",
    [
        "姓名,紧急联系人\n[李秀兰](PERSON),夫[王宝库](PERSON) [13800138000](PHONE_NUMBER)\n"
        "[石磊](PERSON),女[雒小燕](PERSON)[13900139000](PHONE_NUMBER)",
    ],
)
def test_a_relative_and_a_number_in_one_cell_are_two(deidentifier, marked):
    text, expected = parse_marked(marked)

    marks = {(mark.start, mark.end, mark.entity_type) for mark in expected}
    assert found(deidentifier, text, {"PERSON", "PHONE_NUMBER"}) == marks


def test_the_number_of_a_pupil_tells_which_day_is_that_of_birth(deidentifier):
    text, expected = parse_marked(
        "三,[牟宇轩](PERSON),[G11010519491231002X](OTHER_ID),[19491231](DATE_OF_BIRTH),135.2,41.0"
    )

    marks = {(mark.start, mark.end, mark.entity_type) for mark in expected}
    assert found(deidentifier, text, {"OTHER_ID", "CN_RESIDENT_ID", "DATE_TIME", "DATE_OF_BIRTH"}) == {
        mark for mark in marks if mark[2] != "PERSON"
    }


@pytest.mark.parametrize(
    "marked",
    [
        "> 联系电话：[138001\n> 31226](PHONE_NUMBER)，请回电",
        ">> > 身份证号：[1101051949\r\n>> > 12310025](CN_RESIDENT_ID)，已登记",
        "// 联系电话：[138001\n// 31226](PHONE_NUMBER)",
        "  -- 联系电话：[138001\n  -- 31226](PHONE_NUMBER)",
        "# 手机 [138001\n#31226](PHONE_NUMBER)\n# 完",
        "手机=[138001\\\n    31226](PHONE_NUMBER)",
        "&gt; 联系电话：[138001\n&gt; 31226](PHONE_NUMBER)，请回电",
        "/**\n * 联系电话：[138001\n * 31226](PHONE_NUMBER)\n */",
        "联系电话：[138-0013-\n1226](PHONE_NUMBER)，座机 [0571-8765-\r\n4321](PHONE_NUMBER)",
        "> 电话：[138-\n> 0013-1226](PHONE_NUMBER)",
        "联系电话：[13800131226](PHONE_NUMBER)\n> 31226例",
        "联系电话：138001\n> 31226",
        "> 联系电话：138001\n# 31226",
        "> 共 138001\n> 31226 例",
        "联系电话：138001\n * 31226",
        "共 138-\n0013-1226 例，联系电话：138-\n0013-\n1226，血压 120-\n80",
    ],
)
def test_numbers_go_on_behind_the_marks_of_a_reply_or_a_comment(deidentifier, marked):
    text, expected = parse_marked(marked)

    marks = {(mark.start, mark.end, mark.entity_type) for mark in expected}
    assert found(deidentifier, text, {"PHONE_NUMBER", "CN_RESIDENT_ID"}) == marks


@pytest.mark.parametrize(
    "marked",
    [
        "请发到 [lan.wei88@\n163.com](EMAIL_ADDRESS)，谢谢",
        "> 邮箱：[lan.wei88\n> @163.com](EMAIL_ADDRESS)",
        "邮箱：[lan.wei88@163.\r\n  com](EMAIL_ADDRESS)",
        "mail [lan.wei88@=\n163.com](EMAIL_ADDRESS)",
        "抄送 [lan.wei88@163.com](EMAIL_ADDRESS)\ncn 域名",
        "群里 @\nlan.com 没人回",
    ],
)
def test_addresses_of_mail_go_on_in_the_next_line(deidentifier, marked):
    text, expected = parse_marked(marked)

    marks = {(mark.start, mark.end, mark.entity_type) for mark in expected}
    assert found(deidentifier, text, {"EMAIL_ADDRESS"}) == marks


def test_long_rows_of_groups_take_time_in_proportion(deidentifier):
    text = "12 34-\n" * 15_000 + "a@\n" * 15_000

    started = time.process_time()
    deidentifier.detect(text)

    assert time.process_time() - started < 15


NUMBERS = frozenset(
    "MEDICAL_RECORD_NUMBER CN_EXAM_NUMBER CN_SOCIAL_SECURITY CN_PHYSICIAN_LICENSE CN_PHYSICIAN_QUALIFICATION CN_PASSPORT CN_HKM_TRAVEL_PERMIT"
    " CN_EXIT_PERMIT HK_ID_CARD CN_RESIDENT_ID CN_BANK_ACCOUNT CN_POSTAL_CODE USERNAME CN_WECHAT_ID CN_QQ PHONE_NUMBER IP_ADDRESS URL"
    " CN_VEHICLE_PLATE OTHER_ID".split()
)


@pytest.mark.parametrize(
    "marked",
    [
        "盛京支行，账号[0335 2107 4166 0003 210](CN_BANK_ACCOUNT)；账户 [135 0700 5512 2091](CN_BANK_ACCOUNT) 信用社；保单 [P0412 0991 7631 5402](OTHER_ID)",
        "08:55:02 客服\n医保卡号再发一遍\n08:57:33 王大明（女婿）\n[340104117831](CN_SOCIAL_SECURITY)",
        "回乡证[H07714623](CN_HKM_TRAVEL_PERMIT)\n15/03/2024, 10:41 - Ho",
        "问：化验单上家长签字写的谁，是爸爸吧？\n妈妈：是，我姓赵，以后联系我，[15906620143](PHONE_NUMBER)，他那个打不通",
        "[ZY0203991746](MEDICAL_RECORD_NUMBER)这个号查不到，[20938174](MEDICAL_RECORD_NUMBER)（门诊）/[0062718](MEDICAL_RECORD_NUMBER)（住院）合并",
        "住院号多少？——手腕带上写的，[4 0 2 9 1 6](MEDICAL_RECORD_NUMBER)。",
        "封皮：第[0183726](MEDICAL_RECORD_NUMBER)号，2023住院第[07714](MEDICAL_RECORD_NUMBER)号，归档",
        "报的是 [0 0 7 1 9 2 6 4](MEDICAL_RECORD_NUMBER) 查出来是她，手环扫出来是[000827364](MEDICAL_RECORD_NUMBER)",
        "老年科档号[浙精0926](MEDICAL_RECORD_NUMBER)，病人号牌#[71926](MEDICAL_RECORD_NUMBER)，本子上编号[MB 09917](MEDICAL_RECORD_NUMBER)",
        "病历号：无（旧系统：[000000918277](MEDICAL_RECORD_NUMBER)），病历本条码下面那串：[3000 8172 64](MEDICAL_RECORD_NUMBER)",
        "3,[0208817](MEDICAL_RECORD_NUMBER),魏俊峰,男,61,好转\n4,[0208818](MEDICAL_RECORD_NUMBER),石丽,女,40,好转",
        "杨桃 女 34 [K2093817](MEDICAL_RECORD_NUMBER) 已寄",
        "[29910462](MEDICAL_RECORD_NUMBER) 和 [29910426](MEDICAL_RECORD_NUMBER) 是两个人，核对",
        "住院部7楼 [2440918](MEDICAL_RECORD_NUMBER) 外出，12床 [0038172](MEDICAL_RECORD_NUMBER) 转科",
        "GET /api/patient/[0092817](MEDICAL_RECORD_NUMBER)/report host [his.sy3y.local](URL)",
        "住院号好像是[五二八八零九](MEDICAL_RECORD_NUMBER)，登记号报一下——[零零零七，四四幺九](MEDICAL_RECORD_NUMBER)，对",
        "石丽([2290415](MEDICAL_RECORD_NUMBER))转ICU",
        "panel report, specimen ID [ONC-BJ-6093827](CN_EXAM_NUMBER)，样品管上贴 [Q5-0027-4B](CN_EXAM_NUMBER)",
        "借玻片6张蜡块2个，[S23-04418](CN_EXAM_NUMBER) 押金，核型：[G23-0692](CN_EXAM_NUMBER)，[B230192](CN_EXAM_NUMBER)免疫组化：ER(90%+)",
        "报告编号：№ [0072918](CN_EXAM_NUMBER)　请把[CT3320194](CN_EXAM_NUMBER)和[MR2208837](CN_EXAM_NUMBER)刻盘，B超[US-6692](CN_EXAM_NUMBER)",
        "给的取片码：[6H3N-1849](CN_EXAM_NUMBER)，还能取吗",
        "医保电子凭证下面那行数字 [3301 0009 2883 8152](CN_SOCIAL_SECURITY)",
        "SI No. [43120099238](CN_SOCIAL_SECURITY)，离休证医疗号[离-00427](CN_SOCIAL_SECURITY)，医保手册号 [208493021 00S](CN_SOCIAL_SECURITY)",
        "异地结算失败：人员编号 [5301003300817462](CN_SOCIAL_SECURITY)，医保个人账户ID-[GX45020093827](CN_SOCIAL_SECURITY)",
        "处方章下面印着[1105-2011-0024-918](CN_PHYSICIAN_LICENSE)，规培转注册，旧号[110330600019927](CN_PHYSICIAN_LICENSE)未注销",
        "执業醫師編號[M29948](CN_PHYSICIAN_LICENSE)，来访",
        "我的执业号你记下，[一一零 三三零 二零零 零一九 四四八](CN_PHYSICIAN_LICENSE)",
        "资格 [20103711048137229](CN_PHYSICIAN_QUALIFICATION) 中医类别",
        "旧本[G72149938](CN_PASSPORT)　新本[EG4921385](CN_PASSPORT)，换发后 EH 开头：[EH2194483](CN_PASSPORT)",
        "随行母亲[C72883149](CN_EXIT_PERMIT)，[C83104429](CN_EXIT_PERMIT)这本是她先生的，随行父亲[H60281947](CN_HKM_TRAVEL_PERMIT)",
        "少一位，应为[M09388204](CN_HKM_TRAVEL_PERMIT)，探亲签  通 行 证  [C 2 0 1 3 9 9 4 8](CN_EXIT_PERMIT)",
        "香港身份证：[Z71 2938(4)](HK_ID_CARD)，旧15位证 [610103481912052](CN_RESIDENT_ID)",
        "一般户\t[1001355410411883926](CN_BANK_ACCOUNT)\t停用，[955108000004492031](CN_BANK_ACCOUNT)这个户是保证金",
        "[100035](CN_POSTAL_CODE)北京市西城区，报告邮寄：济南 [250013](CN_POSTAL_CODE) 到付，POSTCODE [317001](CN_POSTAL_CODE)",
        "老家那边[536001](CN_POSTAL_CODE)，北海的，片子寄过去，快递单SF1499312885，[230002](CN_POSTAL_CODE)，收",
        "git commit by [lzhang-dev](USERNAME): fix，operator_id [N_zhaoyy](USERNAME) 拔针，用户名区分大小写：[LiJun_Icu](USERNAME)",
        "新员工开通：[zhaom](USERNAME)（赵萌）；停用：[sunqz](USERNAME)",
        "VX[liuliu9938](CN_WECHAT_ID) 加的时候说，改加个人[ningning-doc](CN_WECHAT_ID)，[yan2020tt](CN_WECHAT_ID)←这个威信",
        "讨论组[883129941](CN_QQ)里发过，手Q登录[4130029](CN_QQ)绑定失败",
        "老崔 [159 OO28 3394](PHONE_NUMBER)（O是零），client [2408:8207:79d2::2e](IP_ADDRESS) POST，看直播→[live.yiyi.tv/r/31049](URL)",
        "[WJ31·0938X](CN_VEHICLE_PLATE)武警车，放行",
        "患者（[0092817](MEDICAL_RECORD_NUMBER)）过敏，[0092818](MEDICAL_RECORD_NUMBER)的化验单发我，[0092819](MEDICAL_RECORD_NUMBER)这个病人今天出院",
        "HIS里搜 [0092817](MEDICAL_RECORD_NUMBER) 没有，旧号 [0092818](MEDICAL_RECORD_NUMBER) 新号 [0092819](MEDICAL_RECORD_NUMBER)",
        "血透编号[HD0917](MEDICAL_RECORD_NUMBER)，腹透 [PD-0918](MEDICAL_RECORD_NUMBER)，母婴手环码 [4920 1193](MEDICAL_RECORD_NUMBER)，Pt ID [49281-02](MEDICAL_RECORD_NUMBER)",
        "心电图 No [0092817](CN_EXAM_NUMBER)，影像归档 [A2403120192](CN_EXAM_NUMBER)，胶片袋上手写 [F24-0192](CN_EXAM_NUMBER)，骨密度 [BMD-24-0192](CN_EXAM_NUMBER)",
        "医保卡上的号 [430100D93827](CN_SOCIAL_SECURITY)，健保卡 [0000 2234 5678](CN_SOCIAL_SECURITY)，缴费识别号 [430102298812](CN_SOCIAL_SECURITY)",
        "执业证 [1101 1000 0039 284](CN_PHYSICIAN_LICENSE)，执医证[110430000022837](CN_PHYSICIAN_LICENSE)，规培证 [2019110393](OTHER_ID)",
        "户名 某某 帐号 [18-029384710293848](CN_BANK_ACCOUNT)，转到 [43050162 38360000 0294](CN_BANK_ACCOUNT)，虚拟户 [9843010293847102939](CN_BANK_ACCOUNT)",
        "邮编[四一零零零九](CN_POSTAL_CODE)，邮编是 [410 009](CN_POSTAL_CODE)，（[410009](CN_POSTAL_CODE)）长沙市，Hunan [410009](CN_POSTAL_CODE), P.R.China",
        "登录账户 [li.kun](USERNAME)，PACS用户 [chenkr](USERNAME) 调图，邮箱前缀 [li.kun03](USERNAME)，抖音 [likun2938](USERNAME)，豆瓣ID [likun](USERNAME)",
        "威♥ [likun2003](CN_WECHAT_ID)，徽xin：[likun2004](CN_WECHAT_ID)，微信搜[likun2005](CN_WECHAT_ID)，微信号首字母大写 [Likun2006](CN_WECHAT_ID)",
        "微信号[l i k u n 2 0 0 3](CN_WECHAT_ID)，球球 [393847102](CN_QQ)，群[393847103](CN_QQ)，备注病种，扣扣 [39 38 47 10 2](CN_QQ)",
        "社保卡短信发到[13912345678](PHONE_NUMBER)，医保卡办理日期大概是20240512",
        "家里[852-29384711](PHONE_NUMBER)，外线：[84327892](PHONE_NUMBER)",
        "3床王某某[0092817](MEDICAL_RECORD_NUMBER)，67岁，[0092818](MEDICAL_RECORD_NUMBER)，转科\n[0092819](MEDICAL_RECORD_NUMBER) 石丽 女 67岁",
        "老卡[00927127](MEDICAL_RECORD_NUMBER)换新卡[00912838](MEDICAL_RECORD_NUMBER)，扫码枪读到：[0092912700](MEDICAL_RECORD_NUMBER)，精防档案 [JF430102019](MEDICAL_RECORD_NUMBER)",
        "[0092817](MEDICAL_RECORD_NUMBER)、[0092818](MEDICAL_RECORD_NUMBER) 两份病历，上次住院号[092817](MEDICAL_RECORD_NUMBER)，这次[091284](MEDICAL_RECORD_NUMBER)",
        "住院号[0083912](MEDICAL_RECORD_NUMBER) → [0091284](MEDICAL_RECORD_NUMBER) 已合并",
        "病历号（手写）[0O92817](MEDICAL_RECORD_NUMBER)，MR# [0927127](MEDICAL_RECORD_NUMBER) ROOM 12，围产卡 [WC00939](MEDICAL_RECORD_NUMBER)",
        "DR [0092817](CN_EXAM_NUMBER) 胸正侧，胃镜 [24-00939](CN_EXAM_NUMBER)，血气单号 [ABG-0412-09](CN_EXAM_NUMBER)",
        "参合号 [4301020304050609](CN_SOCIAL_SECURITY)，社保卡 [K 0883 7125](CN_SOCIAL_SECURITY)，(社保) [0293847103](CN_SOCIAL_SECURITY)",
        "账号末位是7不是1：[40000212092003817748](CN_BANK_ACCOUNT)，[18-029384710293849](CN_BANK_ACCOUNT)，提现到 [801029384710294](CN_BANK_ACCOUNT)",
        "用户名/密码：[lining](USERNAME)/x1，域用户 XYYY\\[lining](USERNAME)，sudo: [lining](USERNAME) : TTY=pts/0，Author: [lining](USERNAME) <",
        "使馆车 [使293-028](CN_VEHICLE_PLATE)，[湘O·A2939警](CN_VEHICLE_PLATE)，身份证少一位 [43010219880203452](CN_RESIDENT_ID)",
    ],
)
def test_numbers_are_told_by_what_is_said_of_them(deidentifier, marked):
    text, expected = parse_marked(marked)

    assert found(deidentifier, text, NUMBERS) == {(m.start, m.end, m.entity_type) for m in expected}


@pytest.mark.parametrize(
    "text",
    [
        "批号 ZY01000087 这个号不对，第3号窗口，住院第3天，档案第2024号文",
        pytest.param(
            "检查费用 3000000（门诊），5000000（住院），12床 3000000 元，5床 1200ml",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "他报的是 3000 元，卡扫出来是空的，病历号内科0418诊室",
        "设备CT2219083，MR1107726B型床垫，编码CT2219083，超声 US-7000 型探头，B超DC-7000",
        "染色体 46,XX；核型 G24 组；基因 EGFR-19，组化 CK5-6，蜡块2个，C07-3 架",
        "样品管上贴 12-3-5 标签；样管 5ml，玻片6张，取片码请扫二维码",
        "医保卡 2 张 数字证书 100；医疗号 退休 3000 元，Medicare No. of patients 120",
        "处方章 1104 元，执业号 无，医生编号 3 号，批文 M18837 型，执业药师 130 人",
        "患者母亲C肽 12345678，母亲G6PD缺乏，换证后 2024 年，新本 EF38 版",
        "一般户 3000000 元，120000000000这个户型",
        "已寄 200000 份，快递费 120000，邮寄：共 100000 元，费用300000北京市医保",
        "commit by default: yes，停用：aspirin；停用：clopidogrel，启用：warfarin，用户权限开通：excel",
        "讨论组 3 个，手Q 8.0 版，手Q登录2次，这个微信支付，微信cd_34指标",
        "患者 1234567 人次，病人 0.35mg，系统升级到 0350021 版，窗口显示 A038，查 CT2024，旧号 3 个，1200000元的费用清单，2000000的押金",
        "血透 HD 3 次，透析 TX 240min，CRRT-24h，心电图 No.3 导联，病理 No 5，手写 V24-03 版，标签 A24-0391 型",
        "NHI No. 2，健保卡 2 张，执业证 1101 元，执医证考试 360 分，打到 3000 转，转给 400 名医生",
        "费用 410008 长沙市开福区某路，编号410008，邮箱前缀不能含 test-01，用户 wifi 已断，用户 app 登录",
        "抖音热搜，小红书 top10，微博 v8.3，淘宝 iphone15 手机，Facebook covid19，ct199 微信，微信大写金额 A12345678",
        pytest.param(
            "人群 293847102，群293847元，集群 12345678。",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "12床 今晨 0.35，DR(012)，CT 2024，胃镜 24-00，骨髓 20-30，就诊码请扫，配血单 2 份，学生档案 2024",
        "def uses(self, who: int) -> bool: 住院号0 → 3床",
        "老卡 2 张，补卡 工本费 10，三份病历 0.5，扫码枪读到空，周期号 C1D1，账号/密码：请查收，account 2024",
        pytest.param(
            "流水 20240512000123456 到付，货单 3829104756283910 收，院内卡 100元押金，加工作 plan-2024，老板扣我12000",
            marks=pytest.mark.xfail(reason="the networks see it otherwise", strict=True),
        ),
        "提交者: jenkins-ci，committed by github-actions，账号开通：outlook，teams；用户名/密码：nurse/x1；抖音 app5.0 闪退，INS lispro25",
        "血透 HD-100 机，微信搜一下 COVID19，每次 100.co/12 片",
        "ClinicalTrials.gov NCT04738251，client/7.12.0.3，client 10.2.3.4，this.app/main.py",
    ],
)
def test_what_stands_there_and_is_no_number_of_anybody_stays(deidentifier, text):
    assert not found(deidentifier, text, NUMBERS)
