"""Hospitals in short by what stands beside them: 挂西南税主任的号, 附二神经内科, 送市中心抢救.

Many are called after a place or by a word (西南, 中山, 同仁), so a ward, a doctor or a treatment has to follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.literals import Screened
from deid.detection.places.words import INSTITUTION
from deid.detection.reading import Reading
from deid.grammar.divisions import Divisions
from deid.types import Detection

_HOSPITAL_LIKE = (
    r"(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)?省(?:人民|肿瘤|中医|儿童|医|妇幼|儿保|脑科|胸科|口腔|眼科|精神|传染|老年|骨科)(?![政院代药保福防师生病学协])|市(?:人民|肿瘤|中医|儿童|脑科|胸科|口腔|精神|传染)(?![政院代药福防师生])|浙[一二]|附[一二三四五六]院|[一二三四五六]附院"
    r"|(?:[陆海空]军)?军医大(?:新桥|西南|大坪|西京|唐都|长海|长征)"
)
_ATTACHED = r"附[一二三四五六](?![张份页个维层])"
"""去附二看: what an attachment is called as well, where nothing leads to it."""
_WARD = (
    r"(?:(?:[一-鿿]{0,3}(?:[内外儿妇产骨眼肾肝]|皮肤|肿瘤|神经|呼吸|消化|肝胆|泌尿|血液|风湿|内分泌|介入|急诊|感染|麻醉|检验|影像|病理|放射|放疗|超声|康复|口腔|耳鼻喉|精神|老年|妇产|生殖|移植)科(?!学|教材|年会|杂志|普|常识|手册)"
    r"|[心神普胸肝骨]外(?!伤)|[心肾神血呼]内|ICU|(?:(?![方边面侧角向附])[一-鿿]){0,4}院区|住院部|门诊|急诊|特需|专家号)(?![一-鿿]{0,2}(?:医院|诊所|门诊部)))"
)
_DOCTOR = r"[一-鿿]{1,3}(?:主任|教授|大夫|院长)"
_BEHIND_WORD = "(?<=[在去到转至于从回往送来上问派挂约找请看任识系建劝诊了说日识])"
_LED = rf"(?:{_BEHIND_WORD}|(?<![一-鿿A-Za-z0-9]))"
_AT_WARD = Screened(
    rf"{_LED}(?P<name>{_HOSPITAL_LIKE}|{_ATTACHED}(?=[一-鿿]{{1,5}}科))(?=[ 的]?{_WARD})"
    rf"|{_BEHIND_WORD}(?P<ward>{_ATTACHED})(?=[ 的]?{_WARD})"
    rf"|(?<=[挂约找请看问\t|])(?P<doctors>{_HOSPITAL_LIKE}|{_ATTACHED})(?=[ ]?的?{_DOCTOR})"
    rf"|{_LED}(?P<own>{_HOSPITAL_LIKE})(?={_DOCTOR})"
)
_AT_TREATMENT = Screened(
    rf"{_LED}(?P<said>{_HOSPITAL_LIKE})(?=[说讲](?:[是要可没不做再]|能)|让(?:[住做化手回复去])|不收|没床|给(?:开|做|看))|(?:{_LED}(?P<name>{_HOSPITAL_LIKE})|{_BEHIND_WORD}(?P<attached>{_ATTACHED}))(?=[,。;)!?、\n]|$|的?(?:床|专家|人(?:[,。的啊]|$)|医生)|的号|号[源贩]|抢救|住院|床位|还是|那边|了(?=[,。;\n]|$)|透析|化疗|建卡|进一步|(?:检查|复查)(?!单|报告|结果|表)|复诊|就诊|已挂|[做查照拍开看住挂转](?![一-鿿]?[法率]))"
    r"|(?<=[送转])(?P<centre>[市区]中心)(?=抢救|住院|手术|急诊|[,。;](?=[^。\n]{0,8}(?:抢救|住院|急救)))"
    r"|(?<![一-鿿])(?P<backstage>十?[一二三四五六七八九十]院)(?=(?:后勤|总务|保卫科|食堂|药房|检验科|病案室|医务科|收费处)(?![一-鿿]{0,2}[公大]))|(?<=[去到在转送就])(?P<numbered>十?[一二三四五六七八九十]院)(?=[,。;吧看做住的透]|$)(?!的?[长士子内])"
)

_DONE_THERE = (
    r"(?=[切缝植补拔搭修]的|转[来过](?=[,。;的]|就?诊|$)|放的?疗|移植|搭桥|治[好了的过]|装[的了过]|做[了过的手胃肠核检化支造透]|看[了过的病]|拍[了过的片]|住[了过院]|手术|抢救|化疗|复[查诊]|会诊|建[档的卡]|挂号|随访|出院|急诊|门诊|ICU|当(?:护工|护士|医生)|取(?:结果|报告|片)|给的|说(?:[是要可没不再让]|能)|让(?:住|做|化|手|回|复)|建议|"
    r"的(?:专家|号[,。源]|病理|报告|片子|医生|主任|教授|床位|肝穿|[胃肠]镜|影像|方案)|[一-鿿]{0,3}(?:[内外儿妇产骨眼肾肝]|皮肤|肿瘤|神经|呼吸|消化|血液|内分泌|介入|感染|病理|影像|放疗|康复|口腔)科|找[一-鿿]{1,2}(?:主任|教授|大夫|医生))"
)
_OF_UNIVERSITY = Screened(
    rf"(?P<name>(?:[一-鿿]大[一二三四]附(?!近)|(?:[一-鿿]|中国)医大[一二三四](?:附?院)?(?![年班级附院])|[温徐青济蚌皖遵桂赣苏福昆承新滨潍川重]医?大?附[一二三四](?:附?院)?))(?:(?=说)|{_DONE_THERE})"
)
"""郑大一附, 哈医大一: hospitals of a university by its first characters and their number."""
_OF_MEDICAL_UNIVERSITY = Screened(
    r"(?P<name>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青川宁琼哈温徐济蚌遵昆广汕安锦承泸佳牡潍滨邵郧南]医大?(?:附(?:属医院|[一二三四]?院)|总院)|(?:[抚鸡鹤双阜平枣徐兖开潞晋焦铜石萍]|淮[南北]|大同|阳泉|开滦|北票)矿(?:务局)?总医?院)"
)
"""济医附院, 抚矿总院: of a university of medicine or of mines by its first character."""
_OF_A_FIELD = "肺科|胸科|脑科|骨科|血研所|皮研所|肿瘤|口腔|妇幼|妇儿|眼科"
_OF_CITY = Screened(
    rf"(?P<name>(?:市?[一二三四](?![一-鿿]?[楼层月年日号次天期级类])|{_OF_A_FIELD}|儿童(?!做|说(?!是)|让(?!住))|中心|传染|红会|太和|省立|人民|[一二三四]附|(?:[陆空海]?军区?|武警|矿务?局?|铁路|油田|农垦)总)(?:医院|院)?){_DONE_THERE}"
)
"""杭州|市一, 上海|肺科: of the city before it."""
_WHOSE_DOCTOR = Screened(
    rf"(?P<name>(?:{_OF_A_FIELD})(?:医院)?)(?!科)(?=的?(?![学专科年])[一-鿿]{{1,2}}(?:主任|教授|大夫|院长)(?![会办])|的意见)"
)
"""上海|肺科蒋教授, 省|肿瘤的意见."""
_IN_NUMBERS = tuple(
    map(
        Screened,
        (
            r"(?<![0-9住])(?<=[在到去转来从往])(?P<name>(?:30[1-79]|2(?:0[28]|11|5[1245]|6[0-46])|32[234]|4(?:0[14]|11|21|5[25]|6[34]|7[46])|空总|海总|陆总)(?:医院)?)(?=住(?:了|院|过)|做[了过的手]|看[了过的病肺肝胃心脑肾骨眼]|手术|会诊|复[查诊]|的(?:专家|号|医生|教授|报告|片子|病理)|急诊)",
            r"(?<=[询问找请约挂])(?P<asked>30[1247])(?=[一-鿿]{1,4}科[一-鿿]{1,3}(?:主任|教授|大夫|医生)|的专家)",
            r"(?<=[到去在送转来从往])(?P<central>(?:矿务?局?|油田|煤炭|钢铁|铁路|林业|农垦|[陆空海]?军区?|武警|省|市)总院)(?!长)",
            r"(?<=[到去在送转来])(?P<head>(?![了过的在个某该本到去往进转])[一-鿿](?![的在了])[一-鿿]总院)(?=住院|急诊|门诊|[0-9一二三四五六七八九十]{1,2}[号楼层]|看|做|复[查诊]|取|手术|[,。;)])",
            r"(?:(?<![一-鿿A-Za-z0-9])|(?<=[和跟比]))(?P<compared>附[一二三四五六])(?=好(?:还是|[,。?!])|的(?:病理|片子|号(?![码线])|床位?|专家)(?:[,。和跟比与难紧]|$)|比|的(?:不一样|[一-鿿]{0,2}更?便宜|好))|(?<=还是)(?P<other>附[一二三四五六])(?=好)",
            r"(?<=住过|住进)(?P<asylum>安定|回龙观|安康)(?=[,。;])",
            r"(?:(?<![一-鿿])|(?<=[在去到由转回问找]))(?P<family>[一-鿿]氏(?:正骨|眼科|口腔|骨科|牙科|齿科|儿科|妇科|肛肠|皮肤科|中医|针灸|推拿|理疗))(?=查[过了的]|看[过了的眼腿腰病]|做[过了的]|住|[种拔镶补洗]|配[过了的]|[开抓]的?药|扎|贴|按|那[边里]|的(?:医生|大夫|号|片子|报告|药|膏药)|[,。;、)]|$)",
        ),
    )
)
"""301, 矿总院, and what only a verb of a patient shows."""


def find_wards(reading: Reading, divisions: Divisions) -> Iterator[Detection]:
    """The short names, as claims of an institution."""
    for match in (*reading.finditer(_OF_CITY), *reading.finditer(_WHOSE_DOCTOR)):
        start = divisions.start_before(reading.text, match.start())
        if start is not None:
            yield Detection(INSTITUTION, start, match.end(), 0.65, f"{INSTITUTION}.short", ("of city",))
    for form in (_OF_UNIVERSITY, _OF_MEDICAL_UNIVERSITY, *_IN_NUMBERS):
        for match in reading.finditer(form):
            span = match.span(match.lastgroup or 0)
            yield Detection(INSTITUTION, *span, 0.65, f"{INSTITUTION}.short", ("done there",))
    for form in (_AT_WARD, _AT_TREATMENT):
        for match in reading.finditer(form):
            yield Detection(
                INSTITUTION, *match.span(match.lastgroup or 0), 0.65, f"{INSTITUTION}.short", ("ward",)
            )
