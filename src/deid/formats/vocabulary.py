"""What Office writes into every file by itself: schemas, languages, fonts and styles.

Tables of names and shapes, nothing else, so that writer and check agree on what nobody typed.
Each is closed: a name that is not in it is somebody's, to be read as text and searched for.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = r"(?:[A-Za-z._\-]|(?<![0-9])[0-9]{1,4}(?![0-9]))"
_GUID = r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
_SCHEMA = (
    r"(?:https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org/ooxml|purl\.org/dc"
    rf"|www\.w3\.org|(?:web|www)\.wps\.cn|schemas\.libreoffice\.org)(?:/{_WORD}{{0,60}}){{1,9}}#?"
    rf"|urn:schemas-microsoft-com:[a-z]{{2,12}}(?::[a-z]{{2,12}}){{0,2}})"
)
_IS_SCHEMA = re.compile(_SCHEMA)
_IS_GUID = re.compile(_GUID)
_IS_MAPPING = re.compile(
    rf"\s*(?:xmlns:ns[0-9]{{1,3}}=(?:'(?:{_SCHEMA}|{_GUID})'|\"(?:{_SCHEMA}|{_GUID})\")\s*)+"
)
_IS_LANGUAGE = re.compile(r"(?:[a-z]{2,3}|x)(?:-(?:[A-Z][a-z]{3}|[A-Z]{2}|[0-9]{3}|none))?")
_THEME_FONT = re.compile(r"\+m[nj]-(?:lt|ea|cs)")
_FOUNDRY_FONT = re.compile(
    r"方正(?:大标宋|小标宋|书宋|报宋|仿宋|楷体|黑体|姚体|舒体|兰亭黑|兰亭超细黑|细黑一|准圆|粗圆|卡通|粗宋|宋三|细圆)"
    r"(?:_GBK|_GB18030|_GB2312|简体|繁体)|汉仪(?:书宋[一二]|中黑|旗黑|楷体|仿宋|大宋|中宋|中圆|粗黑)(?:KW|简|繁)?"
)

FONTS = frozenset(
    name.strip().casefold()
    for name in """
    Abadi, Algerian, Angsana New, Aparajita, Aptos, Aptos Display, Aptos Mono, Aptos Narrow, Aptos Serif,
    Arabic Typesetting, Arial, Arial Black, Arial Narrow, Arial Rounded MT Bold, Arial Unicode MS,
    Bahnschrift, Baskerville Old Face, Batang, BatangChe, Bauhaus 93, Bell MT, Berlin Sans FB,
    Berlin Sans FB Demi, Bernard MT Condensed, Blackadder ITC, Bodoni MT, Book Antiqua, Bookman Old Style,
    Bookshelf Symbol 7, Bradley Hand ITC, Britannic Bold, Broadway, Browallia New, Brush Script MT, Calibri,
    Calibri Light, Californian FB, Cambria, Cambria Math, Candara, Candara Light, Cascadia Code,
    Cascadia Mono, Castellar, Centaur, Century, Century Gothic, Century Schoolbook, Chiller, Colonna MT,
    Comic Sans MS, Consolas, Constantia, Cooper Black, Corbel, Corbel Light, Cordia New, Courier,
    Courier New, DFKai-SB, DaunPenh, David, DejaVu Sans, DejaVu Sans Mono, DejaVu Serif, DengXian,
    DengXian Light, DilleniaUPC, DokChampa, Dotum, DotumChe, Droid Sans, Droid Sans Fallback, Ebrima,
    Estrangelo Edessa, EucrosiaUPC, Euphemia, FangSong, FangSong_GB2312, Franklin Gothic Book,
    Franklin Gothic Medium, FreeSans, FreesiaUPC, Gabriola, Gadugi, Garamond, Gautami, Georgia, Gill Sans MT,
    Gisha, Goudy Old Style, Gulim, GulimChe, Gungsuh, GungsuhChe, Haettenschweiler, Heiti SC, Heiti TC,
    Heiti SC Light, Helv, Helvetica, Helvetica Neue, Impact, IrisUPC, Iskoola Pota, JasmineUPC,
    Javanese Text, KaiTi, KaiTi_GB2312, Kalinga, Kartika, Khmer UI, KodchiangUPC, Kokila, Lao UI, Latha,
    Leelawadee, Leelawadee UI, Levenim MT, LiSu, Liberation Mono, Liberation Sans, Liberation Serif,
    LilyUPC, Linux Libertine G, Lohit Devanagari, Lucida Bright, Lucida Console, Lucida Fax, Lucida Grande,
    Lucida Sans, Lucida Sans Typewriter, Lucida Sans Unicode, MS Gothic, MS Mincho, MS PGothic, MS PMincho,
    MS Reference Sans Serif, MS Sans Serif, MS Serif, MS UI Gothic, MT Extra, MV Boli, Malgun Gothic,
    Mangal, Marlett, Meiryo, Meiryo UI, Menlo, Microsoft Himalaya, Microsoft JhengHei,
    Microsoft JhengHei UI, Microsoft New Tai Lue, Microsoft PhagsPa, Microsoft Sans Serif,
    Microsoft Tai Le, Microsoft Uighur, Microsoft YaHei, Microsoft YaHei UI, Microsoft Yi Baiti, MingLiU,
    MingLiU_HKSCS, Miriam, Monaco, Mongolian Baiti, Monotype Corsiva, MoolBoran, Myanmar Text, NSimSun,
    Narkisim, Nirmala UI, Noto Sans, Noto Sans CJK SC, Noto Sans CJK SC Regular, Noto Sans Devanagari,
    Noto Sans SC, Noto Serif CJK SC, Noto Serif SC, Nyala, OpenSymbol, PMingLiU, PMingLiU-ExtB,
    Palatino Linotype, Phagspa, PingFang SC, PingFang TC, Plantagenet Cherokee, Raavi, Rockwell, Rod,
    STCaiyun, STFangsong, STHeiti, STHupo, STKaiti, STLiti, STSong, STXihei, STXingkai, STXinwei,
    STZhongsong, Sakkal Majalla, Segoe Print, Segoe Script, Segoe UI, Segoe UI Emoji, Segoe UI Historic,
    Segoe UI Light, Segoe UI Semibold, Segoe UI Semilight, Segoe UI Symbol, Shruti, SimHei, SimSun,
    SimSun-ExtB, Simplified Arabic, Songti SC, Source Han Sans CN, Source Han Serif CN, StarSymbol, Sylfaen,
    Symbol, Tahoma, Times, Times New Roman, Traditional Arabic, Trebuchet MS, Tunga, Tw Cen MT, Utsaah, Vani,
    Verdana, Vijaya, Vrinda, WenQuanYi Micro Hei, WenQuanYi Zen Hei, Webdings, Wingdings, Wingdings 2,
    Wingdings 3, YouYuan, Yu Gothic, Yu Gothic Light, Yu Gothic UI, Yu Mincho, ZapfDingbats,
    宋体, 新宋体, 宋体-简, 黑体, 黑体-简, 楷体, 楷体_GB2312, 仿宋, 仿宋_GB2312, 隶书, 幼圆, 等线, 等线 Light, 微软雅黑,
    微软雅黑 Light, 华文中宋, 华文仿宋, 华文宋体, 华文彩云, 华文新魏, 华文楷体, 华文琥珀, 华文细黑, 华文行楷, 华文隶书,
    方正姚体, 方正舒体, 苹方-简, 苹方-繁, 思源黑体, 思源宋体, 文泉驿微米黑, 文泉驿正黑, 新細明體, 細明體, 標楷體, 微軟正黑體,
    ＭＳ ゴシック, ＭＳ Ｐゴシック, ＭＳ 明朝, ＭＳ Ｐ明朝, 游ゴシック, 游ゴシック Light, 游明朝, 游明朝 Light, メイリオ,
    맑은 고딕, 굴림, 굴림체, 돋움, 돋움체, 바탕, 바탕체, 궁서, HY중고딕, HGｺﾞｼｯｸM
    """.split(",")
)
"""Fonts of Office, Windows, macOS, WPS and LibreOffice."""

STYLES = frozenset(
    name.strip().replace(" ", "").casefold()
    for name in """
    Normal, Default, Standard, Default Paragraph Font, Normal Table, Table Normal, No List, Table Grid,
    Table Grid Light, Header, Footer, Title, Subtitle, Strong, Emphasis, Quote, Intense Quote,
    Intense Emphasis, Subtle Emphasis, Subtle Reference, Intense Reference, Book Title, List Paragraph,
    No Spacing, Hyperlink, FollowedHyperlink, Caption, Bibliography, TOC Heading, Placeholder Text,
    Revision, Balloon Text, Body Text, Body Text Indent, Body Text First Indent, Plain Text, Block Text,
    Date, Signature, Closing, Salutation, Message Header, Document Map, Macro, Note Heading, E-mail Signature,
    Normal (Web), Normal Indent, HTML Acronym, HTML Address, HTML Cite, HTML Code, HTML Definition,
    HTML Keyboard, HTML Preformatted, HTML Sample, HTML Typewriter, HTML Variable, Outline List,
    Annotation Text, Annotation Subject, Annotation Reference, Comment Text, Comment Subject,
    Comment Reference, Footnote Text, Footnote Reference, Endnote Text, Endnote Reference, Page Number,
    Line Number, Envelope Address, Envelope Return, Table of Authorities, Table of Figures, TOA Heading,
    Table Theme, List, List Bullet, List Number, List Continue, Index Heading, Comma, Currency, Percent,
    Good, Bad, Neutral, Calculation, Check Cell, Explanatory Text, Input, Linked Cell, Note, Output, Total,
    Warning Text, Mention, Smart Hyperlink, Hashtag, Unresolved Mention
    """.split(",")
)
"""Built-in styles, without their spaces as in their ids."""
_NUMBERED_STYLE = re.compile(
    r"(?:heading|toc|index|list(?:bullet|number|continue)?|bodytext(?:first)?(?:indent)?|accent|(?:20|40|60)%-accent"
    r"|table(?:simple|classic|colorful|columns|grid|list|3deffects|web)|(?:light|medium|dark|colorful)"
    r"(?:shading|list|grid)|(?:grid|list|plain)table)[1-9]?(?:light|colorful|dark)?(?:-?accent[1-6])?(?:char)?"
)


@lru_cache(maxsize=1024)
def is_schema(value: str) -> bool:
    """Whether a value is the name of a schema of Office.

    >>> is_schema("http://schemas.microsoft.com/office/2006/metadata/contentType")
    True
    >>> is_schema("http://schemas.microsoft.com/13800138000")
    False
    """
    return _IS_SCHEMA.fullmatch(value) is not None


def is_guid(value: str) -> bool:
    return _IS_GUID.fullmatch(value) is not None


def is_mapping(value: str) -> bool:
    """Whether a value declares prefixes for schemas of Office, as a bound control of Word does."""
    return _IS_MAPPING.fullmatch(value) is not None


def is_font(name: str) -> bool:
    """Whether fonts are called so, or languages: Word has one attribute for both."""
    plain = name.removeprefix("@").strip()
    return (
        plain.casefold() in FONTS
        or _IS_LANGUAGE.fullmatch(plain) is not None
        or _THEME_FONT.fullmatch(plain) is not None
        or _FOUNDRY_FONT.fullmatch(plain) is not None
    )


def is_style(name: str) -> bool:
    """Whether Office has a style of this name or id."""
    plain = name.replace(" ", "").casefold()
    return (
        plain in STYLES
        or plain.removesuffix("char") in STYLES
        or _NUMBERED_STYLE.fullmatch(plain) is not None
    )
