"""Villages, quarters and parks in running text, by what is there, what happens there and how many are counted.

丰裕社区|网格员, 石桥村|有3户, 周三|杨柳坪村: no street or town stands beside them, and no number behind.
"""

from __future__ import annotations

from collections.abc import Iterator

from deid.detection.boundaries import word_list
from deid.detection.literals import Screened
from deid.detection.places.words import ADDRESS, LOCATION
from deid.detection.reading import Reading
from deid.grammar.address.names import is_no_name
from deid.types import Detection

_BEFORE = "(?:(?<![一-鿿])|(?<=周[一二三四五六日])|(?<=[与和及由归为经到去在回从自给至属是])|(?<=走访)|(?<=联系)|(?<=安置))"
_NO_NAME_OF = "葬的了在到去是和与同及由归为经给至从自对回该本各某每全我你他她咱俺这那哪有个两几多进出入问找叫打等即我被把让"
_NAME = f"(?:(?![{_NO_NAME_OF}])[一-鿿])"
_QUARTER = Screened(
    rf"{_BEFORE}(?P<name>{_NAME}{{2,4}})社区"
    r"(?=网格|居民(?![区委])|居委(?!会)|党[委支群]|书记|主任(?!医)|民警|志愿者|工作人员|家庭医生|家医|老年(?!病|人健康)|养老服务|日间照料|党群|活动[室中]|食堂|义诊|筛查点|接种点|采样点|随访|反馈|上报|报[来告]|来电|打来|通知|[归由]?管|负责|代[办送领]|"
    r"有?[0-9一二三四五六七八九十两]{1,3}[户例人名位]|的(?=[一-鿿]{1,4}(?:书记|主任|阿姨|大[爷妈叔姐]|奶奶|爷爷|老[人师])|网格)|[,。;、)]|\Z)"
)
_VILLAGE = Screened(
    rf"{_BEFORE}(?:周[一二三四五六日]|户籍|[原现]住|家住|老家|原籍|来自)?(?P<name>{_NAME}{{2,4}})村"
    r"(?=有?[0-9一二三四五六七八九十两]{1,3}(?:户|例|人(?![次均份工]))|[,。;、)]|\Z|的?(?:贫困户|五保户|低保户|留守|村民|村支书|支书|会计|妇女主任)|各有)"
)
_COUNTED = Screened(
    r"(?:(?<![一-鿿])|(?<=[户例人]和))(?P<name>(?:(?![的了在到去是和与同及有个这那每各共])[一-鿿]){1,3}[洼沟湾峁塬坳坪坝寨屯营堡圩坡冲垸畈塆窑岔沿嘴咀])(?=[0-9]{1,3}[户例])"
)
"""赵家洼3户: whose households are counted."""
_CALLED = Screened(
    r"(?:(?<=村名)|(?<=村名叫)|(?<=村子叫)|(?<=村叫)|(?<=寨子叫)|(?<=屯子叫)|(?<=地名叫)|(?<=地方叫))[:]?(?P<name>(?![我你他她它什啥哪不没做作])(?:(?![的了在是])[一-鿿]){2,4})(?=[,。;)\n、]|\Z|的)"
)
"""我们村叫大坪头."""
_PARK = Screened(
    r"(?:(?<![一-鿿])|(?<=[在到去从于逛]))(?!附近|当地|本地|大型|儿童|室内|室外|市区|郊区|某|一个|各|这|那|本市|小区|社区|野生|我们|周边|学校|农业)(?P<park>(?:(?![的了在到去从是和与有看玩带逛陪跟成入出])[一-鿿]){2,4})(?:野生)?(?:动物园|植物园|森林公园|湿地公园|地质公园|遗址公园|海洋公园|海洋馆|海洋世界|游乐园|欢乐谷|欢乐世界|水上乐园|滑雪场|度假区)"
    r"(?!管理|有限|公司|派出所|医院|站|路|街|小区|幼儿园|[一-鿿]{0,4}(?:票|卡))"
    r"|(?:(?<![一-鿿])|(?<=[在到去从于爬]))(?:(?![的了在到去从是和与有爬上下登进出这那座高深后前江火])[一-鿿]){2,3}山(?=夜跑|徒步|爬山|登山|露营|烧香|看日出|滑雪|采药|摔|扭|迷路)"
)
"""红山动物园, 紫金山夜跑."""
_NO_QUARTER = tuple(
    (
        "城市 农村 乡村 居家 老旧 智慧 和谐 文明 平安 绿色 示范 试点 各个 所在 附近 我们 街道 乡镇 城乡 基层 责任 在线 线上 网络 网上 病友 患者 糖尿病 高血压 开源 技术 论坛 虚拟 学习 医疗 健康 康复 养老 治疗 服务 无障碍 国际 封闭 成熟 高档 大型 新建 小型 涉农 安全 宜居 美丽 现代 未来 数字 共享 邻里 户籍 属地 辖区 当地 本地 外地 居住 常住 暂住 整个 下沉 驻点 联系 挂钩 包保 走访 帮扶 慢病 老年 儿童 母婴 宝妈 妈妈 粉丝 品牌 游戏 知识 问答 交流 微信 小程序 平台 移动 手机 单位 学校 医院 家庭 机关 企业 楼栋 小区 "
        "物业 网格 疫情 防控 封控 重点 普通 传统 新型 综合 多个 一些 有些 其他 其它 不同 相关 上级 下级 社会 公共 志愿 双向 转回 转入 返回 回到 进入 深入 依托 通过 经过 联合 推动 推进 加强 落实 创建 建设 打造 组织 开展 参加 参与 配合 要求 督促 告知 通知 报告 上报 反馈 移交 对接 转介 签约 建档 随访 支持 依靠 走进 针对 面向 根据 包括 以及 属于 位于 返还 现居"
    ).split()
)
"""Ends of what stands before 社区 and names none: 智慧社区, 转回社区."""
_NO_VILLAGE = tuple(
    "贫困 自然 行政 空心 示范 文明 中心 偏远 生态 美丽 旅游 移民 试点 重点 脱贫 城中 城郊 度假 奥运 亚运 大学 选手 地球 影视 民俗 温泉 高山 海岛 边境 少数民族 民族 附近 邻近 周边 整个 所在 联系 帮扶 驻点 挂钩 包保 走访 回到 返回 下到 随访 各个 多个 一些 有些 其他 其它 不同 我们 他们 你们 咱们 别的 上游 下游 隔壁 渔 农".split()
)
_SAID_OF = frozenset("tdcrpfumv")
"""Parts of speech, in jieba's dictionary, of words that no quarter is called by: 平时|社区."""
_FREQUENT = 200
"""How often jieba's dictionary counts a word that names no quarter by itself."""


def find_settlements(reading: Reading) -> Iterator[Detection]:
    """Villages, quarters and parks that nothing but their surroundings show."""
    for quarter in reading.finditer(_QUARTER):
        name = quarter["name"]
        said = word_list().part_of_speech(name)[:1] in _SAID_OF
        if not (said or name.endswith(_NO_QUARTER) or is_no_name("village", f"{name}社区")):
            yield _settlement(reading, quarter.start("name"), quarter.end())
    for village in reading.finditer(_VILLAGE):
        name = village["name"]
        if not (
            name.endswith(_NO_VILLAGE)
            or is_no_name("village", f"{name}村")
            or reading.known(f"{name}村") > _FREQUENT
        ):
            yield _settlement(reading, village.start("name"), village.end())
    for outing in reading.finditer(_PARK):
        if not (outing["park"] and word_list().part_of_speech(outing["park"][:2])[:1] in _SAID_OF):
            yield Detection(LOCATION, *outing.span(), 0.66, "LOCATION.park", ("park",))
    for counted in (_COUNTED, _CALLED):
        for hamlet in reading.finditer(counted):
            if not reading.known(hamlet["name"]):
                yield _settlement(reading, *hamlet.span("name"))


def _settlement(reading: Reading, start: int, end: int) -> Detection:
    return Detection(ADDRESS, start, end, 0.9, f"{ADDRESS}.settlement", ("settlement",))
