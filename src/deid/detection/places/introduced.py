"""Names of firms of no more than their own part (康桥寰医, 禾康), by who speaks, acts or signs for them.

A dictionary knows none of them, and all are made of characters that firms are called by.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Forms, Screened
from deid.detection.places.words import CITIES
from deid.detection.reading import Reading
from deid.regexes import Regex

_OF_FIRMS = (
    "康健佑佰禾瑞和仁济安泰诚信达途桥源鑫盛恒丰隆祥华美德善慈爱润益福寿宁颐怡悦优尚品睿智慧博远鸿宏嘉佳恩惠众联邦汇聚合创新星辰光明晨曦启航卓越迈杰普科锐凯莱维赛欧亚环寰球元亨利鼎"
    "皖浙沪厦榕甬穗赣粤湘川渝鲁豫苏闽桂琼陇秦晋冀黔滇原医诺蓝青云海澜岳峰腾翔驰飞凌中天地東东方兴旺昌荣茂泽沐臻雅馨圣龙凤金银玉珠宝芒果橙绿森林泉溪江河湖洋畅捷速易通顺圆满正乐民立业卫护麦可唯思迪伯奥贝曼帆循衡晟昇晖弘祺铭皓瀚煜睦邻朗岚澄沁沣沃芮铂钰珑璟瑾序宸怀芷岭屿予语初禹颂逸耀拓渡"
)
_NAME = rf"[{_OF_FIRMS}]{{2,4}}"
_ROLE = "(?:(?:健康|医疗|就医)?顾问|客服|陪诊[员师]?|业务员|专员|健管师|医助|坐席|翻译|对接人|经办人?|代表|助理|销售|个案管理师)"
_CARE = r"(?:(?:医疗|健康)咨询(?![室台处门窗])|健康管理(?![师中科员])|云诊(?![所室断疗])|医疗(?![费机器保险设废事卫救服质资安纠行健队美])|健康(?![状检教档问促指证码险保成生人餐食体宣讲行档风评史管])|咨询(?![室师员费台处科类服窗门电意问一医]))"
"""What a firm of care does, and no word goes on with: 臻康咨询, 循诺医疗."""
_INTRODUCED = Forms(
    ("introduced", Screened(pattern))
    for pattern in (
        rf"(?:我是|我们是|这[里边儿]是|(?<=[您你]好)[,!]?[ ]?是)(?:(?P<speaker>{_NAME})(?:健康|咨询|陪诊|医疗)?的?(?=小(?![舅姨姑叔弟妹孩])[一-鿿]|{_ROLE})|(?P<long>[{_OF_FIRMS}]{{4}})的(?=[一-鿿]{{1,4}}(?:[,。!:呀啊哈]|$)))",
        rf"(?:[甲乙丙]方|承租方|出租方|委托方|受托方|服务方|被投诉(?:人|方|单位)?|转介方|渠道方?|单位|落款)?[: ]{{0,2}}(?<![一-鿿])(?P<signed>{_NAME})(?=\((?:盖?公?章|印章|9[0-9A-Z]{{17}})\))",
        rf"(?:被投诉(?:人|方|单位)?|受托方|服务方|服务机构|承接方)[: ]{{1,2}}(?P<party>[{_OF_FIRMS}]{{3,4}})(?=[ ,;。\n]|$)",
        rf"(?m:^)[ ]*(?P<greeted>{_NAME})(?:负责人|各位领导|公司领导|管理层|客服部?|投诉部)(?=[,:])",
        rf"[「【《\"“](?P<group>{_NAME})(?=(?:健康|医疗)?(?:陪诊|就医|客服|会诊|医助|护送|随访|转诊)[一-鿿0-9]{{0,4}}[」】》\"”])",
        rf"(?:由|与|和|联系|另有|联络:?|派|让|托|[经请找])(?P<whose>{_NAME})(?:的)?(?={_ROLE}[一-鿿])",
        rf"(?:(?<![一-鿿])|(?<=感谢)|(?<=谢谢)|(?<=投诉)|(?<=[由请找]))(?P<of>{_NAME})的(?=[一-鿿]{{1,3}}(?:顾问|客服|专员|健管师|陪诊[师员]))",
        rf"(?:与|和|跟)(?P<partner>{_NAME}(?:资本|人力|咨询|健康)?)(?=于[0-9]{{4}}年[^。\n]{{0,8}}签|签[订了署]|[的]?(?:合同|协议)(?:到期|已签))",
        rf"(?:(?<![一-鿿])|(?<=[由向在给跟与和去找到交经从对是的转请致])|(?<=[您你]好)|(?<=感谢)|(?<=我们)|(?<=联系)|(?<=来源))(?P<care>[{_OF_FIRMS}]{{2,3}})(?={_CARE})",
        rf"(?:(?<![一-鿿])|(?<=[由与和找给让派经请])|(?<=代表)|(?<=对接)|(?<=联系))(?P<lettered>[{_OF_FIRMS}]{{2,3}})(?=(?:健康|医[咨护疗]|咨询|陪诊|照护|护理)[ ]?[A-Z][a-z]|(?:医护|护理|照护|陪诊)到家)",
        rf"尊敬的(?P<addressed>{_NAME})(?=(?:健康|医疗|陪诊)?(?:公司)?(?:各位|全体)?(?:领导|负责人|老师们|同仁))",
        rf"(?:感谢|谢谢)[您你]?(?:选择|致电)了?(?P<chosen>{_NAME})(?=[,。!;]|健康|医疗|陪诊)",
        rf"(?:(?<![一-鿿])|(?<=[您你]好[,!])|(?<=[由请找经]))(?P<part>{_NAME})(?=(?:健康|医疗|陪诊)?(?:团检组|(?:陪诊|客服|转诊|会诊|随访|健管)[组部线]|(?:医学|海外|会员|就医|儿科|肿瘤)[部线](?![门队路])|慢病管理中心|随访中心|客服中心|理赔支持部|客户关怀部|住院部专员)(?![一-鿿]{{0,3}}公司))",
        rf"(?:(?<![一-鿿])|(?<=[由与和找给让派经请向]))(?P<staffed>[{_OF_FIRMS}]{{2}})(?=健康(?:工作人员|员工|专员|[ ]{{1,2}}[一-鿿]{{2,3}}(?:分部|办事处|办)))",
        rf"(?:公司|单位|厂|店|工作室|平台|机构|养老院|护理院|幼儿园|托班)(?:的?名(?:字|称)?)?(?:好像|大概|就)?(?:名?叫|名为)(?:做|作)?[\"“「『]?(?P<called>{_NAME})(?=[\"”」』]?(?:[,。;、!?)\n]|$|的))",
        r"一家(?:名?叫|名为)(?:做|作)?[\"“「『]?(?P<told>(?![我你他她不没什啥])[一-鿿]{2,4}?)(?=[\"”」』]?的[一-鿿]{0,4}(?:公司|厂|店|机构|平台|幼儿园|工作室|中介|单位))",
        r"(?:[您你]好|这[里边]是|我们?是)[,!]?[ ]?(?P<said>(?![这我您你他请问在哪什做])[一-鿿]{2})(?=(?:医疗|健康|陪诊|咨询)(?:的|我是|这边|客服|[,。!]))",
        r"(?:保[险險]|承保)(?:公司)?[: ]{1,2}(?P<insurer>(?!(?:商业|社会|医疗|补充|居民|职工|意外|重疾|团体|个人|少儿|学生))[一-鿿]{2})(?=保[险險](?:[ ,;)\n]|$))",
        r"(?m:^)[ 【]{0,2}(?P<titled>(?![这我您你他请问在])[一-鿿]{2})(?=(?:医疗|健康)[·|—]{1,2}[一-鿿])",
        r"(?:(?<=[由送寄])|(?<=[由送寄] )|(?<=送检))(?P<lab>(?![全外该某这那做])[一-鿿]{2})(?=(?:基因|医检)(?:[ ]?[做检出测,。;)]|公司))",
        rf"(?m:^)[^\n(]{{1,32}}\((?P<label>[{_OF_FIRMS}]{{2,3}})(?=(?:健康|医疗|陪诊)?(?:客服|顾问|陪诊[员师]?|助理|管家)\))",
        rf"[\"“「](?P<quoted>[{_OF_FIRMS}]{{2,3}})(?=[\"”」](?:公司|平台|集团|机构|陪诊|医疗|健康|咨询))",
        rf"(?:{CITIES})(?P<local>[{_OF_FIRMS}]{{2}})(?=(?:陪诊[员师]|客服|顾问|健管师|管家)(?![一-鿿]{{0,2}}公司))",
        rf"由(?P<brought>[{_OF_FIRMS}]{{2}})(?=的(?:一[个名位])?(?:姓[一-鿿]的|小[一-鿿]|工作人员|员工|司机|陪诊|客服|顾问))",
        rf"(?:(?<![一-鿿])|(?<=以下)|(?<=[与和由受经找给向为]))(?P<office>[{_OF_FIRMS}]{{2,3}})(?=\(?(?:{CITIES})(?:\)委托|办(?![公理事])|总部|渠道|联络点|咨询记录|陪诊|门店|团队))",
        rf"(?:(?<![一-鿿])|(?<=以下)|(?<=[与和由受经找给向为]))(?P<line>[{_OF_FIRMS}]{{2,3}})(?=(?:欧洲|北美|日本|日韩|海外|国际|港澳|东南亚|国内)线(?![路上下圈]))",
        rf"(?:与|和|向|对)(?P<sued>[{_OF_FIRMS}]{{2,3}})(?=(?:追责|索赔|追偿|解约|对账|结算|投诉)(?![一-鿿]{{0,2}}公司))",
        rf"(?m:^)[ ]*(?P<head>[{_OF_FIRMS}]{{2,3}})(?=(?:护理|口腔|齿科|照护)[ ]?(?:上门|排班|值班|交班|病历|客服|随访|服务))",
    )
)
"""我是瑞和的小栗, 承租方：禾康（9142…）, 「禾康陪诊三组」, 一家名为众诚的物流公司."""
_BEFORE_PERSON = Regex(rf"(?:联系|由|[交找请与经派]|联络:|另有|(?<![一-鿿]))(?P<name>[{_OF_FIRMS}]{{3,4}})\Z")
"""联系康桥寰医|孙晓蕾."""
_IN_BRACKETS = Screened(rf"\((?P<name>{_NAME}(?:资本|人力|咨询|健康|基金|医疗)|[{_OF_FIRMS}]{{3}}医)\)")
_LIKELY = 0.6
_LONGEST_LEAD = 7
_FREQUENT = 500
"""How often jieba's dictionary counts a word."""


def firms_introduced(reading: Reading) -> set[str]:
    """The names, of which none is a word or two."""
    return {name for name in _introduced(reading) if not _is_of_words(reading, name)}


def _introduced(reading: Reading) -> Iterator[str]:
    for _, found in _INTRODUCED.matches(reading):
        yield found[found.lastgroup or 0]
    persons = [tag for tag in reading.tagged if tag.label == "PER" and tag.score >= _LIKELY]
    for person in persons:
        lead = _BEFORE_PERSON.search(reading.text, max(0, person.start - _LONGEST_LEAD), person.start)
        if lead:
            yield lead["name"]
    ends = {person.end for person in persons}
    for found in reading.finditer(_IN_BRACKETS):
        if found.start() in ends:
            yield found["name"]


def _is_of_words(reading: Reading, name: str) -> bool:
    """和|健康, 东方|航天, 乐乐, but not 康桥|寰医."""
    if reading.known(name) or name[0] == name[1]:
        return True
    if len(name) == 3:
        return max(reading.known(name[:2]), reading.known(name[1:])) > _FREQUENT
    return len(name) == 4 and min(reading.known(name[:2]), reading.known(name[2:])) > 0
