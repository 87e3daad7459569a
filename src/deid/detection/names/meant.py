"""Whatever word it is, a name where a text says that a person is meant: 我就叫何必, 接线员：007号（丁香）, 过户至雪莲.

Each frame says how much may be a name in it:

- `any`: all that is no role, for somebody is called so: 朵朵（大名刘一朵）;
- `pet`: the same before a full name: 患儿：米粒（刘一诺）;
- `rare`: the same without verbs, places and words in common use: 杜仲 13812345678;
- `noun`: the same without adverbs and the like: 同事江淮离职;
- `called`: what begins with a surname, though it is a word: 孩子就叫房子, 全名叫方便;
- `surname`: the same without words that say when or how: 社长白果;
- `name`: what looks like a name, or is a word that is one as well: 乙方指定高山, 浙A·6K93T归雷振声;
- `seldom`: besides these words that are seldom used: 你们展翅同志;
- `herb`: a herb, or a word that is a name as well: 针灸科石斛教授;
- `signer`: a name, also one with a rare surname: 过建国　2024.5.13;
- `kin`: the same as `surname`, with a rare surname or a herb as well: 我儿子过江，15098 7712 40, 我和桂枝记着;
- `nick`: 小 and the like before a surname: 随车小代;
- `bed`: a name, and not how a patient fares: 3床 高兴 顺产;
- `clear`: what is plainly a name, as words may stand behind it: 4.4班康小满近视;
- `related`: a word that begins with a surname, and does not say how somebody fares: 其弟应当（电话…;
- `lost`: a name, a word that is one as well, or a herb: 退役护士商陆遗失军官证;
- `single`: a surname alone, if it is no word of measure: 丈夫顾——;
- `act`: a word that begins with a surname, and is no verb: 审核 苗圃 2024-05-10;
- `call`: a given name, or one that is said twice: 病例三：朵朵，11月龄;
- `little`: 小 and a surname, or a pet name: 住院处小梅;
- `spelled`: what is written so: 霜降（节气那俩字）;
- `odd`: a herb that begins with a surname, or a word that is a name as well or seldom used: 家长苏木要求;
- `plant`: a herb that begins with a surname: 经办：沉香;
- `own`: as `odd`, or a given name: 他妹妹菊花寄来的;
- `given`: a given name that is no other word: 大伟说车坏了;
- `vocative`: the end of what somebody is called there: 霞啊，;
- `apart`: surname and given name with a gap: 叫秦 岭，;
- `twin`: a character said twice: 财务琳琳;
- `surely`: all that stands there: 名字显示**格, 阿may.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.names.fit import Candidate, Fitting
from deid.detection.names.signed import MEASURES
from deid.detection.names.words import (
    DESCRIBES,
    FUNCTION_SURNAMES,
    FUNCTION_WORDS,
    NOBODY,
    NOBODY_ACTS,
    NOT_NAMES,
    SELDOM_SPEECH,
    STATES,
    shipped_herbs,
)
from deid.detection.prose import shipped_prose
from deid.detection.reading import Reading
from deid.grammar.name import HAN, RARE_WORDS
from deid.regexes import Regex

_WORD = rf"([{HAN}]{{2,3}}?)"
_ENDS = r"(?=[,。;!?、)”\"\n ]|\Z)"
_KIN = "[父母夫妻子女儿兄弟姐妹媳婿孙爷奶姥婆公伯叔姑姨舅]"
_PAPERS = "工伤|劳动|仲裁|体检|检[查验]|病历|病案|[入出住转]院|诊断|身份证|护照|户口本|合同|协议|授权|委托|[入离]职|简历|报告|证明|处方|发票|理赔|保单|投诉|随访|评估|心电图|影像|片子"
_FILE = (
    r"[^\s/\\,;\"]{0,30}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|zip|rar|tiff?|eml|txt|dcm|m4a|mp[34])(?![a-z])"
)
_HEADS = "社长|理事长|会长|场长|法人|老板|堂主|馆主|庄主|掌柜|组长|队长|站长|店长"
_REACHED = r"(?=[ ,(]{1,3}(?:(?:联系)?电话|手机|税号|微信|QQ|身份证|0[0-9]{2,3}-?[0-9]{3}|1[3-9][0-9]))"
_RELATIVES = "配偶|丈夫|妻子|老公|老婆|爱人|儿子|女儿|弟弟|妹妹|哥哥|姐姐|父亲|母亲|(?:(?<=[其之我他她])|(?<![一-鿿]))[父母夫妻子女弟妹兄姐婿媳侄]|(?<=我)儿"
_TOLD_AGE = "(?:[男女],)?(?:(?:19|20)[0-9]{2}年|[0-9一二三四五六七八九十]{1,3}岁|现居|现年|现住|今年[0-9一二三四五六七八九十]{1,3}岁|生于)"
_TOLD_NUMBER = "(?:电话|手机|微信|身份证|证件|驾驶证|护照|收款|联系|卡号|账[户号]|[0-9]{6})"
_NUMBERED = Regex(r"\((?:电话|手机|身份证)[号码]{0,2}[: ]?[0-9]")
_WARDENS = "住院处|收费处|挂号处|前台|药房|导诊台|分诊台|护士站|检验科|病案室|医保办|服务台|收银台|取药窗口"
_PET_ENDS = "(?=[,。;:)、 说帮核打在给让已讲交]|都[行可在]|来[电取找]|\\Z)"
_MOBILE = r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}|1[3-9][0-9]{3}(?: [0-9]{2,4}){2}"
_STAFF = "护士|医[生师]|陪诊[员师]|司机|同事|新?员工|客服|顾问|护工|保安|保洁|志愿者|实习生|规培生|药师|技师|前台|助理|经理|学员|会员|客户|患者|家属"
_SIGNERS = "被保险人|投保人|受益人|法定代表人|法人代表|借款人|担保人|委托人|受托人|[收付]款人|[收寄]件人|联系人|经办人|监护人|责任护士|班主任|负责人|申请人|持卡人|开户人|(?:登记|填报|填表|填写|记录|报告|接待|审核|复核|审批|保管|领取|领用|交接|验收|陪同|送检|采样|调查|举报|投诉|报案|报警|值班|见证|证明|推荐|介绍|主持|承办|主办|跟进|处理|代办|紧急联系|联络|咨询|反映|签收|经手|操作|录入|提交|指定|代理)人|户主"
_MINE = "(?:我|他|她|您|你|咱)(?:家|们)?(?:的)?(?:大|小|二)?(?:儿子|女儿|闺女|孙子|孙女|老婆|老公|爱人|老伴|媳妇|女婿|儿媳|[妈爸哥姐弟妹]|妈妈|爸爸|弟弟|妹妹|哥哥|姐姐|婆婆|公公)"
_AGED = rf"(?=[ ,|(]{{1,3}}[男女](?:[ ,|]{{1,3}}[0-9]{{1,3}}(?:岁(?!以)|[ ,|\n]|\Z)|[ |]{{1,3}}[{HAN}]{{2,8}}(?:[ |,;\n]|\Z)))"
_PARTNER = rf"(?=[与和、][{HAN}]{{2,3}}系(?:夫妻|父[子女]|母[子女]|兄[弟妹]|姐[弟妹]))"
_DAY = r"(?:(?:(?:19|20)?[0-9]{2}[年./-])?[0-9]{1,2}[月./-][0-9]{1,2})"
_POSTS = (
    "术者|主刀|一助|二助|三助|Ⅰ助|Ⅱ助|Ⅲ助|I助|助手|麻醉医?师|主诊|主治|经治|经管|跟诊|抄方|跟诊抄方|带教|督导|编码员|质控员|随访员|回访员|陪诊[员师]|住院医[师生]|"
    "(?:副?主任|主治|主管|责任)医[师生]|责任护士|分诊员|导诊员?|领队|带队|主持人|主讲|讲[者师]|司机|驾驶员|押运员?|跟车员?|跟单员?|接线员|话务员|顾问|管家|医助|调度员?|记录员|联络员"
)
_WHO_SIGNS = "接待|受理|对接|指派|派工|签收|回访|跟[进单]|经办|主管|[派接]单|家属|陪同|[初复终一二三]审|[初复审]核|审批|核[保对]|质[检控]|制[单表]|校对|业务员?|健管师|健康管理师|(?:营养|治疗|康复|咨询|护理|检验|药剂|心理|验光)师|[药技]师|护士长?|客服|坐席|座席|财务|出纳|会计|[仓库]管|行政|人事|供应商|供货人?|联系人"
"""Who did something, before a herb that begins with a surname."""
_SPOKEN_OF = (
    f"{_STAFF}|管家|医助|督导|学生|同学|病人|患儿|家长|老师|教师|职工|工人|老人|居民|村民|房客|租客|店长|专员"
)
_RECORDED = "登记号|住院号|门诊号|病案号|病历号|就诊[卡号]|会员[卡号]|档案号|卡号|编号|床号|挂号|[0-9]{1,3}床"
_SPOUSES = "先生|老公|太太|爱人|老婆|妻子|丈夫|老伴|女儿|儿子|闺女|孩子|宝宝"
_CALLED_AWAY = "调休|请假|休息|有事|生病|不在|下班|轮休|休假|换班|离职|出差"
_FRAMES: tuple[tuple[str, Screened], ...] = tuple(
    (kind, Screened(pattern))
    for kind, pattern in (
        ("called", rf"(?:(?<=[(,;、 \n])|\A)[全真本]名[: ]?{_WORD}{_ENDS}|真的?叫{_WORD}{_ENDS}|(?:到会|参会|出席|与会)[^\n]{{0,120}}(?:营养师|护士|医师|药师|治疗师|咨询师|社工|翻译|客服|顾问){_WORD}(?=[;、。\n])"),
        ("called", rf"(?:(?:我|[她他]|人家|对方|孩子|宝宝|患者|客户|闺女|儿子|女儿|名字)就叫|[全真本]名[叫是]|大名[叫是])[“\"]?{_WORD}{_ENDS}"),
        ("called", rf"[“\"]{_WORD}[”\"](?=[为是](?:姓名|人名|[我他她]的?名字|名字))"),
        ("called", rf"名字(?:是|叫[做作]?)(?![做作]){_WORD}{_ENDS}"),
        ("surname", rf"(?:登记|打印|录入|写|填|印)(?:错)?成了?{_WORD}(?=[,。;\n]|\Z)|(?:抬头|快递|收件)写{_WORD}(?=收|[,。;\n]|\Z)"),
        ("called", rf"[甲乙丙丁]方(?:\([{HAN}]{{2,4}}\))?[: ]{{1,2}}{_WORD}(?=[ ,(]{{1,4}}(?:公民)?(?:身份证|证件号|手机|联系电话|电话|1[3-9][0-9]))"),
        ("called", rf"(?:患者|病人|患儿){_WORD}{_AGED}"),
        ("rare", rf"(?:(?<![{HAN}])|(?<=床)){_WORD}{_AGED}"),
        ("surname", rf"(?:owner|assignee|operator|handler|doctor|nurse|patient|staff|contact|receiver|signer|(?:real|cust|patient|user)_?name|[a-z]+Name)=[“\"']?{_WORD}(?=[&,;\"' \n]|\Z)|[?&\"' ]name=[“\"']?{_WORD}(?=&(?:age|sex|gender|phone|mobile|tel|id))|\Aname={_WORD}(?=&(?:age|sex|gender|phone|mobile|tel|id))"),
        ("surname", rf"(?:{_SIGNERS})(?![代员数选群签]){_WORD}(?=[,。;)\n]|\Z|[ ,(]{{1,3}}(?:{_MOBILE}|电话|手机|身份证|[0-9]{{6}}))"),
        ("rare", rf"(?:(?<=[\n:;。(])|\A){_WORD}(?=[ ,]{{1,2}}(?:{_MOBILE})(?![0-9]))"),
        ("surname", rf"{_MINE}{_WORD}(?=发[烧热]|住院|是[0-9]{{1,3}}[号床]|[0-9]{{1,3}}床|感冒|咳嗽|摔|的报告|的片子|的病历|的号|今年[0-9])|(?:儿子|女儿|闺女|孩子|孙子|孙女|长子|长女|次子|次女){_WORD}(?=[,(]?[0-9]{{1,2}}岁)"),
        ("rare", rf"(?:(?:您|你|老师|医生|大夫)好|喂)[,!。 ]{{1,2}}我是{_WORD}(?=[,。!\n]|\Z)"),
        ("surname", rf"(?<![{HAN}]){_WORD}(?=先生|女士|小姐|太太)(?=..(?:[,。:;!?)\n 您你来说的电要已未]|\Z))"),
        ("noun", rf"(?:(?<![{HAN}])(?!由)|(?<=由)){_WORD}[ ]?(?=代[签办领取收]|本人签[字名收])"),
        ("surname", rf"(?<![{HAN}]){_WORD}(?=之[子女婴妻夫](?![{HAN}]))|(?<![{HAN}]){_WORD}{_PARTNER}"),
        ("surname", rf"(?<=[{HAN}])之[子女妻夫父母]{_WORD}{_ENDS}|其[子女妻夫父母兄弟姐妹]{_WORD}(?=代[诉签述办]|陪同|护送|来电|称|诉|要求)"),
        ("odd", rf"其(?:长|次|大|小|独|幼|养|继)?[子女妻夫父母兄弟姐妹婿媳孙侄]{_WORD}(?=扬言|上访|到[场店司我本]|来[院访店]|签字|同意|拒[绝不]|不[同服满肯愿]|质疑|索赔|提出|纠缠|表示|反映|投诉|报警|起诉|委托|联系|[现今]年|在(?:外|京|沪|[{HAN}]{{2,4}}(?:打工|上班|工作|读书|上学))|[送接背扶带领]|开车|代为|于|为其|照[顾料]|承担|负责|[(,]?(?:电话|手机)?[: ]?1[3-9][0-9])"),
        ("own", rf"(?:[叫喊唤]|称呼)我{_WORD}(?=就[行好可成得]|即可|好[了啦]|吧|得[啦了]|都[行可]|行了)"),
        ("own", rf"(?:邻居|隔壁|对门|同[村乡]|[工室病战]友|老乡|亲戚|闺[蜜密]|朋友|同[事学]|[表堂][姐妹哥弟]|嫂子|弟媳|弟妹|妯娌|侄[子女]|外甥女?){_WORD}(?=给[了她他我您你]|送[来了给她他我]|借[给了她他我]|陪[她他我着]|[说讲](?!明)|帮[她他我忙]|带[她他我着]|介绍|推荐|代[签领]|打[来电过]|[骑开]车|叫[她他我]|搀|扶|背[她他着]|把[她他我])"),
        ("surely", rf"(?:(?<![{HAN}])|(?<=[是叫找跟和给让请等我他她问]))([大二三四五六][丫妞妮狗柱虎]|[大二]毛|[狗铁石毛驴][蛋剩柱]|栓[柱子])(?=给[我他她咱]|[带陪帮送][我他她咱]|[说讲](?!明)|家的|不在家|在家|,)"),
        ("given", rf"(?<![{HAN}])([{HAN}]{{2}})(?=说(?![明话法教服])|(?:[今明昨]天|[上下]午|[今明昨]晚)(?:请假|来|到|去|休息|值班|没来|不来)|转[我你他]了|帮我|请假|没[来到](?!得)|不在家|[接送]我)"),
        ("given", rf"[让叫请问喊催等陪带给]([{HAN}]{{2}})(?=去[接取送拿]|来[接取]|打疫苗|挂个?号|行不行|有没有空|一声|签字|跑一趟|回个?电话|打电话|看病|复查)"),
        ("vocative", rf"(?<![{HAN}])([{HAN}])(?=[啊呀哎哟][,!。])"),
        ("call", rf"(?:[0-9] ?找|别[等找叫怪喊]|揾)([{HAN}]{{2}})(?=[,。;!\n]|\Z)"),
        ("surname", rf"原告{_WORD}(?=[诉与、,])|被告{_WORD}(?=[,。;、与]|借款|辩称|签)|(?<=[\n ])@{_WORD}(?=[ ,:\n]|\Z)|\A@{_WORD}(?=[ ,:\n]|\Z)|(?:致礼|敬礼|此致|敬上|顺颂商祺|谢谢)[!。]?\n[ ]*{_WORD}[ ]*(?=\n)"),
        ("noun", rf"(?:{_STAFF}){_WORD}(?=来电|离职|[入辞]职|报到|请假|[休产病]假|转正|已[到签出]|迟到|未到|旷工|拒接|签收|今[天日]报到|本周休息|投诉|拒绝(?:手术|签字|治疗|住院|检查))"),
        ("noun", rf"(?:[交转]给|移交给?|派给|分给|转交给?|联系(?:我[院司科部]|医院|公司|前台|客服)?){_WORD}(?=[,。;\n]|\Z|处理|跟进|即可|就行|对接)"),
        ("noun", rf"(?<![{HAN}]){_WORD}(?=欠费|欠款[0-9]|已?[缴付退]款[0-9]|已缴费)"),
        ("herb", rf"(?<![{HAN}]){_WORD}(?=(?:医[生师]|老师|主任|护士|教授|大夫|药师|经理|顾问|律师|师傅|总)(?:[,。:;!?)(、\n ]|说|来|[去在您你好查看开接交请的]|\Z))"),
        ("file", rf"(?:{_PAPERS})[_-]{_WORD}(?=\.(?:pdf|docx?|xlsx?|jpe?g|png|zip|txt))"),
        ("any", rf"(?<![{HAN}])([{HAN}]{{2,3}})(?=\((?:大名|学名|全名|本名|真名)[:叫是]?[{HAN}]{{2,4}}\))"),
        ("spelled", rf"(?<![{HAN}])([{HAN}]{{2,3}})(?=\((?:确[系是为]|的确是|就是|真是|系|这是|是)?(?:[他她其]|本人)?的?(?:本名|真名|真实姓名)[,)])"),
        ("spelled", rf"(?<![{HAN}])([{HAN}]{{2,3}})(?=\((?:就是)?[^()]{{0,6}}那[俩两二]个?字)"),
        ("related", rf"(?:{_RELATIVES}){_WORD}(?=\([^()]{{0,4}}{_TOLD_NUMBER}|\([0-9]{{1,3}}岁|,{_TOLD_AGE})|(?:{_RELATIVES})[,:]?[ ]?{_WORD}(?=[ ,/|]{{1,2}}(?:{_TOLD_NUMBER}|1[3-9][0-9][ -][0-9]{{4}}))|配偶([{HAN}]{{2}})(?=[(,;。\n])|(?:患者|其)[父母夫妻]{_WORD}(?=同来|陪同|陪诊|同行|同至)"),
        ("lost", rf"(?:(?<![{HAN}])|(?<=护士|医师|医生|员工|职工|学生|居民|村民|司机|本人|兹有))([{HAN}]{{2,3}})(?=(?:不慎)?(?:遗失|丢失)[{HAN}]{{1,12}}(?:证|卡|照|章|执照|一份|一张|一枚|一本|护照|户口))|(?:经营者|业主|投资人|户主)[: ]?([{HAN}]{{2,3}})(?=[,。;(\n])"),
        ("single", rf"(?:{_RELATIVES}|投保人|委托人|联系人|申请人|患者)[ :]?([{HAN}])(?=——|--|—|…|\.{{3}})|\((?:换|替|顶|找)([{HAN}])\)|[⇄⇌↔⇆]([{HAN}])(?![{HAN}])|(?:(?<![{HAN}])|(?<=[晚早日请和陪接给]))([{HAN}])(?=总(?:一家|夫妇|全家))|(?:司机|护工|保安|门卫|电工|水工):[ ]?([{HAN}])(?=师傅)"),
        ("surely", rf"(?:名字?|户名|姓名|收款人)(?:显示|是|为|:)[为是成]?[“\"]?(\*{{1,3}}[{HAN}]{{1,2}})(?![{HAN}*])|(?<![{HAN}A-Za-z])(阿[A-Z]?[a-z]{{2,8}})(?=[,。;:)(、 \n的]|\Z)"),
        ("little", rf"(?:{_WARDENS})的?(小[{HAN}]){_PET_ENDS}"),
        ("called", rf"(?:注册名|实名|登记名|预留名)[ :是为叫]{{0,2}}{_WORD}{_ENDS}|(?:前台|护士|门卫|保安|司机|护工|客服|仓管){_WORD}处(?=[,。;\n])"),
        ("act", rf"(?:(?<=\n)|\A)[ ]*(?:审核|复核|制表|核对|录入|填表|经办|登记|记录|汇总|校对)[ :]{{1,3}}{_WORD}[ ]{{1,3}}(?=(?:19|20)[0-9]{{2}}[-./年][0-9])"),
        ("call", rf"病[例人][0-9一二三四五六七八九十]{{1,2}}:[ ]?([{HAN}]{{2,3}})(?=\([{HAN}]{{2,4}},|,[ ]?(?:[男女],|[0-9]{{1,2}}(?:月龄|岁|个月)))|(?<![{HAN}])加([{HAN}]{{2}})(?=的?(?:工作|企业|个人)?(?:微信|企微))|(?:给[我您你他她]|要一?下|问一?下|发[我你您]|留)([{HAN}]{{2}})(?=的(?:联系方式|电话|手机|微信|号码))"),
        ("name", rf"(?:[→>,。;\n]|->)[ ]?转(?!归)[ ]?{_WORD}(?=[。;\n]|\Z)"),
        ("pet", rf"(?:患儿|宝宝|孩子|小朋友|宝贝)[: ]{{0,2}}([{HAN}]{{2,3}})(?=\([{HAN}]{{2,4}}\)[, ]{{0,2}}(?:男|女|[0-9]{{1,2}}岁))"),
        ("pet", rf"(?<![{HAN}])(([{HAN}])\2)(?=\([{HAN}]{{2,4}}\))"),
        ("any", rf"(?:小名|乳名)[: ]?(?![叫是为]){_WORD}{_ENDS}"),
        ("surname", rf"(?:社|理事|会|场|站|店|馆|队|组)长(?<!家长){_WORD}{_REACHED}|(?:{_HEADS})[: ]?{_WORD}{_REACHED}"),
        ("surname", rf"(?:接线员|坐席|座席|话务员|客服|咨询师|陪诊[员师]|护士|医[生师]|志愿者|社工|热线|工号)[: ]{{0,2}}[A-Z]{{0,3}}[0-9]{{2,8}}号?[ ]?\({_WORD}\)"),
        ("surname", rf"(?:(?<=\n)|\A)[ ]*(?:单|订单|工单|任务|预约)[0-9]{{1,3}}[ .:、]{{0,2}}(?:客户|患者|会员|老人|病人|乘客){_WORD}(?=[,。;(])|[ ](?:单|订单|工单|任务|预约)[0-9]{{1,3}}[ .:、]{{0,2}}(?:客户|患者|会员|老人|病人|乘客){_WORD}(?=[,。;(])"),
        ("surname", rf"(?<=[{HAN}]、){_WORD}(?=(?:不慎)?(?:遗失|丢失))"),
        ("nick", rf"(?:随车|跟车|开车|陪同|陪诊|带队|护送|经办|值班|接班|[代顶]班|接待|对接|跟进|登记|代[收签办领])[: ]?([小老阿][{HAN}]){_ENDS}|[你我他她您][和跟与]([小老阿][{HAN}])(?=[上这下]周|[昨今前明]天|[上下]午|陪|一起|[来去])"),
        ("kin", rf"(?:儿子|女儿|老公|老婆|爱人|老伴|弟弟|妹妹|哥哥|姐姐|侄[子女]|外甥|孙[子女]){_WORD}(?=[,: ]{{1,2}}(?:电话|手机)?[: ]?(?:{_MOBILE})(?![0-9]))"),
        ("kin", rf"(?<=我[和跟与])([{HAN}]{{2}})(?=记着|商量|结婚|离婚|领证|两口子|是夫妻)"),
        ("bed", rf"[0-9]床[ ]{{1,2}}{_WORD}(?=[ ]{{1,2}}(?:[顺平助]产|剖[宫腹]产|术后|待产|保胎|[男女]|[0-9]{{1,3}}岁|住院号|新[入收转]|[入转]院|转入))"),
        ("surname", rf"我是[{HAN}]{{2,8}}(?:来|介绍|联系|预约|挂号|住院)的{_WORD}{_ENDS}"),
        ("surname", rf"(?<![{HAN}])(?:{_KIN}|徒){_WORD}(?=代[填签诉述办领]|[记抄]?录[,。;\n])"),
        ("name", rf"[那这上][个位次](?:的)?(?:客户|患者|病人|会员|阿姨|大爷|老人|家属),{_WORD}(?=,)"),
        ("name", rf"(?:过户|转让|划转|变更|移交|落户)(?:至|到|给|在){_WORD}(?=名下|[ ,。;)\n]|\Z)"),
        ("name", rf"(?<![回当同专终总])归{_WORD}(?=[,。;]|使用|管理?(?![{HAN}])|负责|保管|开(?=[,。;]))"),
        ("name", rf"(?:[甲乙丙丁双我]方|公司|[我贵]司)(?:书面)?指定{_WORD}(?=[,。;(]|为|担任|作为|负责)"),
        ("name", rf"(?<![0-9])[1-9一二三四五六七八九](?:\.[0-9]{{1,2}}|年级\(?[0-9一二三四五六七八九十]{{1,2}}\)?)班{_WORD}(?=[,。;:( \n]|\Z)"),
        ("clear", rf"(?<![0-9])[1-9一二三四五六七八九](?:\.[0-9]{{1,2}}|年级\(?[0-9一二三四五六七八九十]{{1,2}}\)?)班([{HAN}]{{3}})(?=[{HAN}]{{2}})"),
        ("herb", rf"(?:科|室|中心|门诊|医院|[一二三四五六附]院){_WORD}(?=(?:副?主任|副?教授|医[生师]|大夫|护士|药师|技师))"),
        ("signer", rf"(?:\n|\A)[ ]*{_WORD}[ ]{{1,6}}(?=(?:19|20)[0-9]{{2}}[年./-][0-9]{{1,2}}[月./-][0-9]{{1,2}}日?[ ]*(?:\n|\Z))"),
        ("seldom", rf"(?<![{HAN}])([{HAN}]{{2}})(?=同志(?![们{HAN}]|间)|同志(?:来|说|讲|的|和|与|在|到|于|负责|处理))|(?<=[你我他她]们)([{HAN}]{{2}})(?=同志)|(?<=[请由找让])([{HAN}]{{2}})(?=同志)"),
        ("file", rf"(?:(?<=[/\\\"《=:_ -])|(?<=\n)|\A){_WORD}(?=[_-](?:{_PAPERS}){_FILE})"),
        ("file", rf"(?<![{HAN}]){_WORD}(?=的?(?:{_PAPERS}){_FILE})"),
        ("odd", rf"(?:(?<![{HAN}])|(?<=[这是那把将拿取看找联系])){_WORD}(?=的(?:电话|手机|微信|片子|病历|病案|医保卡|就诊卡|身份证|家属|爱人))"),
        ("odd", rf"(?<![{HAN}]){_WORD}(?=本人(?:来|签|领|取|不|说|同意|要求|[,。;]))"),
        ("odd", rf"(?:患者|病人|患儿|病员|产妇|老人){_WORD}(?=退[烧热]|血[压糖](?:平稳|正常|偏|[0-9])|体温[正平]|转[入出][^出入]|[入出]院)"),
        ("odd", rf"[0-9]床[ :]?{_WORD}(?=,(?:[男女]|[0-9]{{1,3}}岁|术后|[今昨][日天](?:手术|出院|入院))|[今昨]晚|术后|转[入出])"),
        ("plant", rf"(?<![{HAN}])(?:{_POSTS}|{_WHO_SIGNS})(?:[: ]{{1,2}}{_WORD}(?=[ ,;。)\n]|\Z)|{_WORD}(?=[ ]{{0,2}}[|/][ ]{{0,2}}(?:QQ|微信|电话|手机|1[3-9])))"),
        ("odd", rf"(?:护士长|药剂?师|护士|顾问|管家|店长|助理|同事|司机|陪诊[员师]|护工|车主|乘客|旅客|学员|领队|导游|保洁|保安)(?:是|叫)?{_WORD}(?=[,。;)\n/]|\Z|[ ]?[京津沪渝川黔滇云桂琼粤闽浙苏皖赣湘鄂豫冀晋蒙辽吉黑陕甘宁青新藏鲁][A-Z]|签发|陪同|送[来去]|接[走的]|代[班领取])"),
        ("plant", rf"(?:\A|\n)[ ]*\[{_WORD}(?=\][ ]?[0-2]?[0-9]:)|(?:\A|\n)[ ]*{_WORD}(?=@[{HAN}]{{2,12}}[: \n])"),
        ("odd", rf"(?:致|亲爱的|尊敬的|下一位:?|下一个:?){_WORD}(?=[:!]|[ ]?(?:\n|\Z))"),
        ("odd", rf"(?<![{HAN}]){_WORD}(?=[,:!][ ]?[您你]好[!。,])"),
        ("odd", rf"请{_WORD}(?=到[0-9一二三四五六七八九十]{{1,2}}号?(?:窗口|诊室|诊间|室))|(?<=[0-9]号[ ]){_WORD}(?=[ ]?请到)"),
        ("odd", rf"投诉{_WORD}(?=迟到|早退|态度|推诿|骂人|失职|乱收费)"),
        ("odd", rf"(?<![{HAN}]){_WORD}(?=(?:补充|汇报|发言|强调|总结|通报|提问|追问)[: ])"),
        ("related", rf"(?:客户|病人|家属|司机|护工|保姆|月嫂|同事|邻居|房东|阿姨|师傅|老板娘?|掌柜|店[主长]|经理|同学|孩子|娃娃?|媳妇|村医|[队组站班科]长|负责人|联系人|[室病工战队网]友|搭档|老乡|男朋友|女朋友|对象|学员|徒弟|师[傅父]|新(?:来的?|任的?|换的?)?(?:主任|[院校科所处站队部]长|经理|医[生师]|护士|护工|老师|领导|阿姨|司机))(?:的名字|名字|[就也名]|真的?)?叫(?:做|作)?{_WORD}(?=[,。;(!?的\n]|\Z)"),
        ("own", rf"(?:(?<![{HAN}])|(?<=是)|(?<=给)){_WORD}(?=[他她](?:家)?(?:[爸妈爹娘奶爷哥姐舅婶]|媳妇|男人|老公|老婆)[{HAN},。])"),
        ("post", rf"(?<![{HAN}])(?:{_POSTS})[ ]{{1,3}}{_WORD}(?=[ ,;、。(/\n]|\Z)"),
        ("own", rf"(?<=[、,;])(?:{_POSTS}){_WORD}(?=[、,;。(])"),
        ("odd", rf"(?:(?<![{HAN}])|(?<=[请由让找派])){_WORD}(?=\((?:采购|库管|仓库|药房|进修|跟诊|规培|实习|见习|客户|会员|顾客|患者|病人|家属|家长|[父母夫妻儿女子]|(?:患者)?本人|配偶|丈夫|妻子|爱人|老公|老婆|女儿|儿子|父亲|母亲|姐姐|妹妹|哥哥|弟弟|孙[子女]|同事|朋友|邻居|法务|财务|出纳|会计|人事|行政|运营|销售|商务|客服|前台|顾问|助理|医助|陪诊|司机|翻译|护工|护士|医生|医师|老板|总经理|经理|主管|店长|VIP)[ ,;)])"),
        ("related", rf"(?:病人|患者|患儿|客户|会员|顾客|产妇|老人|家长|家属|乘客|预约人){_WORD}(?=[ ,(]{{1,2}}(?:{_RECORDED}))"),
        ("related", rf"([{HAN}])某{{1,2}}\((?:[{HAN}]{{1,4}}[,:])?(\1[{HAN}]{{1,2}})(?=[,)])"),
        ("surname", rf"(?:匹配|关联|绑定|命中|签约)(?:到的?)?(?:客户|会员|患者|病人|预约人|联系人|就诊人|用户|家属)[: ]{{1,2}}{_WORD}(?=[ ,;(\n]|\Z)"),
        ("surname", rf"(?:(?:对方|好友)备注名?|备注名|聊天对象|会话对象|聊天对方)[: ]{{1,2}}{_WORD}(?=[ ,;(\n]|\Z)"),
        ("surname", rf"(?:\A|\n)[ ]*{_WORD}[ ]{{1,4}}(?:排|制|编|填|记|录|拟|签|阅|报|审|核|批|整理|汇总|登记|录入|制表|排班|填报|代笔|记录|校对|发布)[ ]{{1,4}}(?={_DAY})"),
        ("surname", rf"(?:{_SPOKEN_OF}){_WORD}(?=[ ,(:]{{0,2}}(?:电话|手机|微信)?[: ]?(?:{_MOBILE})(?![0-9])|来电[: ]?1[3-9][0-9]|[0-2]?[0-9]:[0-5][0-9][前左]?[后右]?到)"),
        ("odd", rf"(?:{_SPOKEN_OF}){_WORD}(?=来电|打来|要求|表示|称[其他她我]|签[字署名]|投诉|询问|都[行可]|到场|已[阅到签知]|代班|[上下]岗|下班)"),
        ("herb", rf"(?:{_SPOKEN_OF}){_WORD}(?=跳楼|坠楼|割腕|自残|轻生|走失|失联|晕倒|摔[倒伤]|受伤|报警|逃课|旷课)"),
        ("odd", rf"(?:(?<![{HAN}])|(?<=[别不次])|(?<=今天|明天|昨天))[让叫请由派找]{_WORD}(?=去(?:[你您我他她]|那边|看看|送|取|接|拿|办|一趟|现场)|来(?:送|取|接|拿|一趟)|跑一趟)"),
        ("odd", rf"(?:(?<![{HAN}])|(?<=[让叫请由派次])){_WORD}(?=来?验货|来?收货|来?对账)"),
        ("own", rf"(?:我|他|她|您|你|咱|其)(?:家)?的?(?:大|小|二|三)?(?:{_SPOUSES}|妹妹|弟弟|哥哥|姐姐|爸爸|妈妈|父亲|母亲|公公|婆婆|岳[父母]|婶婶|姑姑|阿姨|外甥女?|侄[子女儿]|孙[子女]|[爸妈哥姐弟妹叔姑姨婶舅嫂侄]){_WORD}(?=寄|送来|带来|陪[我他她着]|打来|来电|打电话|签字|告诉|替[我他她]|做过|做了|查出|得了|患[有上了]|去世|走了|住院)"),
        ("own", rf"(?:喊|叫|唤)(?:他|她|我|您|你|人家|老人)[“\"]([{HAN}]{{2,3}})[”\"]"),
        ("called", rf"(?<![{HAN}]){_WORD}(?=是不是(?:真名|本名|人名|真实姓名|化名|名字))"),
        ("odd", rf"(?<![{HAN}]){_WORD}(?=这个?名[字儿])"),
        ("apart", rf"(?:(?<![{HAN}])|(?<=[他她我字]))叫[ ]?([{HAN}][ ][{HAN}])(?=[,。;、)])"),
        ("kin", rf"(?:医[师生]|护士|药师|技师){_WORD}(?=(?:执业|资格)证)"),
        ("related", rf"(?:(?<![{HAN}])|(?<=[由从将])){_WORD}(?=名下)"),
        ("related", rf"叫什么(?:名字)?(?:来着)?[^{HAN}\n]{{1,8}}{_WORD}(?=[,。](?:对|是)|吧)"),
        ("own", rf"(?:小结|记录|备注|跟进|回访|沟通|纪要|随访|摘要)\((?:{_POSTS}|坐席|座席|客服)?{_WORD}(?=,[ ]?{_DAY})"),
        ("surname", rf"(?<=[,(])(?:坐席|座席|客服|接线员|话务员|顾问|管家|医助|护士|医[生师]|药师){_WORD}(?=\))"),
        ("any", rf"我是[{HAN}]{{2,8}}的([{HAN}]{{2,3}})(?=,(?:大名|全名|本名|真名|学名))"),
        ("surname", rf"(?<![{HAN}]){_WORD}(?=顶[;,。\n])"),
        ("name", rf"(?<![{HAN}]){_WORD}(?=扣(?:绩效|奖金|工资|[0-9]{{1,3}}分|[0-9]{{2,4}}元)|罚款[0-9]|记过|通报批评|停职|停班|写检讨)"),
        ("name", rf"(?<![{HAN}]){_WORD}(?=[ ,]{{1,2}}(?:地址不[详清]|查无此人|无此人|拒收|无人签收|电话不通|退回))"),
        ("related", rf"联[系络]人[: ]{{0,2}}[甲乙丙丁]方{_WORD}(?=\()|[甲乙丙丁]方{_WORD}(?=\((?:[A-Za-z0-9._-]{{3,30}}@|(?:{_MOBILE})))"),
        ("odd", rf"(?:(?<![{HAN}])|(?<=另外)|(?<=还有)|(?<=其中)){_WORD}(?=血[压糖](?:量|测|复测|又|一直)|体重(?:量|称))"),
        ("odd", rf"(?:{_CALLED_AWAY})了?,?换{_WORD}(?=[,。;!]|来|顶|上|\Z)"),
        ("surname", rf"(?<![{HAN}])我{_WORD}(?=,我?(?:{_SPOUSES})[{HAN}]{{2,3}}[,。])|(?:(?<=[^{HAN}]我[{HAN}]{{2}},)|(?<=[^{HAN}]我[{HAN}]{{3}},))我?(?:{_SPOUSES}){_WORD}(?=[,。])"),
        ("noun", rf"[{HAN}](?:太太|夫人|老太)\({_WORD}(?=\))"),
        ("called", rf"(?:(?<![{HAN}])|(?<=复核)|(?<=审核)|(?<=经办)|(?<=记录)|(?<=医生)|(?<=护士)|(?<=患者)|(?<=客户)|(?<=顾问)){_WORD}(?=\((?:此?[为是系]|这是|就是|确[系是为])?(?:人名|姓名|名字)[,)])"),
        ("odd", rf"(?:查看|包括|涉及|通知|安排|组织|其中){_WORD}(?=等(?:[0-9一二两三四五六七八九十几多]{{1,3}}[人名位]|人[,。的]|同志|员工|特种|岗位|患者|客户|同事))"),
        ("odd", rf"(?<![{HAN}])(?:总?指挥|领队|带队|主持|主讲|司仪|监考|安全员|联络员){_WORD}(?=[,;。\n])"),
        ("act", rf"主持人?[ :][^\n]{{2,20}}[ ]记录人?[ :]{_WORD}(?=[ \n])"),
        ("kin", rf"(?<=[,(])[父母夫妻子女儿婿媳]{_WORD}(?=签字|代签|陪同|代办|在场|到场|同意)"),
        ("single", rf"([{HAN}])(?=(?:Sir|sir|Madam)(?![A-Za-z]))"),
        ("single", rf"(?:收件人?|快递|抬头|名字)就?写([{HAN}])(?=[,。;])|[念读叫写打喊看听]成了?([{HAN}])(?=先生|女士|医[生师]|主任|老师|[院行科站组]长|总|教授|经理|护士|大夫|师傅)|(?:[您你]说|姓)([{HAN}])(?=还是[{HAN}][?,。])|(?:(?<=[您你]说[{HAN}]还是)|(?<=姓[{HAN}]还是))([{HAN}])(?=[?,。])"),
        ("single", rf"(?:(?<![{HAN}])|(?<=[问请找跟给让由听和与叫下])|(?<=我们)|(?<=咱们))([{HAN}])院(?=[说话讲批嘱已在要也]|同意|签字|安排|交代|的意见|…|,[他她])"),
        ("single", rf"姓(?!名)[{HAN}](?:,[^。\n,]{{0,8}})?,不是([{HAN}])(?=[,。;!\n]|\Z)"),
        ("single", rf"按([{HAN}])(?=的?意见(?:出|执行|办|处理|修改|填))"),
        ("single", rf"姓名:[ ]{{0,2}}([{HAN}])(?=[ ]{{1,6}}(?:—|-|\(|性别|年龄))"),
        ("single", rf"(?:制表|编制|审核|填报|汇总|录入|出具|整理|核对|登记|复核)[: ][{HAN}]{{2,6}}[部科室处组] ([{HAN}])(?=[ \n])"),
        ("single", rf"(?:[站组队店科社]长|主任|医生|护士|司机|师傅|经理|主管|保安|电工|房东)([{HAN}])(?=[ :]?1[3-9][0-9])"),
        ("single", rf"(?:坐席|座席|客服|工号|接线员|热线|话务员)[0-9]{{2,8}}号?([{HAN}])(?=[,。:;)])"),
        ("single", rf"(?:\n[ ]*|[部室处科组店司心社院][ ]{{1,4}})([{HAN}])[ ]{{0,2}}(?:敬上|谨上|敬启|谨启|拜上|顿首|手书)(?=[ ]*(?:\n|\Z))"),
        ("surely", rf"姓([{HAN}])(?=还是姓[{HAN}])|(?<=还是)姓([{HAN}])(?=[,。?])"),
        ("nick", rf"(?:我们|咱们|[{HAN}](?:科|部|室|组|店|队))(小[{HAN}])(?=天天|每天|老是|[,。;)、]|在|去|来)|[借找问向托](老[{HAN}])(?=的(?:车|手机|微信|卡|号)|[借要拿问])"),
        ("own", rf"(?<![{HAN}]){_WORD}(?=在[{HAN}]{{2,4}}(?:打工|上班|上学|读书|当兵)|[不没]接(?:[我她他])?电话)"),
        ("twin", rf"(?:财务|前台|客服|会计|出纳|人事|护士|药房|检验|收费|行政|运营|助理|医助|店长)(([{HAN}])\2)(?=[,。;:)、 \n在说]|电话|收|代|签|已|\Z)|(?<![{HAN}])(?:想[起到]|可怜|心疼)(([{HAN}])\4)(?=才|还|[,。])"),
    )
)  # fmt: skip
_ANY_FRAME = sum(frame.bit for _, frame in _FRAMES)
_OF_HOUSE = Screened(
    rf"(?:(?<=[\n /、,;:(])|\A){_KIN}[ ]?([{HAN}]{{2,3}})[ ]?(?=[0-9]{{1,3}}(?:岁)?[ ]*(?:[/、,;)\n]|[ ]{_KIN}|\Z))"
)
"""父訾广林 74 / 母邰玉珍 71 / 女圆圆 6."""
_FARES = frozenset("安静 平静 安稳 平稳 康复 满意 乐观".split())
"""How patients fare, where somebody lies in a bed."""
_BODIES = frozenset("公安 边防 海关 安保 居委 计生 农办 商务 机要 党委 支部 工会 政法 司法".split())
_GOOD, _CLEAR = 0.55, 0.8
"""Quality of what is a name in such a frame, and of what is one anywhere."""
_EVERYDAY = 3000
"""How often jieba's dictionary counts words of which nobody is called."""
_RARELY = 400
"""How often it counts those that stand by themselves before a number and are no name: 水果, 房屋."""
_ENDS_OFFICE = frozenset("方处部委户员所站组科室院局司厅办会权")
_LIKE = 0.3
"""Quality of what begins with a surname and may be a name of three characters, though a poor one."""
_NO_PET = frozenset("dvmtzrca")
"""Parts of speech of words said twice that call nobody: 刚刚, 谢谢."""
_SELDOM = 50
"""How often jieba's dictionary counts words after which no file is called."""


class MeantNames:
    """Words and others, where nobody but a person can stand."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._grammar = fitting.grammar

    def find(self, reading: Reading) -> Iterator[Candidate]:
        passing = reading.screens & _ANY_FRAME
        for kind, frame in _FRAMES if passing else ():
            for match in reading.finditer(frame) if passing & frame.bit else ():
                span = match.span(match.lastindex or 0)
                if self._may_be(reading, *span, kind):
                    yield Candidate(*span, 0.85, ("required", "meant"))
        household = list(reading.finditer(_OF_HOUSE))
        for match in household if len(household) > 1 else ():
            if self._is_of_house(reading, *match.span(1)):
                yield Candidate(*match.span(1), 0.85, ("required", "household"))

    def _may_be(self, reading: Reading, start: int, end: int, kind: str) -> bool:
        word, words = reading.text[start:end], self._fitting.words
        if kind == "surely":
            return True
        if kind == "single":
            driver = reading.text.startswith("师傅", end)
            if driver:
                return word == "那" or word in self._grammar.every_surname
            field = reading.text[start - 1 : start] in ": " and word in self._grammar.rare_surnames
            plain = word in MEASURES or word in FUNCTION_SURNAMES
            return field or (word in self._grammar.surnames and not plain)
        if kind == "vocative":
            return word not in MEASURES and any(sign + word in reading.text for sign in "阿小")
        if kind == "apart":
            name = word.replace(" ", "")
            return self._begins(name) and not (name in words.roles or FUNCTION_WORDS & set(name))
        if kind == "little":
            return word[1] in self._grammar.surnames or self._fitting.is_call_name(word)
        if word in words.roles or word in words.titles or word in NOT_NAMES or word in NOBODY_ACTS:
            return False
        if (
            word[-1] == "族"
            or word in _BODIES
            or FUNCTION_WORDS & set(word[1:])
            or reading.is_cue(start, end)
        ):
            return False
        medical = shipped_prose().is_medical(word)
        if medical and word not in shipped_herbs() and kind != "file":
            return False
        if kind in ("any", "pet"):
            whole = reading.text[end + 1 : reading.text.find(")", end)]
            return not medical and (kind == "any" or self._grammar.quality(whole) >= _GOOD)
        if kind in ("called", "surname", "noun"):
            return self._begins(word) and (
                kind == "called" or self._is_odd(reading, word, noun=kind == "noun")
            )
        if kind == "nick":
            return self._is_nick(word) and reading.known(word) < _SELDOM  # 小时
        if kind == "kin":
            begins = self._grammar.surname_length(word) > 0 or word[0] in self._grammar.rare_surnames
            return word not in NOBODY and (begins or medical or word in self._grammar.given_names)
        if kind == "bed" and word in _FARES:
            return False
        if kind == "rare":
            verb = word_list().part_of_speech(word).startswith("v") or reading.known(word) > _RARELY
            other = not medical and (verb or self._is_of_map(word))
            return not other and self._is_odd(reading, word, noun=True) and self._begins(word)
        if kind == "act":
            plain = word[0] in FUNCTION_SURNAMES or word in NOBODY or self._fitting.is_verb_of(reading, word)
            return self._begins(word) and not plain
        if kind == "call":
            when = word in NOBODY or word_list().part_of_speech(word)[:1] in ("t", "d")
            return not (medical or when) and self._fitting.is_call_name(word)
        if kind == "spelled":
            return not medical or self._begins(word)
        if kind == "related":
            told = (
                word in NOBODY
                or word in STATES | DESCRIBES
                or (len(word) > 2 and (medical or self._grammar.quality(word) < _LIKE))
            )
            numbered = _NUMBERED.match(reading.text, end)
            return self._begins(word) and bool(numbered or not told)
        if kind == "lost" and medical:
            return self._begins(word)
        if kind == "post":
            given = word in self._grammar.given_names or word in self._grammar.name_like_words
            given = given and word not in STATES | DESCRIBES
            return (self._begins(word) and self._is_odd(reading, word, noun=True)) or (given and not medical)
        if kind == "plant":
            return medical and self._begins(word)
        if kind == "given":
            known = reading.known(word)
            return word in self._grammar.given_names and (
                not known or word_list().part_of_speech(word).startswith("nr")
            )
        if kind in ("odd", "own") and word[-1] == "地":
            return False  # 同事高兴地说
        if kind in ("odd", "own"):
            odd = self._begins(word) and (medical or self._is_seldom(reading, word))
            called = medical or word in self._grammar.given_names or self._is_nick(word)
            return odd or (kind == "own" and called)
        if kind == "twin":
            return word_list().part_of_speech(word)[:1] not in _NO_PET
        if kind == "herb":
            herb = medical or word in self._grammar.name_like_words
            return herb and self._begins(word)
        if kind == "clear":
            return self._grammar.quality(word) >= _CLEAR and self._fitting.cut_out(reading, start, end)
        if kind == "seldom" and self._fitting.is_seldom_word(reading, word):
            return True
        if kind == "signer" and (word in STATES | DESCRIBES or self._grammar.is_rarely_named(word)):
            return word not in STATES | DESCRIBES and not reading.known(word)
        return self._is_name(reading, start, end, of_file=kind == "file")

    def _begins(self, word: str) -> bool:
        """Whether a surname begins the word, and something follows it."""
        return 0 < self._grammar.surname_length(word) < len(word)

    def _is_odd(self, reading: Reading, word: str, *, noun: bool) -> bool:
        """Whether a word may be somebody's name, though an odd one: no office, and none of those that everybody uses."""
        if (
            word in NOBODY
            or word in (STATES | DESCRIBES) - {"高兴", "平安"}
            or word[-1] in _ENDS_OFFICE
            or word[0] == "权"
        ):
            return False
        if (len(word) == 2 and word[0] in FUNCTION_SURNAMES and word not in shipped_herbs()) or reading.known(
            word
        ) > _EVERYDAY:
            return False
        if len(word) == 3 and self._grammar.quality(word) < _GOOD and word not in shipped_herbs():
            return False
        if noun and self._is_of_map(word) and word not in self._grammar.name_like_words:
            return False
        return not noun or word_list().part_of_speech(word)[:1] not in SELDOM_SPEECH

    def _is_nick(self, word: str) -> bool:
        """小代, 老禄, 小那."""
        known = self._grammar.surnames | self._grammar.rare_surnames - RARE_WORDS | {"那"}
        return word[0] in "小老阿" and len(word) == 2 and word[1] in known

    def _is_seldom(self, reading: Reading, word: str) -> bool:
        """Whether it is a word that is a name as well, or seldom used, and says neither how nor when."""
        if word in NOBODY or word in STATES | DESCRIBES | _FARES:
            return False
        if word[0] in "全代" and word not in self._grammar.name_like_words:
            return False  # 车主全责, 护士长代签
        seldom = self._fitting.is_seldom_word(reading, word) and not self._is_of_map(word)
        speech = word_list().part_of_speech(word)[:1]
        return word in self._grammar.name_like_words or (seldom and speech not in SELDOM_SPEECH | {"v"})

    def _is_name(self, reading: Reading, start: int, end: int, *, of_file: bool) -> bool:
        """Whether it looks like a name, or is a word that is one as well; of a file also what names seldom hold: 战鹰."""
        word = reading.text[start:end]
        if word in NOBODY or shipped_prose().is_medical(word) or (of_file and self._is_of_map(word)):
            return False
        surname = self._begins(word)
        if word in self._grammar.name_like_words:
            return surname
        if word in self._grammar.given_names:
            return not of_file
        if not surname or (len(word) == 2 and word[0] in FUNCTION_SURNAMES):
            return False
        if word_list().part_of_speech(word).startswith("nr") and self._grammar.quality(word) >= _CLEAR:
            return True  # 胡杨
        if reading.known(word) > (_SELDOM if of_file else 0):
            return False
        whole = len(word) == 2 or not any(reading.known(part) for part in (word[:2], word[1:]))
        return self._grammar.quality(word) >= _GOOD or whole

    def _is_of_map(self, word: str) -> bool:
        """江苏, 华东: after places files are called as well."""
        return self._fitting.is_place(word) or word_list().part_of_speech(word) == "ns"

    def _is_of_house(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a member of a household is called so: 圆圆, 廖小雨, but not 性 nor 父母."""
        word = reading.text[start:end]
        if word == 2 * word[0] and len(word) == 2:
            return True
        return self._is_name(reading, start, end, of_file=False)
