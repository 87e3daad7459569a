"""Names of accounts by their shape alone: 加liuyang_kf, 发到guilan_er这个号, |hanxue-suzhou|.

People call themselves by names in pinyin, joined with more by _ . or -, in any place and without a word that says so.
What programs call their fields is English (order_id), or pinyin for what an office keeps (yaopin_kucun).
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import chain, pairwise

from deid.catalog import Catalog
from deid.detection.literals import Screened
from deid.detection.reading import Reading
from deid.grammar.romanized import has_chinese_syllables, is_spelt, is_surname, is_syllables
from deid.regexes import Regex
from deid.types import Detection

_JOINED = Screened(
    r"(?<![A-Za-z0-9_.@/\\+&#%*$<~\-])(?=[a-z0-9]{0,19}[_.\-])[a-z0-9]{1,19}(?:[_.\-][a-z0-9]{1,19}){1,2}(?![A-Za-z0-9_@/\\(*\-]|\.[A-Za-z0-9]|[\"']?[ ]?[=]|[\"']:)"
)
_IN_PATH = Screened(
    r"/(?:customers?|users?|members?|patients?|clients?|accounts?|profiles?)/(?P<name>[a-z0-9_\-]{4,39})(?![A-Za-z0-9_.\-])"
)
"""/v2/customers/u_luyao_0915"""
_BEHIND_NAME = Screened(r"(?<=[一-鿿])\((?P<name>(?P<spelt>[a-z]{5,16})[0-9]{1,4})(?=\))")
"""夏天(xiatian02)"""
_DEED = "操作|执行|经[办手]|复核|审[核方批]|制单|过账|记账|录入|记录|更[正改新]|修改|采[血样集]|送检|检验|报[障修告]|提[单交]|发起|申请|创建|导[出入]|打印|下载|上传|处理|接单|责任|开户"
_LOGIN = Screened(
    rf"(?:(?:(?:[账帐][号户]|用户|登[录陆入]|工号|水印|前缀|[派转]给|拨入|认证|注册|药师|护士|技师|坐席|用的是)|(?:{_DEED})(?:[人员者民]|(?=代码|ID|[ ]?by|[ ]?[:=])))"
    r"(?:[者民名]|代码|ID|id|[ ]?by)?[是为叫用填]?|(?<![A-Za-z_\-])(?:(?:[Pp]rinted|[Ee]xport(?:ed)?|[Cc]reated|[Uu]pdated?|[Ee]ntered|[Vv]erified|[Rr]enamed|[Uu]ploaded|[Ss]igned|[Aa]pproved)[ _]by|by(?=[\"']?[ ]?[=:])|op|oper|operator|agent|[Oo]wner|login|lg|usr|[Uu]ser[Nn]ame|u/n|blame|assignee)(?![A-Za-z]))"
    r"[\"']?(?:[ ]{0,2}[:=,|>][ ]?|[ ]{1,2})?[\"'“「(]?(?P<name>[a-z][a-z0-9]{0,15}(?:[._][a-z0-9]{1,15})?)(?![A-Za-z0-9@_\-/\\=]|\.[A-Za-z0-9]|\([^一-鿿])"
)
"""打印人 huangyq, printed by: liaoyx, <operator>lvjing, 登录名 pu_sx91."""
_LOGIN_IN_CELL = Regex(r"[ ]*(?P<name>[a-z]{5,16}[0-9]{0,4}|[a-z]{2,12}[._][a-z]{1,12})[ ]*")
"""miaoxr below agent, where others are named in full."""
_INITIALS_IN_CELL = Regex(
    r"[ ]*(?P<name>(?!ng|nd|kg|m[lg]|db|tbd|pdf|jpg|mr|dr|ct|[xyz]{2,4}[ ]*\Z)[bcdfghjklmnpqrstwxyz]{2,4})[ ]*"
)
"""lhq below 检验者."""
_PARTS_CELLS = ("", "\n", ",", ";", "|", "\t")
"""Blanks part words as well."""
_DOING = Screened(
    r"(?<![A-Za-z0-9._@/\\\-])(?P<name>[a-z]{4,16}[0-9]{0,4})(?=[ ]?(?:这个[账帐]?号|的(?:[账帐]号|权限|密码)|[改重]密|反映|提交的|凌晨|夜间)|['\"],[ ]?['\"](?i:log(?:in|out|on)|export|import|update|delete|insert|view|query|download|upload|create)(?![A-Za-z]))"
)
"""把liuqin的权限, jiangxy这个号, 'jiangxy','login' of a dump."""
_NAMED = Screened(r"(?<![A-Za-z])by (?P<name>[a-z]{4,16}[0-9]{0,4})(?=\([一-鿿]{2,4}\))")
"""by hongqi(洪旗)"""
_IN_FIELD = Screened(
    r"(?:(?:姓名|患者|病人|联系人|就诊人|收件人|收货人|持卡人|紧急联系人|家属)|(?<![A-Za-z])(?:(?:patient|pat|doctor|customer|cust|contact|client|member|person|real|true|full|hz|br)_?[Nn]ame|name|Name|NAME|xm|hzxm|brxm|contact|linkman))"
    r"(?:[\"']?[ ]{0,2}[:=][ ]{0,2}[\"'“]?|(?<=[者人])[ ]{1,2}(?=[a-z]{7}))(?P<name>[a-z]{2,7}(?: [a-z]{2,14}){1,2}|[a-z]{5,20})(?![A-Za-z0-9_@\-/\\(]|\.[A-Za-z0-9]|[ ]?[=])"
)
"""姓名：zhang xiaoming, patientName=zhangxiaoming, 患者 zhangxiaoming."""
_OF_THING = Regex(
    "(?:class|thread|pod|host|file|table|field|column|image|container|service|module|package|job|task|app|bean|index|topic|queue|node|type)[ _.]\\Z"
)
_INITIALS = Regex("(?!ng?\\Z)[bcdfghjklmnpqrstwxyz]{1,3}")
_PART = Regex("[a-z]+|[0-9]+")
_THING_BEFORE = Regex(
    r"(?:字段|[列表]名?|接口|模块|函数|参数|变量|脚本|目录|文件夹?|图片|图标|标签|样式|域名|型号|版本|主机|服务器?|数据库|程序|命令|包|库|键|from|FROM|join|JOIN|into|INTO|table|TABLE|update|UPDATE)[ :(\"'“]{0,2}\Z"
)
_THING_BEHIND = Regex(
    r"[\"'”]?[ ]?(?:字段|[列表键](?![一-鿿])|表[里中]|接口|模块|函数|参数|变量|脚本|目录|文件|图片|标签|分支|数据库)"
)
_ACCOUNT = Regex(r"(?:[账帐][号户]|用户名?|登[录陆]名?)[ :]{0,2}\Z")
"""What speaks for another platform, though the text tells of WeChat."""
_ENDINGS = frozenset(
    "com cn net org edu gov io cc top example local txt pdf doc docx xls xlsx csv json jpg jpeg png dcm zip rar md py js sql exe apk html htm xml log ini yaml mp3 mp4 wav dev cloud site online tech info biz xyz shop store club live fun health"
    " tang wan san yin gao pian gateway service server api web app worker proxy client common core".split()
)
"""Of names of files, hosts and services, and of formulas in pinyin."""
NO_NAMES = frozenset(
    "xingming xingbie nianling dianhua dizhi shouji shenfenzheng zhengjian huanzhe bingren yisheng yishi hushi keshi yiyuan menzhen zhuyuan jiuzhen guahao"
    " shoufei jiaofei yaopin yaofang kucun baogao jiancha jianyan biaoben yingxiang bingli bingan chufang yizhu riqi shijian bianhao mingcheng leixing zhuangtai"
    " jine danjia shuliang beizhu dingdan xiangmu guanli xitong shuju renshi caiwu daochu daoru beifen tupian wenjian xuechanggui shenqing jiage yonghu denglu mima"
    " zhanghao shezhi tongji chaxun jilu mingxi liebiao peizhi xinxi fuzhen chuzhen suifang tijian yuyue paiban gongzi kaoqin hetong fapiao tuikuan yibao ganmao"
    " bianma bingqu bingcheng chuangwei zhenduan jieguo shuoming neirong yuanyin yewu liushui piaoju zhangdan zongji heji danwei guige pinming yongliang yongfa pinci"
    " biaoti fenlei xiangqing bumen zhicheng zhiwei minzu hunyin zhiye youbian chuangjian xiugai shanchu tijiao shenhe paixu ceshi moban zidian canshu rizhi shujuku yinhang zhanghu qianbao kehu muban wenjuan baobiao jielun gonghao shenfen yaoshi guanlian caozuo zhixing dayin zhuce xiazai"
    " shangchuan liangbiao chuangkou zhaopian pinggu jiankang pingtai yemian anniu caidan xiaoxi tongzhi mingtian"
    " xuetang xueya tizhong shengao tiwen maibo huxi shoushu mazui huli zhiliao huaxue tianqi yangben jiyin xibao yiliang wuliao kaishi jieshu shichang zongshu"
    " zhongyao xiyao qixie haocai shebei weixiu caigou lingliao ruku chuku panku pandian"
    " metadata woman women human american asian leading running remaining pending binding median failing reading tuning heading paren longer raising timing along"
    " mean waiting mixing mutating ceiling quoting dangling generating bending julia bowing arena maxima area rendering finger banana banding canada sudan"
    " fourier getenv setenv linecache getini longlong atan quota shebang apache leiden capi taken annealing mixin zipinfo meminfo popen fopen erlang sending shading"
    " arima resuming magenta minima catalan lucida naming tunneling quasi centi mangling hanning"
    " taiwan limiting modeling mapping shipping landing routing ending panda tuna pizza saliva fatigue cuda zeta"
    " cache size data meta china menu media weibo weixin zhifubao douyin taobao lims luts mapk jingdong kuaishou fengshui pinyin taiji qigong".split()
)
"""What pinyin names in programs, and words that read like it."""
_PLACES = frozenset(
    "beijing shanghai tianjin chongqing guangzhou shenzhen chengdu wuhan xian hangzhou nanjing suzhou ningbo qingdao jinan zhengzhou changsha hefei"
    " fuzhou xiamen nanchang kunming guiyang nanning haikou shenyang dalian changchun haerbin taiyuan lanzhou xining yinchuan wulumuqi lasa"
    " hebei shanxi liaoning jilin heilongjiang jiangsu zhejiang anhui fujian jiangxi shandong henan hubei hunan guangdong hainan sichuan guizhou yunnan shaanxi gansu qinghai".split()
)
"""Two of them are a way: beijing-tianjin."""
_MAKERS = frozenset("huawei xiaomi baidu meituan feishu dingding".split())
_SHORTEST, _UNDERSCORED, _WITH_DIGITS, _SHORTEST_LOGIN = 6, 5, 4, 4
"""Letters of a part that is a name."""
_SCORE, _SURE = 0.5, 0.7


def words_in_pinyin(catalog: Catalog) -> frozenset[str]:
    """Words and places that are spelt as names are in Pinyin without gaps, in small letters, as far as they are listed."""
    lists = (catalog.lexicons.get(name, ()) for name in ("words_in_pinyin", "english_words"))
    return NO_NAMES.union(*lists)


def find_handles(reading: Reading, words: Set[str] = NO_NAMES) -> Iterator[Detection]:
    """Words of small letters that are joined, of which a part is a name in pinyin, those in addresses of programs, behind who bears them and where accounts are told of.

    `words` are none of them.
    """
    text = reading.text
    for match in reading.finditer(_IN_PATH):
        if _is_handle(match["name"]):
            yield Detection("USERNAME", *match.span("name"), _SCORE, "USERNAME.handles", ("path",))
    for match in reading.finditer(_BEHIND_NAME):
        if is_spelt(match["spelt"]) and match["spelt"] not in NO_NAMES:
            yield Detection("USERNAME", *match.span("name"), _SCORE, "USERNAME.handles", ("behind a name",))
    for match in chain.from_iterable(map(reading.finditer, (_LOGIN, _DOING, _NAMED))):
        if is_login(match["name"], words):
            yield Detection("USERNAME", *match.span("name"), _SCORE, "USERNAME.handles", ("login",))
    for slot in reading.slots_of("PERSON"):
        parted = slot.support == "cell" and text[slot.start - 1 : slot.start] in _PARTS_CELLS
        cell = _LOGIN_IN_CELL.fullmatch(text, slot.start, slot.end) if parted else None
        if cell and is_login(cell["name"], words):
            yield Detection("USERNAME", *cell.span("name"), _SCORE, "USERNAME.handles", ("cell",))
        elif parted and (initials := _INITIALS_IN_CELL.fullmatch(text, slot.start, slot.end)):
            yield Detection(
                "USERNAME", *initials.span("name"), _SCORE, "USERNAME.handles", ("cell", "initials")
            )
    for match in reading.finditer(_IN_FIELD):
        thing = _OF_THING.search(text, max(0, match.start() - 12), match.start())
        if not thing and _is_whole_name(match["name"], words):
            yield Detection("PERSON", *match.span("name"), _SURE, "PERSON.handles", ("field",))
    for match in reading.finditer(_JOINED):
        start, end = match.span()
        if not _is_handle(match[0]) or _THING_BEHIND.match(text, end):
            continue
        if _THING_BEFORE.search(text, max(0, start - 12), start):
            continue
        of_wechat = reading.supported("CN_WECHAT_ID", start, end) or text[
            max(0, start - 2) : start
        ].rstrip().endswith("加")
        of_wechat = of_wechat and "." not in match[0] and not _ACCOUNT.search(text, max(0, start - 6), start)
        kind = "CN_WECHAT_ID" if of_wechat else "USERNAME"
        yield Detection(kind, start, end, _SCORE, f"{kind}.handles", ("pinyin",))


def is_login(name: str, words: Set[str] = NO_NAMES) -> bool:
    """Whether an office may have made it of somebody's name: all of it in pinyin, or a surname and initials.

    >>> [is_login(name) for name in ("huangyq", "lvjing02", "jia_y", "wu.zixu", "lixm", "yk_linq", "gateway", "yaofang", "zhang", "lims")]
    [True, True, True, True, True, True, False, False, False, False]
    """
    first, *more = parts = [part for part in _PART.findall(name) if part.isalpha()]
    if not words.isdisjoint((*parts, "".join(parts))) or not _PLACES.union(_MAKERS).isdisjoint(parts):
        return False
    if more:
        return len(more) == 1 and (is_surname(first) or any(map(_is_named, parts)))
    return _is_named(first)


def _is_whole_name(name: str, words: Set[str]) -> bool:
    """Whether a field holds a whole name in small letters.

    >>> [_is_whole_name(name, NO_NAMES) for name in ("zhang xiaoming", "zhangxiaoming", "main thread", "xuetang", "lihong")]
    [True, True, False, False, True]
    """
    surname, _, given = name.rpartition(" ")
    if surname:
        return is_surname(surname) and is_syllables(given) and words.isdisjoint((given, surname + given))
    return is_spelt(name) and has_chinese_syllables(name) and is_login(name, words)


def _is_named(word: str) -> bool:
    """Whether it is a surname in pinyin and the syllables or the initials of a given name: lvjing, lixm."""
    return (
        len(word) >= _SHORTEST_LOGIN
        and not is_surname(word)
        and any(
            is_surname(word[:length]) and (_INITIALS.fullmatch(word[length:]) or has_chinese_syllables(word))
            for length in range(2, len(word))
        )
    )


def _is_handle(word: str) -> bool:
    """Whether a joined word calls somebody.

    >>> [_is_handle(word) for word in ("liuyang_kf", "wuyu_1985", "yang_liu88", "order_id", "yaopin_kucun", "biao.ge", "shu_liang")]
    [True, True, True, False, False, False, False]
    """
    parts = [part for part in _PART.findall(word) if part.isalpha()]
    syllables = map("".join, pairwise(parts))  # shu_liang
    if _ENDINGS.intersection(parts[-1:]) or not NO_NAMES.isdisjoint((*parts, *syllables)):
        return False
    if _PLACES.issuperset(parts):
        return False
    digits, underscored = any(map(str.isdecimal, word)), "_" in word
    shortest = (
        (_WITH_DIGITS if digits else _UNDERSCORED) if underscored else _SHORTEST - (digits and "-" in word)
    )
    for part in parts:
        if len(part) >= shortest and has_chinese_syllables(part) and (underscored or is_spelt(part)):
            return True
    if len(parts) == 3 and "." in word and not digits:  # mei.ling.wu
        return is_spelt("".join(parts)) or is_spelt(parts[-1] + "".join(parts[:-1]))
    return len(parts) == 2 and underscored and digits and is_spelt("".join(parts))
