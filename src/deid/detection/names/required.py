"""Names, words that are names as well, and rare surnames, where records leave room for nobody but a person: 高歌因胸痛2小时入院."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.words import DESCRIBES, FUNCTION_SURNAMES, MOBILE, NAMED_ROLES, STATES
from deid.detection.reading import Reading
from deid.grammar.name import HAN, is_han

_DATE = r"(?:(?:19|20)[0-9]{2}[年.\-/]|[0-9]{1,2}月[0-9]{1,2}日)"
_MOBILE = rf"{MOBILE}(?![0-9])"
_PAPERS = "(?:病[历案]|(?:体检|检查|检验|化验)?报告|片子|资料|结果|处方|单子|化验单?|检查|发票|档案|身份证|护照|户口本|医保卡|[出入]院|CT|MRI)"
_KIN = "父亲|母亲|爸爸|妈妈|丈夫|妻子|老公|老婆|爱人|儿子|女儿|家属"
_ROLES = "|".join(
    sorted(
        NAMED_ROLES
        | set(
            "护士长 主治医师 主任医师 住院医师 上级医师 门诊医生 主持 老乡 快递员 咨询师 来访者 求助者 家长 客户 收款人 付款人 投诉人 患者 患儿 产妇 孕妇 本人 受试者 学员 车主 会员 病人 伤者 死者 同学 个案 顾问 司药".split()
        ),
        key=lambda role: (-len(role), role),
    )
)
_WORD = rf"([{HAN}]{{2,3}}?)"
_ALONE = rf"(?<![{HAN}])([{HAN}]{{2,4}}?)"
_FRAMES: tuple[tuple[str, Screened], ...] = tuple(
    (evidence, Screened(pattern))
    for evidence, pattern in (
        ("comes", rf"{_ALONE}(?=于{_DATE}[^,。;\n]{{0,12}}?(?:[入出转]院|就诊|来诊|死亡|去世|出生|分娩|手术))"),
        ("comes", rf"{_ALONE}(?=因[^,。;\n]{{2,14}}?(?:[0-9一二三四五六七八九十半余数]+ ?(?:天|日|小时|年|个?月|周)|[入住转]院|急诊|就诊|来诊|来我院))"),
        ("in bed", rf"[0-9]床[ :]?{_WORD}(?=诉|[今昨明]日|[今明]早|术后|血[压糖]|体温|夜间|要求|家属|拒绝|[出入转]院|转[入出科]|已|未|能|需|,|\(|:)"),
        ("fares", rf"{_ALONE}(?=专家号|改[约期]|代签|拒[绝签](?:手术|治疗|签|住院|转院)|情绪激动|撤回了一条|不愿意|未到|迟到|早退|本人签|等[0-9]+人|处得知|很感谢|邀请[{HAN}]{{2,3}}加入|加入了?群|:\[)"),
        ("fares", rf"{_ALONE}(?=术后(?:第[一二三四五六七八九十0-9]+)?[天日周月年]|化疗第|孕[0-9]{{1,2}}|(?:空腹|餐后|随机)?血[糖压](?:偏[高低]|[0-9])|体温[0-9正]|负责[A-Z一二三四五])"),
        ("fares", rf"{_ALONE}(?=(?:[今昨][日天]|[今昨][早晚])(?:体温|呕吐|腹泻|发热|咳嗽|血[压糖]|大便|睡眠|进食|出院|换药)|已(?:退[烧热]|签到|确认|出院|领取|取走|到院|知情|同意|回复)|要求(?:退|转|换|出院|加[急号]|复查|删除)|家属(?:来电|要求|签字|已|说|反映|表示))"),
        ("kin", rf"(?:(?<![{HAN}])|(?<=新生儿)|(?<=患儿)|(?<=系)|(?<=患者)){_WORD}(?=之[子女婴母父妻夫](?![{HAN}])|之[子女婴],|(?:系|为)[^,。;\n]{{2,4}}之[子女母父妻夫])"),
        ("couple", rf"{_ALONE}(?=[、和与][{HAN}]{{2,3}}(?:系(?:夫妻|父子|母子|母女|父女|兄弟|姐妹|同事)|都同意|均同意|签订|共同))"),
        ("couple", rf"(?<=[{HAN}][、和与]){_WORD}(?=系(?:夫妻|父子|母子|母女|父女|兄弟|姐妹|同事)|都同意|均同意|签订|共同)"),
        ("people", rf"{_ALONE}(?=,(?:汉|回|满|苗|壮|蒙古|藏|维吾尔|彝|土家|布依|侗|瑶|白|傣|黎|哈尼|哈萨克|朝鲜|畲|东乡|撒拉|羌)族[,。])"),
        ("identified", rf"(?:(?<![{HAN}])|(?<=[寄发送转]给)|(?<=联系)){_WORD}(?=[ ,(:/]{{0,2}}(?:\+86[ -]?)?(?:(?:[联系手机]{{0,2}}电话|手机)号?码?[ :]{{0,2}})?{_MOBILE})"),
        ("identified", rf"(?:(?<![{HAN}])|(?<=委托)){_WORD}(?=[ ,(:]{{0,2}}(?:公民)?身份证?(?:号码?)?[ :]{{0,2}}[0-9]{{6}})"),
        ("identified", rf"{_ALONE}(?=(?:的)?(?:微信|QQ|[vV][xX]|手机|电话|邮箱)号?码?[ :]?[A-Za-z0-9])"),
        ("identified", rf"(?<![0-9])(?:{_MOBILE}|[0-9]{{16,19}})[ (:]{{1,2}}{_WORD}(?=[),。;\n]|[ ]*$|[ ]{{2}})"),
        ("identified", rf"(?:(?<=[号室楼座栋房] )|(?<=元 )|(?<=[0-9] )){_WORD}(?=收(?:件人?)?(?:[ ,。;)\n]|$))"),
        ("row", rf"(?:^|[\n\t|,\"]){_WORD}(?=[\t|,\"]{{1,3}}[男女][\t|,\"])"),
        ("file", rf"(?:(?<![{HAN}_-])|(?<=[_-])){_WORD}(?=[_-](?:CT|MRI?|X光|体检|病历|检查|报告|化验|[入出住]院|片子|身份证|处方|病理|影像|发票|合同)[^\s,。;]{{0,20}}\.[a-zA-Z]{{3,4}})"),
        ("file", rf"(?:^|[\n /\\]){_WORD}(?=[_-](?:(?:19|20)[0-9]{{6}}|头[颅部]|胸部|腹部|腰椎|颈椎|膝))"),
        ("file", rf"(?<=_){_WORD}(?=_[0-9]{{4,8}}\.(?:xlsx?|docx?|pdf|jpe?g|png|zip|csv)(?![a-z]))"),
        ("papers", rf"{_ALONE}(?=的?{_PAPERS}(?:复印件|原件|扫描件|[一二两三1-3][份张页]))"),
        ("papers", rf"(?<![{HAN}])(?:请|麻烦)?(?:把|将){_WORD}(?=的?{_PAPERS})"),
        ("titled", rf"《{_WORD}(?=随访|病历|访谈|个案|咨询|治疗)"),
        ("signs", rf"(?:祝好|敬礼|致礼|敬上|商祺|安好|谢谢)[!。,.]?[ ]*\n[ ]*{_WORD}(?=[ ]*(?:\n|$))"),
        ("signs", rf"\n[ ]*{_WORD}[ ]*\n(?=[ ]*(?:(?:19|20)[0-9]{{2}}[年.\-/]|二[〇零○]))"),
        ("signs", rf"(?:Patient|Name|Client|Contact|Attn|Dear)(?: Name)?:? {_WORD}(?=[ ,\n]|$)|\[{_WORD}(?=\] ?已)"),
        ("sends", rf"(?:^|\n)(?:(?:19|20)[0-9]{{2}}[-/年.][0-9]{{1,2}}[-/月.][0-9]{{1,2}}日? )?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]{{1,4}}{_WORD}(?=[ ]*(?:\n|:))"),
        ("sends", rf"(?:^|\n){_WORD}[ ]{{0,4}}\n?(?=[ ]*(?:(?:19|20)[0-9]{{2}}[-/年.][0-9]{{1,2}}[-/月.][0-9]{{1,2}}日? )?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?[ ]*\n)"),
        ("sends", rf"@{_WORD}(?=[ ,。\n]|$)"),
        ("role", rf"(?:{_ROLES}){_WORD}(?=投诉|顺产|分娩|剖宫产?|自愿|自诉|称|筛选|[入出]组|结业|表示|签[字署]|[到来][院店]|退费|请假|主持|送检|已|查房|推荐|意见|开具|指示|(?<![大小高低多少等])于[0-9]|近期|本周|上周|未到|迟到|取消|[(,](?:男|女|系|母亲|父亲|账号|电话|身份证|卡号)|(?:与|、)[{HAN}]{{2,3}}(?:系|共同))"),
        ("role", rf"(?:之[子女妻夫父母]|的(?:{_KIN})|由其?(?:{_KIN}|[父母子女夫妻兄弟姐妹])){_WORD}(?=表示|打来|来电|称|签字|要求|说|咨询|代|陪|护送|[送搀扶推]来)"),
        ("role", rf"(?:法务|财务|人事|行政|后勤|客服|市场|运营|质控|医务|护理|前台|信息|采购|物流|药房|检验|放射|[我贵]司){_WORD}(?=跟|对接|处理|回复|说|已|负责|签|转|去|在)"),
        ("role", rf"[她他我其](?:老汉|[爸妈哥姐弟妹]|老公|老婆|爱人|儿子|女儿|闺女|婆婆|公公){_WORD}(?=在[{HAN}]{{2,4}}(?:打工|上班|工作|住院|当|做)|打来|来电|签字|陪)"),
        ("pays", rf"{_ALONE}(?=来电(?![显视])|致电(?!我)|[已未]?[缴付交][费款][0-9,。了]|[已未还][没未]?[缴付交][费款]|转账[0-9]|预约了|还没[来到缴交取]|爽约|拒接|拒付|已签收)"),
        ("pays", rf"(?:收到|已收){_WORD}(?=[交转送寄缴]来|的?(?:定金|押金|尾款|[0-9]+元))"),
        ("told", rf"(?:已|电话|通知|告知|联系|提醒|回访|随访){{1,2}}{_WORD}(?=复查|来院|来取|取药|复诊|缴费|本人|家属|,[无未]人?接|,拒接|,关机|[今明后]天来)"),
        ("told", rf"(?:您好|你好)?,?(?:请问)?[您你]?是{_WORD}(?=吗[?。,]|本人吗|女士吗|先生吗)"),
        ("told", rf"(?:收件|名字|姓名|署名|抬头|备注)[写填叫报]的?(?:是|成)?{_WORD}(?=[,。;\n])|登记成了?{_WORD}(?=[,。;\n]|了)"),
        ("for whom", rf"(?<![{HAN}])帮{_WORD}(?=挂[一个号]|取[药报]|约[一个号]|办[一理]|查一?下|交[一费])"),
        ("for whom", rf"(?:兹|特|全权)?(?:委托|授权){_WORD}(?=代为|代办|前往|办理|领取|全权|为代理|处理)"),
        ("for whom", rf"(?:(?<![{HAN}])|(?<=,))经{_WORD}(?=(?:本人)?(?:同意|签字|确认)(?:后|并|,))"),
        ("works with", rf"(?<=[与和跟]){_WORD}(?=沟通|商量|联系|确认|协商|核对|交接|说好|约好)"),
        ("works with", rf"由{_WORD}(?=关闭|处理|负责|跟进|接手|代签|转来|主刀|接诊|陪诊|审核|复核|填写|录入)"),
        ("dealt with", rf"[挂找约]了?{_WORD}(?=的号|周[一二三四五六日]|[上下]午|[0-9]{{1,2}}点|会诊|挂号)"),
        ("dealt with", rf"对{_WORD}(?=进行(?:随访|回访|面谈|评估|访谈|家访))|把{_WORD}(?=[转送][到入至])|陪{_WORD}(?=复查|看病|检查|[做去来]|就诊|住院)|邀请{_WORD}(?=加入了?群)"),
        ("dealt with", rf"(?:转告|分配给|移交给?|转交给?){_WORD}(?=[ ,。;:\n]|$)|问{_WORD}(?=要[{HAN}]{{0,2}}(?:报告|片子|病历|结果|发票|电话))|为{_WORD}(?=办理|挂号|预约|安排[{HAN}])|代{_WORD}(?=挂号|办理|领取|取药|缴费|签字|收件|签收)"),
        ("reached", rf"{_ALONE}(?=[,:]?(?:空号|关机|停机|失访|拒访)(?:[,。;!\n]|$)|辛苦了|又来了|没来(?![得往])|那边还?没|家里没人|的车停|的号[取改退]|[发寄转]来的|转的钱|签的[字]?[,。\n])"),
        ("reached", rf"[用刷拿]{_WORD}(?=的(?:医保卡|社保卡|就诊卡|卡[,。;\n]|身份证|手机))|(?:合同|字|单子)是{_WORD}(?=签的|写的|填的|开的)"),
        ("reached", rf"等{_WORD}(?=回来再|到了再|来了再)|除了{_WORD}(?=都[到来签交])|包括{_WORD}(?=在内)|只有{_WORD}(?=没)|替{_WORD}(?=问)|给{_WORD}(?=回个?电话|打个?电话|发[微短])|跟{_WORD}(?=说一[声下])"),
        ("named", rf"(?:法定代表人|法人代表|代理人|委托人|受托人|经办人|联系人|负责人|实习生|规培生|司机|师傅|网格员|护工|陪诊员|前[夫妻]|前[男女]友){_WORD}(?=[ ]*(?:[,。;(\n]|$)|把|当年|[昨今][天日晚早])"),
        ("named", rf"(?<![{HAN}]){_WORD}(?=[ ,]{{0,3}}(?:医师|护士)?(?:执业|资格)证(?:书?(?:编?号码?|编码))?[ :]{{0,2}}[0-9])"),
        ("named", rf"(?:快递|收件|名字)写{_WORD}(?=[,。;\n]|收)|发票抬头:?{_WORD}(?=[,。;\n]|$)|户名(?:就是|是)我?{_WORD}(?=[,。;\n]|$)|(?:有个|一个)叫{_WORD}(?=的)|叫{_WORD}(?=的那个)|是不是{_WORD}(?=的?(?:家属|本人|家长))"),
        ("named", rf"{_ALONE}(?=\((?:床号|[0-9]{{1,2}}床|已?缴费|已缴|未缴|失访|空号))|(?<=[科部]-){_WORD}(?=[-\n]|$)|亲爱的{_WORD}(?=[,:!\n])|麻烦{_WORD}(?=工[看查帮处])"),
        ("dealt with", rf"从{_WORD}(?=处得知|那里得知)|和{_WORD}(?=一起[来去到])|给(?:{_KIN}){_WORD}(?=买|报|办|约)"),
    )
)  # fmt: skip
_ANY_FRAME = sum(frame.bit for _, frame in _FRAMES)
_LIST = Screened(
    r"(?:^|[\n ,;。/(])(?:父|母|父亲|母亲|配偶|妻|夫|抄送|主送|密送|CRC|PI|(?:研究|[交接]班|报告|审核|记录|申请|受托|委托|负责)者|申请医[师生]|中文名|"
    rf"手术医[师生]|主刀|[早中晚夜白]班|值班|责护|责任护士|护士长?|医[师生]|[一二三]线|[一二]助|排班)[: ][ ]?((?:[{HAN}]{{2,4}}(?:\([{HAN}]{{1,3}}\))?[、,;/ ]{{1,2}}){{0,7}}[{HAN}]{{2,4}})"
    r"(?=[、,;/。)(\n]|[ ]{1,3}\S{1,6}[: ]|[ ]*$)"
)
_ITEM = re.compile(rf"(?<![{HAN}(])[{HAN}]{{2,3}}(?![{HAN}:])")
_GOOD = 0.6
_QUALITIES = (STATES | DESCRIBES) - {"平安", "高兴", "康复", "文静", "安静"}
"""Words that say how somebody fares or is: somebody only where nothing else can stand."""
_OF_PATIENTS = frozenset(["平安", "安静", "康复"])
"""How a patient fares, or gives birth: 产妇平安分娩, 3床安静."""
_FIRMEST = frozenset(["comes", "kin", "people", "identified", "sends", "couple", "in bed", "list"])
_NOBODY = frozenset(
    "计划 任意 平时 时常 时间 全程 全部 全体 全科 公司 单位 常用 应急 和平 安全 全国 常年 经常 成人 成年 商量 "
    "毕竟 应有 平均 明天 明日 明年 明显 高热 高烧 高温 高危 高血 平素 任何 何时 何人 向来 从来 单纯 单方 成立 "
    "强化 方向 方面 习惯 战友 房东 包含 时期 安排 安装 留观 留置 来访 来源 来临 宁愿 甘愿 时刻 温度 毕业 常规 全员 全年 全身 "
    "全天 公告 严重 段落 施工 施行 方案 方法 程度 向导 管理 项目 计算 许多 应用 应该 应当 水平".split()
)
"""Words that say when, how or what, wherever they stand."""


class RequiredNames:
    """What may be a name, however unlikely elsewhere, in frames of records."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar
        self._words = fitting.words

    def find(self, reading: Reading) -> Iterator[Candidate]:
        for evidence, frame in _FRAMES if reading.screens & _ANY_FRAME else ():
            for match in reading.finditer(frame):
                start, end = match.span(match.lastindex or 0)
                if self._may_be_named(reading, start, end, evidence):
                    yield Candidate(start, end, 0.7, ("required", evidence))
        for run in reading.finditer(_LIST):
            for item in _ITEM.finditer(run[1]):
                start, end = run.start(1) + item.start(), run.start(1) + item.end()
                if self._may_be_named(reading, start, end, "list") and not reading.is_cue(start, end):
                    yield Candidate(start, end, 0.7, ("required", "list"))

    def _may_be_named(self, reading: Reading, start: int, end: int, evidence: str) -> bool:
        word = reading.text[start:end]
        if word in _NOBODY or word in self._words.titles or word in self._words.roles:
            return False
        if word in _QUALITIES and evidence not in _FIRMEST:
            return False
        if word in _OF_PATIENTS and evidence in ("role", "in bed"):
            return False
        if evidence == "works with" and self._fitting.is_place(word):
            return False  # 由苏州处理
        if word in self._grammar.name_like_words:
            return self._grammar.surname_length(word) > 0
        return self._is_likely(reading, start, end) or self._fitting.is_rare_name(reading, word)

    def _is_likely(self, reading: Reading, start: int, end: int) -> bool:
        """金慧敏 before 微信, at the start of a clause: a surname, characters of given names, and no word."""
        if is_han(reading.text[start - 1 : start]):
            return False  # 由梅塔省负责
        name = reading.text[start:end]
        word = self._fitting.is_other_word(name) or self._fitting.is_known_word(reading, start, end)
        surname = self._grammar.surname_length(name)
        named = 0 < surname < len(name) <= surname + 2 and name[0] not in FUNCTION_SURNAMES
        return named and not word and self._grammar.quality(name) >= _GOOD
