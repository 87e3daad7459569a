"""What people call themselves in the net, or are called by others, behind the word that says so: 网友“草原骑士”, 外号叫大牙.

Such a name may be any words. So what tells it is the cue together with quotes, or with what ends it (网名一叶知秋，);
the quotes of ordinary words (网友“点赞”, 所谓“好转”) have neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Forms, Screened
from deid.detection.reading import Reading
from deid.grammar.name import HAN
from deid.regexes import Regex
from deid.types import Detection

NICKNAME = "nickname"
_WHO = "网友|网民|博主|[uU][pP]主|博友|病友|肾友|糖友|癌友|群友|坛友|书友|楼主|用户|会员|玩家|主播|粉丝|买家|宝妈|家长|患友|车友|骑手|团长|榜一大哥"
_PERSON = f"{_WHO}|患者|病人|男子|女子|男人|女人|小伙|姑娘|男孩|女孩|男生|女生|大哥|大姐|阿姨|大爷|朋友|老师|那位|那个|这位|家属"
_NET = "网名|网络名|网络昵称|网络ID|网上ID|昵称|微信名|微博名|抖音名|快手名|QQ名|群名片|花名"
_ACCOUNT = f"{_NET}|ID"
_NICK = "绰号|外号|诨名|诨号|小名|乳名|艺名|笔名"
_QUOTED = r"[\"“‘「『]([^\n\"“”‘’「」『』。;!?,:]{1,16})[\"”’」』]"
_NO_STAFF = r"(?![^\n\"“”「」『』]{0,8}(?:会计|顾问|医生|大夫|护士|主任|老师|助理|客服|经理|[姐哥总]))"
_MEMBER = r"[\"“「『][^\n\"“”「」『』]{1,16}[\"”」』]"
_TO_MEMBER = rf"(?:邀请了?|将|把)[ ]?{_MEMBER}[ ]?(?:加入|移出)了?群|拍了拍[ ]?{_MEMBER}|通过扫描[ ]?{_MEMBER}[ ]?分享的二维码"
"""What programs tell of members of a group: “莲藕排骨”邀请“抗癌小战士”加入了群聊."""
_GROUPED = rf"[\"“「『]{_NO_STAFF}([^\n\"“”「」『』。;!?,:]{{1,16}})[\"”」』]"
_PICTURES = "❤♥♡☀-➿\ufe0f🀀-🫿"
_BARE = rf"([A-Za-z0-9_·{HAN}{_PICTURES}\-]{{2,10}}?)"
_IS = r"(?:是叫|就?叫做?|喊做?|称作|[为是作])"
_ENDS = rf"(?=[,。;)、!\n]|\Z|的(?:{_PERSON}))"
_ACTS = r"(?=[ ]?(?:说|称|表示|反[映馈]|[提发追]?问|留言|评论|回复|写道|在|发[来帖文布了表]|给|吐槽|分享|晒|私信|投诉|来自|打赏|举报|刷了|提交|申请|爆料|催|质疑|推荐|提醒|[预下]约|下单|付款|转账|点赞|认为|透露|求助|咨询|[,、:;)和与也的。]|\Z))"
_BUYS = "[ ]?(?:已|又|刚|昨天|今天|上周)?(?:付款|下单|转介绍|介绍|预约|来电|续费|续单|退款|退单|报名|充值|到店|到诊|签约|加急|取消|改期|私信|留言|要求退|说[,:我])"
"""What a client does whose nickname stands there."""
_NICKNAME_OF = "(?:用户|买家|客户|会员|微信|微博|抖音|QQ|B站|小红书)昵称"
_PLATFORM = "小红书|抖音|快手|微博|知乎|B站|豆瓣|贴吧|头条|百度|淘宝|京东|拼多多|美团|饿了么|大众点评|闲鱼|支付宝|滴滴|好大夫|丁香园|视频号"
_SOMEBODY_THERE = "用户|网友|粉丝|博主|主播|达人|买家|卖家|会员|客户|老铁|骑手|[uU][pP]主"
_IN_FIELD = (
    f"用户名|{_NICKNAME_OF}|群昵称|群名片|登[录陆]名|(?:操作|登[录陆]|系统|用户|会员|平台|B站|微博|抖音|知乎|快手)?[账帐]号"
    "|(?:评论|发帖|提问|留言|回帖|点赞)(?:人|者)|(?:订单|下单|打赏|评论|留言|提问|当前|操作|登[录陆])用户|UP主"
)
_FORMS = Forms(
    (kind, Screened(pattern))
    for kind, pattern in (
        ("USERNAME", rf"(?:{_WHO})[ ]?{_QUOTED}{_ACTS}"),
        ("USERNAME", rf"(?:(?<=\n)|\A)[ ]{{0,4}}{_BARE}(?=[ ]{{1,3}}发表于[ :]{{0,2}}[0-9]{{2,4}}[-/.年])"),
        ("USERNAME", rf"(?:{_ACCOUNT})[ ]?(?:{_IS}|:)?[ ]?{_QUOTED}"),
        ("PERSON", rf"(?:{_NICK})[ ]?(?:{_IS}|:)?[ ]?{_QUOTED}(?!的(?!{_PERSON}))"),
        (
            "PERSON",
            rf"人称[ ]?[\"“‘「『]([^\n\"“”‘’「」『』。;!?,:的]{{1,4}})(?<![帮党派城乡都])[\"”’」』](?!的(?!{_PERSON}))",
        ),
        ("USERNAME", rf"(?:{_ACCOUNT}){_IS}{_BARE}{_ENDS}"),
        ("PERSON", rf"(?:{_NICK}){_IS}{_BARE}{_ENDS}"),
        ("USERNAME", rf"(?<![{HAN}])(?:{_NET}){_BARE}(?=[,。;)])|(?:网名|微信名|QQ名|昵称){_BARE}{_ENDS}"),
        ("PERSON", rf"(?:绰号|外号|诨名|江湖人称):?{_BARE}{_ENDS}"),
        ("USERNAME", rf"叫(?:做)?(?:{_QUOTED}|{_BARE})(?=的(?:{_WHO}))"),
        ("USERNAME", rf"(?:网友|网民|病友|群友|博主|楼主|用户)名?叫{_BARE}{_ENDS}"),
        (
            "USERNAME",
            rf"\((?:{_NET})[ ]{{1,2}}([A-Za-z0-9_.·{HAN}\-]{{2,12}})(?=\))",
        ),
        ("USERNAME", rf"(?:{_NET})[ ]?[由从]{_QUOTED}(?=改[为成]|变[为成]|换成)"),
        ("USERNAME", rf"(?:{_NET})[ ]?[由从][^\n]{{2,20}}(?:改[为成]|变[为成]|换成)[ ]?{_QUOTED}"),
        (
            "USERNAME",
            rf"{_GROUPED}(?=[ ]?(?:修改了?群名[为称]|(?:加入|退出)了群聊|{_TO_MEMBER}))",
        ),
        (
            "USERNAME",
            rf"[\"”」』][ ]?(?:邀请了?|将|把|拍了拍)[ ]?{_GROUPED}(?=[ ]?(?:加入了?群|移出了?群)|[ ]?(?:\n|\Z))",
        ),
        ("PERSON", rf"(?:名叫|[一这那][位个]叫|有个叫){_QUOTED}(?=的(?:{_PERSON}))"),
        (
            "USERNAME",
            rf"(?:(?<=\n)|(?<=[,。;!? ])|\A)(?:网友|病友|群友|博友){_BARE}(?=:)|(?<![楼博U主])(?:楼主|博主|[uU][pP]主|主播|店主){_BARE}(?=:)",
        ),
        (
            "USERNAME",
            rf"(?:[账帐]号|用户名|会员名|头条|小红书|抖音|平台上?)[原还也都]?(?:来)?叫做?{_BARE}{_ENDS}|会员名是{_BARE}{_ENDS}",
        ),
        (
            "USERNAME",
            rf"感谢{_BARE}(?=(?:老板|大哥)?(?:送?的)(?:火箭|嘉年华|小心心|礼物|打赏|跑车|飞机))|欢迎(?![新老各]){_BARE}(?=进入?(?:直播间|群|圈))",
        ),
        (
            "USERNAME",
            rf"(?=[\"“「『][^\n\"”」』]{{3}}){_GROUPED}(?=[ ]?撤回了(?:一条|[0-9]{{1,2}}条)?消息)",
        ),
        (
            "USERNAME",
            rf"(?:(?<=\n)|\A)[ ]*(?:楼主|沙发|板凳|地板)[ ]{{1,3}}(?!楼主){_BARE}(?=[ ]?:|[ ]{{1,3}}发表于)",
        ),
        (
            "USERNAME",
            rf"(?:(?<=\n)|\A)[ ]*(?:用户|网友|提问者?)[ ]{{1,2}}{_BARE}(?=[ ]{{1,3}}20[0-9]{{2}}[-/.年])|[与和跟]{_GROUPED}(?=的(?:会话|聊天|对话))",
        ),
        ("USERNAME", rf"用户{_BARE}(?=(?:留言|评论|追评|提问|回复|反馈)[:“\"])"),
    )
)
_NEXT_FIELD = rf"[ ]{{1,3}}(?:[{HAN}]{{2,5}}[ ]?:|20[0-9]{{2}}[-/.年]|[01]?[0-9][-/.月][0-3]?[0-9])"
"""The next label, or a day."""
_FIELDS = Forms(
    ("USERNAME", Screened(pattern))
    for pattern in (
        rf"(?:(?:{_IN_FIELD})[ ]?:[ ]?|{_NICKNAME_OF}[ ])([A-Za-z0-9_·{HAN}{_PICTURES}\-]{{2,14}}?)(?=[ ]{{0,2}}(?:[,;()|\n]|\Z)|{_NEXT_FIELD})",
        r"(?:昵称|网名|微信名)(?=[A-Za-z]{0,16}[0-9_\-])([A-Za-z][A-Za-z0-9_\-]{3,20})(?=[,;。)])",
    )
)
"""Fields of a form, which may hold anything else as well: 账号：旅行的猫, 账号：招商银行."""
_LOOSE = Forms(
    ("USERNAME", Screened(pattern))
    for pattern in (
        rf"(?:网上|网络上|圈里|圈内|群里|论坛上?|直播间|游戏里|贴吧里?|平台上)(?:大家|都|人家|别人|[她他我])?(?:管[她他我])?(?:被?[叫喊称])[她他我作为做]{{0,2}}{_QUOTED}|(?:我|[她他])在(?:群里|网上|论坛上?|游戏里|贴吧里?|平台上?)叫{_BARE}{_ENDS}",
        rf"(?:{_PLATFORM})(?:上的?|的)?(?:{_SOMEBODY_THERE})[ ]?{_BARE}(?=[ ]?(?:说|称|留言|评论|私信|咨询|提问|反[映馈]|投诉|爆料|发[帖来文布]|发的[帖视笔]|转发|回[复答]|写[道:]|晒|打赏|下单|问[价:]|来问|给了|推荐|举报))",
        rf"(?:{_PLATFORM})(?:[账帐]号|昵称){_BARE}(?=[,。;、)\n]|\Z)|旺旺[ :]{{1,2}}{_BARE}(?=[ ,。;、)\n]|\Z)",
        rf"(?:{_NET}|群昵称)(?:已经?|又|刚|都)?(?:改|换)[为成]了?[ ]?[\"“「]{_BARE}(?=[\"”」])",
        rf"(?:来源|渠道|来自)[ :]{{1,2}}(?:{_PLATFORM})[ /·-]{{1,2}}((?=[^\n]{{0,9}}(?:[0-9{_PICTURES}]|的[{HAN}])){_BARE[1:-1]})(?=[,。;、)|\n]|\Z)",
        rf"(?:{_NET}|游戏名|微信名|(?:论坛|贴吧|游戏|社区|豆瓣)ID)[ ]{{1,2}}([A-Za-z0-9_{HAN}{_PICTURES}\-]{{4,12}})(?=[ ,;)|\n]|\Z)",
        rf"(?:(?<=\n)|\A)[ ]{{0,4}}{_BARE}(?=[ ]?(?:撤回了(?:一条|[0-9]{{1,2}}条)?消息|(?:加入|退出)了群聊|回复[ ]?[A-Za-z0-9_{HAN}{_PICTURES}]{{2,10}}[ ]?:))",
        rf"(?:(?<=\n)|\A)[ ]{{0,4}}[A-Za-z0-9_{HAN}{_PICTURES}]{{2,10}}[ ]?回复[ ]?{_BARE}(?=[ ]?:)",
        rf"(?:客户|顾客|客人|访客|老客|新客)[ ]?(?=[\"“「『][^\n\"”」』]{{4}}){_QUOTED}(?={_BUYS})",
    )
)
"""What may well be something else: 抖音粉丝云淡风轻留言, 抖音粉丝大量留言."""
_NO_ACCOUNT = Regex(
    r".*(?:号码?|密码|姓名|名称|[全简]拼|拼音|首?字母|[大小]写|[停启]用|登[录陆]|异常|锁定?|[注核]销|开通|申请|权限|管理员?|测试|公司|银行|[支分]行|医院|诊所|门店|[科部]|失[效败]|[过到]期|错误?|有误|不?[符同]|一致|相同|存在|提供|填写?|身份证|邮箱|微信|登记|窗口.?|共[用享]|[开结]头|先生|女士|老师|医[生师]|大夫|护士|师傅|主任|客服|经理|顾问|助理|专员|[店院科]长|会计|前台|[技药]师|妈妈|爸爸|家[属长]|爷爷|奶奶|外[公婆]|阿姨|叔叔|[户位人站室])\Z"
    "|(?:谢谢|感谢|多谢|[您你]好|请问|在吗)[您你了]?\\Z|[0-9]{1,3}床|[A-Z0-9\\-]{2,8}\\Z|(?:已|未|待|请|可|按|无|不(?![吃爱想喝熬睡胖瘦])|用|被|以|如|同|详)"
)
"""账号：已停用, 用户名：姓名全拼, 当前用户：ICU-NS2, 提问人：谢谢; and whoever is called by a name and more: 提问人：王芳妈妈."""
_NO_NICKNAME = Regex(
    r"[0-9一二三四五六七八九十]{1,4}[楼层]\Z|(?:沙发|板凳|地板)\Z|.*(?:密码|粉丝|数量|运营|认证|内容|流量|权[重限]|主页|矩阵|直播|投放|广告|笔记|团购|引流|推广|信息流|视频|私信|评论|达人|探店|门店|表单|留资|计划|素材|活动|优惠|编号|姓名|名称|性别|年龄|头像|手机|电话|地[区址]|备注|时间|日期|长度|限制|等级|积分|格式|规则|要求|成功|失败|异常|后台|平台|客服|自动|系统|统一|官方|管理|套餐|服务|项目|检查|体检|礼包|方案|疗程|手术|治疗|术后|陪诊|付款|到[诊店])"
    r"|.*(?:友|妈|[店厂]|公司|[家学校]长|家属|医[生师]|大夫|护士|老师|患者|客户|用户|们|人|者|员|[一二两三四五六七八九十几多]个?)\Z|(?:患者|病人|家属|客户|医[生师]|护士|老师|[二三四五六七八九十两几多每]|一[个位些]|大量|有[人的个些]|都|也|就|纷纷|热心|真实|匿名|部分|很多|不少|许多|我|你|他|她|对方|群主|管理)"
)
"""抖音粉丝大量留言, 来源：抖音 直播间0718, 家属回复医生：."""
_NO_NAME = Regex(
    "[✅✓✔❌✖⚠☑☎⏰📞]|(?:已|未(?!来)|暂无|没有|匿名|待定|不详|无\\Z|[0-9]{1,3}\\Z)|[一-鿿]{0,2}(?:审核|处理|开通|申请|注册|登[录陆]|使用|封禁|冻结|更新|加载|绑定|激活|维护|认证|核实|补充)中\\Z|默认|真名|[必选]填项|管理员|系统|.*(?:[病症药炎癌]|了|吗|呢|个字|系统|的)\\Z"
)
"""What stands there and calls nobody: 昵称：未填写, 人称“富贵病”."""
_NO_BARE_NAME = Regex(
    "(?:.*[我你您咱]|.*不[一-鿿]\\Z|什么|谁|啥|.得|们|热议|.*[群区]\\Z|[号不没非空或和与及叫为是可要均太很有需应会能必得多少由被给让只仅对在]|保密|名?[片称字]|[0-9]+\\Z|更[改换]|修改|重[复名]|支持)"
)
"""网名不详, 昵称重复."""
_ON_FLOOR = Screened(rf"(?m:^)[ ]*[0-9]{{1,3}}(?:楼|#|L)[ ]{{1,3}}(?!楼主){_BARE}(?=[ ]?:|[ ]{{1,3}}发表于)")
"""2楼 晋阳湖边：, where the one who began is told of as 楼主; in a building it is a floor: 3楼 CT2：."""
_OPENING = tuple('"“‘「『')
_CALLED = Regex(
    rf"(?:{_IS}[ ]?[\"“‘「『]?|(?:{_ACCOUNT}|{_NICK})[ :]{{0,2}}[\"“‘「『]|(?:绰号|外号|诨名):?)\Z"
)
_NEXT = Regex(rf"[\"”’」』](?:[、,和与及]|以及){_QUOTED}")
"""Another one behind: “想减肥的喵”、“月月鸟”都说好."""
_BEFORE = Regex("(?:第[一二三]|[所其])\\Z")
"""Of 第三人称."""
_LINKING, _OF_TALK = frozenset("rpcku"), frozenset("vdfpcrkuq")
"""Parts of speech of first words: of what calls nobody; and of what is said of a name where no verb leads to it."""
_LONG, _OF_IDIOMS, _PHRASES = 3, 4, ("i", "l")
_SCORE, _SCORE_IN_FIELD = 0.75, 0.4


def find_nicknames(reading: Reading, *, is_nobody: Callable[[str], bool]) -> Iterator[Detection]:
    """Nicknames that their words announce. `is_nobody` says of a word that it is one of medicine, a place or a role."""
    text = reading.text
    for kind, match in _FORMS.matches(reading):
        start, end = match.span(match.lastindex or 0)
        quoted = text[start - 1 : start] in _OPENING
        called = _CALLED.search(text, match.start(), start) is not None
        if _BEFORE.search(text, max(0, match.start() - 2), match.start()):
            continue
        while not is_nobody(text[start:end]) and _may_call(reading, start, end, quoted=quoted, called=called):
            yield Detection(kind, start, end, _SCORE, NICKNAME, (NICKNAME,))
            another = _NEXT.match(text, end) if quoted else None
            if another is None:
                break
            start, end = another.span(1)
            called = False
    for match in reading.finditer(_ON_FLOOR) if "楼主" in text else ():
        if not is_nobody(match[1]) and _may_call(reading, *match.span(1), quoted=False, called=False):
            yield Detection("USERNAME", *match.span(1), _SCORE, NICKNAME, (NICKNAME,))
    for kind, match in _FIELDS.matches(reading):
        start, end = match.span(1)
        if is_nobody(match[1]) or _NO_ACCOUNT.match(match[1]):
            continue
        if _may_call(reading, start, end, quoted=False, called=True):
            yield Detection(kind, start, end, _SCORE_IN_FIELD, NICKNAME, (NICKNAME,))
    for kind, match in _LOOSE.matches(reading):
        start, end = match.span(match.lastindex or 0)
        name, quoted = match[match.lastindex or 0], text[start - 1 : start] in _OPENING
        if is_nobody(name) or _NO_ACCOUNT.match(name) or _NO_NICKNAME.match(name):
            continue
        if _may_call(reading, start, end, quoted=quoted, called=False):
            yield Detection(kind, start, end, _SCORE_IN_FIELD, NICKNAME, (NICKNAME,))


def _may_call(reading: Reading, start: int, end: int, *, quoted: bool, called: bool) -> bool:
    """Whether what stands behind such a word is what somebody is called; `called` where a verb says that."""
    name = reading.text[start:end]
    if _NO_NAME.match(name) or (not called and _is_word(reading, name, quoted)):
        return False  # 昵称：待定, 昵称修改, 网友“点赞”
    if quoted:
        return True
    if _NO_BARE_NAME.match(name):
        return False
    doubled = name[0] == name[1:2]  # 岁岁平安
    return doubled or _begins_with(reading, start, end) not in (
        _LINKING if called else _OF_TALK
    )  # 昵称写错, 网名就行


def _begins_with(reading: Reading, start: int, end: int) -> str:
    """The part of speech of the first word there, '' where nobody knows it or it is all there is."""
    first = min(border for border in (*reading.boundaries(start, end), end) if border > start)
    return word_list().part_of_speech(reading.text[start:first])[:1] if first < end else ""


def _is_word(reading: Reading, name: str, quoted: bool) -> bool:
    """Whether it is a word that may stand there for itself; people call themselves by idioms, and between quotes by long words."""
    if not reading.known(name):
        return False
    if quoted:
        return len(name) < _LONG
    part = word_list().part_of_speech(name)
    return part not in _PHRASES and (part != "" or len(name) < _OF_IDIOMS)
