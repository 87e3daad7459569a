"""What stands beside a date: words that make it one or a date of birth, and what makes it something else.

The patterns for what stands before end with \\Z and are searched with an end position, see `stands_before`;
those for what follows are matched at the end of the value.
"""

from __future__ import annotations

import re
from typing import Final

from deid.grammar import numerals
from deid.grammar.date.match import DateMatch
from deid.regexes import Regex

# What may stand right before a value.
_NOT_FROM = r"(?<![大小低高等位多少介早晚优劣当近])于"
DATE_CUE = Regex(
    rf"""(?:日期|时间|年月日?|[入出转来]院|[就复初门急来]诊|复查|手术|检查|化验|报告|采样|采集|送检|确诊|诊断|[发起]病|下次|毕业|入职|眼底
      |随访|登记|建[卡档册]|签[名字署]|打印|出[ ]?生|生日|生于|末次月经|预产期|有效期[至到]?|LMP|EDC|EDD|DOB|[Dd]ate|DATE
      |{_NOT_FROM}|截[至止]|自|从|今天是)[\s:=|(（\[【"“'是为在于\-_]{{0,5}}\Z""",
    re.VERBOSE,
)
SHORT_CUE = Regex(
    rf"""(?:日期(?:[写填]的?是?)?|[入出转来]院|[就复初门急来]诊|复查|手术|[化放]疗|随访|末次月经|预产期|出[ ]?生|生日|生于|LMP|ED[CD]|DOB
      |[Dd]ate|DATE|年|下次|改[到成约]|换[到成]|推到|约到|延到|提前到|改期[到至]|最[晚迟]|[,。;:]约|{_NOT_FROM}
      |(?:体检|手术|[化放]疗|检查|化验|[入出转住]院|[就复初面首门会]诊|复查|[发生得]病|确诊|出事|受伤|穿刺|分娩|结婚|[入离]职|报到|抽血|打针|疫苗|接种|签[字约]|见面|开会|接机|面试|搬家|到店|拍片|拔管|拆线|[摔跌][跤倒]?|[去来做生走])的?(?:[那当][天日]|日子)就?是?
      |(?:预约|上[次回](?:[去来做看]|复查|体检))的?是|(?:^|[,。;! \n])[那当]天是)[ :=(（]{{0,3}}\Z""",
    re.VERBOSE,
)
CUE_ENDS: Final = "于晚迟期写填的是院诊查术疗访经产生日天子PBCDe年次到成约至E:=( （"  # the last characters that SHORT_CUE can match
BIRTH_BEFORE = Regex(
    r"""(?:出[ ]{0,4}生(?:[ ]{0,4}(?:日[ ]{0,4}期|年[ ]{0,4}月(?:[ ]{0,4}日)?|时[ ]{0,4}间|年份?|日|于|在))?
      |生[ ]{0,4}(?:年月)?日|(?<![一-鿿])生年(?:月)?|생년월일|geb\.|Geburtsdatum|n[ée]e?[ ]le|(?<![发产先医学考师])生[ ]?于|诞辰|生辰|诞生|DOB|D\.O\.B\.?|[Bb]irth(?:day|[ ]?[Dd]ate|[ ]?[Mm]onth|[ ]?[Yy]ear)?|YOB|BIRTH(?:DAY|[ ]?DATE)?
      |[Bb]orn(?:[ ](?:on|in|around))?|(?<![A-Za-z.])b\.|(?:[Dd]ate|[Mm]onth|[Yy]ear)[ ][Oo]f[ ][Bb]irth)
    (?:[ ]?\([YMDymd年月日/. -]{2,12}\)|,?(?:查询|核[查实])?结果)?(?!,[于在])[\s:：=|(（\[【"“'是为于在\-_,]{0,8}(?:[公阳农阴旧]历[)）]?)?(?:每年)?[\s:：]{0,2}\Z
    |(?:孕妇|产妇|患[者儿]|本人|老人|[我你他她爸妈爹娘]|老[公婆伴]|爱人|丈夫|妻子|[儿孙]子|女儿|孩子|宝宝)生[ :]?\Z
    |生日(?:[是在])?(?:多少|哪[天年]|几[月号]几?[号日]?|什么时候)[ ?,:]{1,3}\Z
    |属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?(?:[^\n]{0,3}\n[^\n]{1,16}:[好对嗯哦是的, ]{0,4}(?:那|您|你|也?就|应该)?是)?[ ,]{0,2}\Z
    |(?:出生日期|生日)(?:[被给]?[印写填登录]|打印)(?:记)?(?:成了?|的是)\Z
    |(?:身份证|户口[本簿]?)上?的?(?:[写登][记的]?的?)?[是为]\Z
    |(?:[哪几]年生人?|时候出?生|(?:(?:^|[,。!?:\n ])[您你他她]?是?)[哪几]{1,2}年)的[?][ ]?-{0,4}[ ]?(?:应该|大概|就|是)?\Z
    |(?:出生|生日|[哪几]年生|时候生)[^\n:]{0,8}\n[^\n]{1,14}(?<!时间)(?<!日期):[ ]?(?:[一-鿿·]{2,8}[ ,]{1,2})?\Z""",
    re.VERBOSE,
)
BIRTH_AFTER = Regex(
    r"[ ]?(?:[.-](?=出?生))?(?:[(（][公阳新农阴旧国西]历)?[)）]?(?:出[ ]?生(?![后缺体证])|生(?=$|[\s,，。;；、:：)）(（于人的]|对[吧吗]|是吧|汉族|男[婴童]|女[婴童])|诞生|降生|出世|(?:就?是(?:[我他她你您]|孩子|宝宝|老[人公婆伴]|[爸妈]|[一-鿿]{1,3}(?=的))?)?的?生日|(?:要|就)?过(?:[一-鿿]十)?(?:大寿|生日))"
    r"|[ ,(]{0,2}属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|的[鼠牛虎兔龙蛇马羊猴鸡狗猪](?=[ ,。;!?\n]|$)"
)
_CHILD = r"(?:宝宝|孩子|儿子|女儿|小朋友|娃儿?|[大小二]宝|老[大二三]|[孙外][子女孙])"
_CHILD_CALLED = Regex(rf"{_CHILD}(?:大名|名字)?[叫是][一-鿿·]{{2,4}}[ ,]{{1,2}}\Z")
_CHILD_IS = Regex(rf"{_CHILD}就?是[ ]?\Z")
_SAID = Regex(r"的(?=[ ,。;!\n]|$)")
"""宝宝叫郑一诺 2023.6.11的; 小宝是21年3月5号的."""
NEXT_FIELD = Regex(r"[ ]?/[ ]?(?![日年月人天次])[一-鿿]{2}")
"""2020-06/北京/剖宫产."""
ID_CUE = Regex(r"(?:[号码]|编号|单号|ID|Id|id|NO|No|no|#|SN)[.: ]{0,2}\Z|[0-9]{3}[ -]\Z")
DATE_LABEL = Regex(r"日期:\Z")
_MODALITY = Regex(r"(?<![A-Za-z])(?:CT|CTA|MR|MRI|PET|DR|ECG|EEG|HRCT|UCG|LMP|EDC|EDD|DOB)\Z")
HAN_BEFORE = Regex(r"[\u4e00-\u9fff]")
NUMBERED_BEFORE = Regex(
    r"(?:机|窗口|柜台?|诊室|手术间|电梯|床位?|厅|楼|层|座|栋|幢|桌|通道|站台|工位|车位)[ ]{1,2}\Z"
)
"""自助机 3-8号."""
LIST_NUMBER = Regex(r"(?:^|[\s;。,:(（、])[0-9]{1,2}\.\Z")
VERSION = Regex(r"(?:版本?|第|[Vv]ersion|[Vv]er\.?)[: ]?\Z")
DURATION_BEFORE = Regex(
    rf"""(?:[用服]药|口服|治疗|随访|病程|史|为期|持续|长达|[达约近共已满第每隔孕余足仅超半岁个过]|间隔|停经|停药
      |[术产]后|[化放]疗后|(?:[入住就来]院|[就来]诊|[发起]病|[化放]疗|术|产)前|最近|过去|连续|坚持|至少|不足|[少低多高晚早]于|[0-9{numerals.DIGITS}十半两几]年|(?<![0-9])[1-9][至到])[ ]?\Z""",
    re.VERBOSE,
)
LIST_BEFORE = Regex(rf"(?:[{numerals.HAN}]|[0-9][-~./、]{{1,2}})\Z")  # 按0、1、6月接种
MONTH_EVIDENCE_BEFORE = Regex(r"[在于自从至到年是][ ]?\Z")
PAUSE_BEFORE = Regex(r"(?:\A|[\n,;:、。!?(|])[ ]?\Z")
MONTH_AFTER_PAUSE = Regex(
    r"刚(?:退休|[入离]职|[结离]婚|毕业|生|搬|查出|做[完了过]|出院|转)|去(?!除|年|世|[的了过看查做])[一-鿿]|(?:单位|公司|学校|厂里|社区)[一-鿿]|搬(?=[一-鿿])|回(?![一二两三]|趟)(?=[一-鿿]{0,4}[,。;])|停[过了药用诊]|又|再[来去查复随做约]|换[了过成药]|[加减][了过量到药]|[做查住拔拆打吃用来去回开买补][了的过]|[有摔见发犯晕吐交签续][一-鿿]?过|没[来去吃查做]|少[一二两0-9]|各[一二两0-9]|[底初末](?!次)|从(?![未来事业不])[一-鿿]{2,8}?(?:[转回来出到飞]|出院)|(?:血尿|便血|咯血|呕血|黑便|昏迷|昏倒|[摔跌]|骨折|车祸|抽搐)(?![史者病率])|通报|最[高低多少](?=[0-9])|(?:开学|放假|放暑假|放寒假|毕业|过年)(?=[前后那,。])|结(?:[账清算]|(?=[,。;)\n]|$))"
)
"""What was done in a month, where a pause is before it: 化验正常,10月停过药; 术后3月停过 says how long."""
MONTH_PLANNED_BEFORE = Regex(
    r"(?:打算|计划|准备|预计|预约|[说讲约]好|定[好在于]|下次(?:随访|回访|复[查诊]|产检|体检|检查|就诊|换药|治疗)?[ :是在约]{0,2})\Z"
)
YEAR_EVIDENCE = Regex(r"(?:[在于自从到至]|生于|年份|[哪几]年[^\n:0-9]{0,6}(?:\n[^\n:]{1,8}|[ ]?答):)[ ]?\Z")

# What may follow a value, or must not.
AFTER_SHORT = Regex(
    r"[ ]?(?:(?:行(?!程)|予)(?=[一-鿿]{3})|打(?=[球麻])|[入出转住]院|手术(?![室台间])|[复就来初回]诊|门诊(?![号部])|来电|出?生(?=$|[ ,。;)]))"
)
HOUR_AFTER = Regex(r"(?:傍晚|清晨|凌晨|早晨|上午|下午|中午|晚上|夜间|晨(?![僵练检报会]))")
CLOCK_AFTER = Regex(r"[ ]{1,2}(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?![0-9])")
UNIT_AFTER = Regex(
    r"[0-9.%‰℃×*/~+\->]|<(?!/)"
    r"|[ ]?(?:[%‰℃×>a-zμ°]|<(?!/)|[A-Z](?![A-Z])|(?:小时|[克毫微升度岁倍分个片粒支瓶盒米厘公斤元万千亿次年月周天处段例项页级])|[阳阴]性)"
)
BAD_TAIL = Regex(
    r"(?!-{1,2}[0-9]{1,2}:[0-5][0-9])"  # 8:30-9:40
    r"(?!/(?:AB|[ABO])型)(?!/[1-9][0-9]{5}(?:19|20)[0-9]{9})"  # 1960-12-28/130283196012284185
    r"(?:(?![A-Z]{2,6}(?![0-9A-Za-z\-_]))[A-Za-z]|(?!\.[A-Za-z]{2,5}(?![0-9A-Za-z.]))[-./][0-9A-Za-z])"
)
ROOM_AFTER = Regex(r"[ ]?(?:[室号栋楼户幢层座床期条款届版年级元]|单元)")
DURATION_AFTER = Regex(
    r"经(?![一-鿿]{1,8}介绍)|[余龄内子饼球亮薪租嫂刊均度季河花雪札前后多]|大(?!约)|来(?!约|[做看院诊查电取拿过复住]|体检)|[以之][内来前后上]|不等"
)
_FROM = r"起(?![效始搏伏床立身色])"
TELLING_BEFORE = Regex(r"(?:通报|总结|汇总|统计|梳理|回顾|盘点|反映|自|从|自打|打)[ ]?\Z")
SINCE_AFTER = Regex(r"以来")
"""通报10月以来的投诉, 从3月以来; 腹痛3月以来 says how long."""
MONTH_EVIDENCE_AFTER = Regex(
    rf"[ ]?(?:[入出住]院|手术|确诊|[因曾就行在至到于查做生突初无时间,。;]|刚[才刚]?[在到去做查住出入来体检打拍]|{_FROM}|外院|当地|开始|发现|体检|共计?(?=[0-9]{{1,6}}[条件户单起名人项元万])|查[出到]|[去来回]过|门诊|统计|汇总|总结|数据|报表|新增|复[查诊](?![一两二三0-9]次)|出[现生])"
)
# 5月工资 names a month behind any word, 我爸7月去 behind a person; 腹痛2月去 does not.
MONTH_NAMED_AFTER = Regex(
    r"[ ]?(?:上门(?![女服])|团(?=[|,。;)\n]|$)|去[一-鿿]{2,6}?(?:坐诊|出诊|开会|出差|学习|培训|会诊|复[查诊]|看病|旅游|手术|移植|取卵)|渠道|返[费点利]|专家(?!共识|组|委)|劳务费|欠条|[一-鿿]{0,2}提成|工资|奖金|绩效|[回应]款|应收|营收|业绩|销售额|开票|体检(?:发票|费|名单)|排班|班表|值班|夜班|账单|对账|账期|护工费|护理费|租金|水电|话费|社保|保费|义诊|例会|月报|报表|报销|津贴|补贴|房租|考勤|考核|盘点|质控|生日"
    r"|[两二三四]个?月的?(?:服务|房租|租金|工资|费用|账单|水电|护理|管理|物业)|投诉[0-9一二三四五六七八九十]|签约|下乡|到店[0-9一二三四五六七八九十]|(?:笔译|翻译|咨询|服务|陪诊|会诊)费|还?一起|嘅|第[一二三四五1-5]周(?!期)|[一-鿿]{0,8}(?:例会|分析会|讲评会|通气会|座谈会|会议)|有(?:床|号(?!码)|空(?!腹)|位子?|名额|票)|起(?=超过|[派增改开接送提取恢暂免加][派加为通放设始送供复停消收][一-鿿]|派|[执实施试]行|实施|[启停]用|停止|调整|取消|报销|恢复|不再|统一)|的(?:住院|门诊|检查|化验|报告|体检|单子|发票|账|班|票|课|那)|那[次回天张份批笔场期]|那个(?![病患老孩])|[轮补]休|新[来到](?=[的,。;)\n]|$))"
)
_MOVES = r"调(?:(?=[任去往回离入岗走来动职]|到[一-鿿])|(?!整|理|养|节|护|高|低|药|量|奶|换|味|制|剂)(?=[一-鿿]{2,4}(?:[,。;)\n]|$)))|搬(?!重)|转岗|轮岗|返[岗乡校聘]|回国|出国|离岗|接[手任]|到期|生(?=[,。;)\n]|$)|续[签约费]"
PERSON_BEFORE = Regex(r"(?:[我你他她佢俺咱爸妈爹娘姐哥弟妹儿女婆公爷奶友们]|[孩孙儿妻嫂婶侄妹]子|人家)[ ]?\Z")
MONTH_OF_PERSON_AFTER = Regex(
    rf"去(?!除)|刚上|上[幼小初高大]|入[园学托]|毕业|在(?=[一-鿿]{{2}})|{_MOVES}|回(?=[来去家国老]|[一-鿿]{{0,4}}[,。;)\n]|$)|排[上到]|[做查住开买办拍打写签交订定领生][的了过]|走的|没的|就(?:走|离|回|搬)了(?=[,。;!? ]|$)|还?要(?=[回来去])"
)
GROWN_BEFORE = Regex(
    r"(?:患者|该患|病人|来访者|老人|家属|客户|员工|团队|先生|女士|[医律]生|主任|教授|老师|大夫|经理|护士|[院处科局校]长|顾问|[父母]亲|丈夫|妻子|爱人|老[伴公婆]|[0-9一二三四五六七八九]口|[我你他她佢俺咱爸妈爷奶姐哥弟妹]们?)[ ]?\Z"
)
MONTH_OF_GROWN_AFTER = Regex(
    rf"{_FROM}|{_MOVES}|回(?=[来去家国老]|[一-鿿]{{0,4}}[,。;)\n]|$)|去(?!除|世|[的了过看查做])[一-鿿]|开始|在(?=[一-鿿]{{2,8}}(?:住|做|看|查|手术|治疗|就诊|体检))|来(?=[做看院诊查电取拿过复住]|体检)|[因被曾摔]|查出|确诊|住院|手术|[去过离]世|转正|[入离]职|退休|复查(?!一次)|复发|出[现嫁]|[结离]婚|怀孕|失业|下岗|分手|病[逝故]|中风|外出|高考|中考|[与和跟](?=[一-鿿])|[一-鿿]{{1,3}}过(?![敏程度渡滤高低多量期])"
)
BODY_BEFORE = Regex(r"(?:公司|单位|学校|医院|中心|街道|社区|村里|厂里|科里)[ ]?\Z")
MONTH_OF_BODY_AFTER = Regex(r"搬|改[名制]|停业|开业|装修|体检|组织|义诊|普查|筛查|安排|开展|举办")
MONTH_OF_SOMEBODY = (
    (PERSON_BEFORE, MONTH_OF_PERSON_AFTER),
    (GROWN_BEFORE, MONTH_OF_GROWN_AFTER),
    (BODY_BEFORE, MONTH_OF_BODY_AFTER),
)
"""患儿6月起添加辅食 tells an age, 患者6月起乏力 a date."""
CLAUSE_BEFORE = Regex(r"[,;](?:[后并又]?[于至到])?\Z")
LABEL_BEFORE = Regex(r"(?<![程隔龄周期访长限间经后时诉史乳食奶]):[ ]?\Z")
"""备注:2月去新加坡, 许雯:6月返费; not 病程:3月加重."""
BORN_AFTER = Regex(r"出生(?![后缺体证率])|生(?=$|[\s,。;、)于的])|生人(?!参)")
SENTENCE_END = Regex(r"[。!?\n]")
SENTENCE_BEFORE = Regex(r"[\n。!][ ]*(?:[0-9]{1,2}[.、)][ ]?)?\Z")
MONTH_BEGINS_SENTENCE = Regex(r"(?!一次|为[一1]|[复随]|[未无宝男女婴幼患])[一-鿿]")
PUBLISHED_AFTER = Regex(r"[A-Z][A-Za-z/\- ]{1,20}(?:指南|共识|标准|诊断|分类)")
BUILD_BEFORE = Regex(
    r"(?:[Bb]uild|BUILD|[Rr]ev|[Vv]er(?:sion)?|版本?|(?<![A-Za-z])(?:LOT|Lot|REF|SN|S/N)(?:[ ]?(?:NO|No)\.?)?|批[号次]|型号|货号|序列号)[ .:#=]{0,2}\Z"
)
BRACKETS_BEFORE = Regex(r"(?<!指南|共识|标准|规范)\(\Z")
BRACKETS_AFTER = Regex(
    r",[ ]?(?![每各共约单]|口服|[静肌]|皮下|外用|顿服|正常|异常|偏[高低]|[轻中重]度)[一-鿿]{2,8}(?<![克升次片天])\)"
)
"""阑尾切除术(2011,巢湖), 心脏彩超(10-05,戚梅): when and where, or by whom."""
_OF_LIFE = r"查出|检出|诊断(?!标准|指南|经验|水平|要点)|确诊|做[过的了]|行[一-鿿]{2}|开始|起(?!初|伏)|发现|入职|退休|毕业|[结离]婚|离异|移民|[出回]国|参军|入伍|头[上里](?!的)|搬[到来去]|来(?=[一-鿿]{2}(?:打工|工作|[,。]))|[结离]的(?:婚|(?=[),。;]))|剖|顺产|复发(?!率|风险)|去世|走的|从(?![业事未不来])|疫情|摔|那会|转业"
YEAR_OF_LIFE_AFTER = Regex(rf"[ ]?(?:{_OF_LIFE}|手术(?!指南|经验|率|量|例))")
YEAR_LED = Regex(r"(?:^|[,。;:!?(\n我你您他她妈爸是于在从自到至约往])\Z")
YEAR_AFTER = Regex(
    rf"出?生(?![活病命效产])|{_OF_LIFE}|的(?=[,。;! \n]|$)|[初底末](?![次诊])|[春夏秋冬]|国庆|[因入诊行住患]|手术|发现"
)


def stands_before(pattern: Regex, text: str, start: int, *, reach: int) -> bool:
    """Whether `pattern` ends right at `start`, within `reach` characters."""
    return pattern.search(text, max(0, start - reach), start) is not None


def left_is_free(text: str, start: int) -> bool:
    """Whether a date in digits may begin here: not within a longer number, code or path."""
    before, earlier = text[max(0, start - 1) : start], text[max(0, start - 2) : max(0, start - 1)]
    if before.isascii() and before.isalnum():
        return stands_before(_MODALITY, text, start, reach=5)
    if before and before in "-./" and earlier.isascii() and earlier.isalnum():
        return stands_before(LIST_NUMBER, text, start, reach=4)
    return True


def is_birth(text: str, match: DateMatch) -> bool:
    """Whether the words right beside `match` make it a date of birth: 出生日期:…, …生."""
    return stands_before(BIRTH_BEFORE, text, match.start, reach=32) or bool(
        BIRTH_AFTER.match(text, match.time_end)
        or (
            _SAID.match(text, match.end)
            and (
                stands_before(_CHILD_CALLED, text, match.start, reach=16)
                or (match.year is not None and stands_before(_CHILD_IS, text, match.start, reach=6))
            )
        )
    )
