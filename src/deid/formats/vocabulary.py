"""What Office writes into every file by itself: schemas, keywords, languages, fonts, styles, parts.

Tables of names and shapes, nothing else, so that writer and check agree on what nobody typed.
Each is closed: a name that is not in it is somebody's, to be read as text and searched for.
Keywords are the enumerations of ISO/IEC 29500 and of Microsoft's extensions to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = r"(?:[A-Za-z._\-]|(?<![0-9])[0-9]{1,4}(?![0-9]))"
_GUID = r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
_SCHEMA = (
    r"(?:https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org/ooxml|purl\.org/dc"
    rf"|www\.w3\.org|(?:web|www)\.wps\.cn|schemas\.libreoffice\.org|schemas\.haansoft\.com)(?:/{_WORD}{{0,60}}){{1,9}}#?"
    rf"|urn:schemas-microsoft-com:[a-z]{{2,12}}(?::[a-z]{{2,12}}){{0,2}}"
    r"|urn:microsoft\.com/office/officeart/20[0-9]{2}/[0-9]{1,2}/(?:layout|quickstyle|colors)"
    r"/[0-9]?[A-Za-z]{1,20}[0-9]{0,2}(?:_[0-9])?(?:#[0-9]{1,3})?)"
)
_IS_SCHEMA = re.compile(_SCHEMA)
_HOST = re.compile(r"https?://[^/]*|urn:schemas-microsoft-com|urn:microsoft\.com")
_LONG_WORD = re.compile(r"[A-Za-z]{5,}")
_IS_GUID = re.compile(_GUID)
_TELLING = re.compile(r"[0-9]{7}|[@%&]|[^\x00-\x7f]")
_MAPPING = re.compile(r"xmlns:ns[0-9]{1,3}=(['\"])([^'\"]*)\1")
_IS_LANGUAGE = re.compile(r"(?:[a-z]{2,3}|x)(?:-(?:[A-Z][a-z]{3}|[A-Z]{2}|[0-9]{3}|none))?")
_CHARSET = re.compile(r" (?:Western|CE|Cyr|Greek|Tur|Baltic|\((?:Hebrew|Arabic|Vietnamese|Thai)\))$")
"""What Word calls the other characters of a font in RTF: 宋体 Western."""
_THEME_FONT = re.compile(r"\+m[nj]-(?:lt|ea|cs)")
_FOUNDRY_FONT = re.compile(
    r"方正(?:大标宋|小标宋|书宋|报宋|仿宋|楷体|黑体|姚体|舒体|兰亭黑|兰亭超细黑|细黑一|准圆|粗圆|卡通|粗宋|宋三|细圆)"
    r"(?:_GBK|_GB18030|_GB2312|简体|繁体)|汉仪(?:书宋[一二]|中黑|旗黑|楷体|仿宋|大宋|中宋|中圆|粗黑)(?:KW|简|繁)?"
    r"|文鼎(?:PL|CS)?(?:中楷|细上海宋|简中黑|报宋|大宋|中宋|书宋|简书宋|简报宋|细圆|中圆|粗圆|中明|中黑|大黑|楷体)(?:Uni|_GB)?(?: ?MBE)?"
)

SCHEMA_WORDS = frozenset(
    """
    accent activation activex activexcontrolbinary afchunk animation arrow attachedtoolbars audiovideo
    authors balance bibliography bprocess calcchain calcfeatures calculation characteristics chart
    chartcolorstyle chartdrawing chartex chartsheet chartstyle chartusershapes chevron
    classificationlabels classificationshape colorful colors command commentauthors comments
    commentsextended commentsextensible commentsids compatibility connections content contenttype control
    coverpageprops ctrlprop custom customdata customdataprops customdocumentinformationpanel
    customproperty customui customxml customxmlprops customxsn cycle datasourceversioning dcmitype
    decorative default diagram diagramcolors diagramdata diagramdrawing diagramlayout diagramquickstyle
    dialogsheet digital docpropsvtypes documenttasks drawing drawingml dynamicarray elements endnotes
    equation etcustomdata excel extended extendedproperties extensibility externalcodeservice externallink
    extlinks extlinksprops extlst featurepropertybag fonttable footer footnotes funnel gears
    glossarydocument handoutmaster hchevron hdphoto header hierarchy hlist hprocess hyperlink
    hyperlinkcolor image imageformula inkml instance internal keymapcustomizations layout
    legacydiagramtext legacydoctextinfo libreoffice livefeed lockedcanvas longproperties lprocess markup
    matrix meatadata metaattributes metadata metrodictionary microsoft miplabelmetadata model msforms
    namedsheetview namedsheetviews namespace notesmaster notesslide numbering oembed ofapi office
    officeart officedocument oleobject ooxml orgchart origin outspace package packaging people person
    picture pivot pivotautorefresh pivotcachedefinition pivotcacherecords pivotdatasource
    pivotdefaultlayout pivotdynamicarrays pivotnov pivotrichdata pivottable pivotversioninfo powerpoint
    presentationml presprops printersettings process projectml properties pyramid querytable quickstyle
    spreadsheet radial rdarray rdrichvalue rdrichvaluestructure rdrichvaluetypes rdrichvaluewebimage
    rdsupportingpropertybag rdsupportingpropertybagstructure reactions recipientdata relationships
    revision revisionheaders revisionlog richdata richdatawebimage richstyles richvaluerefresh
    richvaluerel roamingsettings schemalibrary schemas scriptlink sdtdatahash sdtformatlock settings
    sharedstrings sharedtypes sheetmetadata signature simple sketchyshapes slicer slicercache slide
    slidelayout slidemaster slideupdateinfo smarttags spreadsheetdrawing spreadsheetml styles
    styleswitheffects styleswithteffects symex table tablesinglecells tablestyles target taskpanes tasks terms theme thememl
    themeoverride threadedcomment threadedcomments thumbnail timeline timelinecache timeslicer types
    usercustomization usernames vbaproject viewprops vlist vmldrawing volatiledependencies vprocess
    webextension webextensions webextensiontaskpanes websettings wordml wordprocessingcanvas
    wordprocessingdrawing wordprocessinggroup wordprocessingink wordprocessingml wordprocessingshape
    wordvbadata workbookcompatibilityversion worksheet wpscustomdata wssortmap xlintlmacrosheet
    xlmacrosheet xmlmaps xmlpackage xmlschema
    """.split()
)
"""What names of schemas are made of, words of five letters and longer."""

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
    Warning Text, Mention, Smart Hyperlink, Smart Link, Hashtag, Unresolved Mention, HTML Top of Form,
    HTML Bottom of Form, Table Contemporary, Table Elegant, Table Professional, Comma [0], Currency [0]
    """.split(",")
)
"""Built-in styles, without their spaces as in their ids."""
_NUMBERED_STYLE = re.compile(
    r"(?:heading|toc|index|outlinelist|notelevel|tablesubtle|list(?:bullet|number|continue)?|bodytext(?:first)?(?:indent)?|accent|(?:20|40|60)%-accent"
    r"|table(?:simple|classic|colorful|columns|grid|list|3deffects|web)|(?:light|medium|dark|colorful)"
    r"(?:shading|list|grid)|(?:grid|list|plain)table)[1-9]?(?:light|colorful|dark)?(?:-?accent[1-6])?(?:char)?"
)

THEMES = frozenset({"Office", "Office Theme"})
"""What themes are called that nobody made; a company has its own."""

PROGRAMS = frozenset(
    """
    Microsoft Excel, Microsoft Macintosh Excel, Microsoft Excel Online, Microsoft Excel for the web,
    Microsoft Office Word, Microsoft Word, Microsoft Macintosh Word, Microsoft Word Online,
    Microsoft Word for the web, Microsoft Office PowerPoint, Microsoft PowerPoint, Microsoft Macintosh PowerPoint,
    Microsoft PowerPoint Online, Microsoft PowerPoint for the web,
    WPS Office, WPS 文字, WPS 表格, WPS 演示, WPS Writer, WPS Spreadsheets, WPS Presentation
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)
"""Programs that may say that they wrote a file: others reckon the results of foreign formulas anew when they open it,
and draw charts by the rules of the version that wrote them."""
PROGRAM_VERSION = re.compile(r"[0-9]{1,2}\.[0-9]{4}")
"""Of Office, as it says it of itself."""

PART_NAMES = frozenset(
    """
    document cellimages header footer footnotes endnotes comments commentsExtended commentsIds commentsExtensible
    people styles stylesWithEffects settings webSettings fontTable numbering workbook sheet sharedStrings
    table pivotTable pivotCacheDefinition metadata threadedComment person slicer slicerCache timeline
    timelineCache ctrlProp featurePropertyBag chart drawing data layout quickStyle colors style theme
    themeOverride app core custom item itemProps vmlDrawing chartEx image presentation presProps viewProps
    tableStyles slide slideLayout slideMaster notesSlide notesMaster handoutMaster comment commentAuthors authors tag
    """.split()
)
PART_FOLDERS = frozenset(
    """
    word xl docProps customXml glossary worksheets chartsheets dialogsheets theme charts drawings diagrams
    tables pivotTables pivotCache threadedComments persons slicers slicerCaches timelines timelineCaches
    ctrlProps featurePropertyBag media embeddings comments ppt slides slideLayouts slideMasters notesSlides
    notesMasters handoutMasters tags
    """.split()
)
"""Names that Office itself gives to parts and their folders; any other may be somebody's."""
_PART = re.compile(
    r"(?P<folders>(?:[A-Za-z]+/){0,3})(?:_rels/)?(?P<name>[A-Za-z]+)[0-9]{0,5}"
    r"\.(?:xml|vml|png|jpg|docx|xlsx|pptx|docm|xlsm|pptm|html|rtf|eml|txt)(?:\.rels)?"
)
_PACKAGE = frozenset({"[Content_Types].xml", "_rels/.rels"})

KEYWORDS = frozenset(
    """
    process hierarchy relationship matrix image rating arrows signs symbols flags boxes traffic properties
    above aboveaverage absolute accent accuracy acoustic address administrators affine after aiueo albers
    allowhyphenationattrackbottom always anchor ancst angle apples aquamarine around array arrow ascending
    atleast autofit automatic automax automin autosize autotxrot autozero average axiscol axispage axisrow
    azure background balanced banner baseline bbplchdr before begin beginswith begpad begpts beige below
    beneathtext bentconnector bestfit between bevel billions birds bisque bitmap black blank block bmarg
    boolean bothsides bottom bottomleft bottomright branch bronze brown bullet bullseye button cabins
    calca calculated callout canvas cardinaltext catalog category ceiling cellis center centercontinuous
    centered centergroup character chart chartreuse checkbox checked checkered chevron chicago chilly
    chinesecounting chinesecountingthousand chocolate choice chord chosung circle classic clean clear
    clocks cloud clsid clustered colon color colorscale column combo comboedit comma comment comments
    compass compatibilitymode composite compresspunctuation confetti conndist connector consolidation
    containsblanks containserrors containstext contdir content contentlocked context contextual continent
    continuationnotice continuationseparator continue continuous contrasting contributors convex coolslant
    coral corner cornsilk count counta countnums county crimson cross ctrshpmap cubic curly currency
    current curve curved curvedconnector custom cycle cylinder darkdown darken darkgray darkgrid
    darktrellis dashdot dashed dashheavy dashsmallgap databar database datetime daysindex dblstrike
    decagon decimal decimalenclosedcirclechinese decimalzero decorative default delete depth descending
    desorself dialog diamond difference differentiatemultirowtableheaders dirty disabled discretional
    displayed distortion distribute distributed distributespace divot dkedge document dodecagon
    donotcompress donotflipmirrorindents donut dotted double downthenover duplicatevalues duration
    eachpage eachsect earth eastasia editors elbow ellipse ellipsis email embed emboss
    enableopentypefeatures endpad endpts endsty endswith envelopes equal error everyone exact excela
    exclusive expression extended external factor fallback false field filetime filled firebrick
    firecrackers first firstcol firstcolumn firstcolumnstripe firstpage firstrow firstrowstripe fixed
    float flood floor flowdir fnode folhlink follow followedhyperlink followsib format formatting forms
    formula fragile fraktur frame freezing froml fromr fromt front frozen frozensplit fuchsia fullpage
    funnel future gainsboro galaxy ganada general goldenrod gradient gradientunscaled gramend gramstart
    grand grdir greaterthan greaterthanorequal green gregorian group hairline handmade harsh headerrow
    heart hearts heavy hebrew height heptagon hexagon hidden hierchild hierroot highlight hijri hiragana
    historical hlink holly honeydew horzalign hours hqprint hundreds hybridmultilevel hyperlink hyphen
    hypnotic iconset identity ideographtraditional ignore inclusive indefinite indent indeterminate index
    indigo individual inend information inherit inline inlinestr inner insert inset inside integer
    integrated interview iroha isometricleftdown isometricrightup ivory japan japanesecounting justify
    khaki korea label landscape language largest lastcol lastcolumn lastrow lavender legacy lessthan
    lessthanorequal letter light lighten lightgray lightgrid lightning lights lightup lindir linear
    linemarker linen lines lining lmarg locality lookup lowerletter lowerroman lowkashida lpstr lpwstr
    macintosh magenta major majorbidi majoreastasia majorhansi manual margin marker maroon marquee master
    match mathequal mathml mathplus matte maxdepth maxmin median medium mercator metal midcat middle
    miller millions minmax minor minorbidi minoreastasia minorhansi minus minute minutes miter mixed
    moccasin modern mongolianvert monospace month months monthsindex moons morning mosaic movie movingavg
    multi multilevel narrow native natural necell never nextpage nextto ninch noarr nobar noconversion
    nodehorzalign noicons noise normal northwest nostrike notbetween notcontains notcontainsblanks
    notcontainstext notequal nothing number numbering nwcell ocean octagon oddpage oldstyle olive onecell
    orange orchid ordinal orgchart origin orthographicfront outend outer outline outlines outset outside
    ovals overflow overlap overlapping overlay overridetablestylefontsizeandjustification overthendown
    owners packages pagebreakpreview pagefieldlabels pagefieldvalues pagelayout papyrus paragraph parallel
    parallelogram partrans partxltralign partxrtlalign patent pattern pencil pencils pentagon people
    percent percentage percentile percentofcol percentofrow percentoftotal percentstacked performance
    period perspective perspectiverelaxed phclr picture placeholder placeholders plaid planet plaque
    plastic poinsettias portrait powder power preced preserve presof presparof primfontsz print printer
    priority product prompt proportional pumpkin purple pyramid pyramids quadrants quantization quarter
    quarters query radial radio rainbow range readonly recognition rectangle reference region regular
    relative relaxedinset rename reorder repeat report reserved resize resolution restart ribbon riblet
    right rightarrow rings rmarg robinson roman rosegold round roundrect router rsafull safari salmon
    samedir sawtooth scenario screen script scroll seattle secell secfontsz second secondcolumnstripe
    secondrowstripe seconds sectend segments selection separate separator series shape shapes shared sheet
    shimmer shingle short sibsp sibtrans sienna sigma silver simple single singlelevel skyrocket slope
    small smooth smoothmarker snake sngstrike snowflakes softmetal softround solid sombrero source
    southwest space spanang sparkle sparkline sparklines spellend speller spellstart sphere split
    spreadsheet square stack stacked standard standardcontextual stang stars start state static
    stbulletlvl stddev stealth stored straight stretch strict string stroke subscript subsup sunburst
    sunrise sunset superscript swcell swirligig swiss sysdash sysdot table tabular tactile taiwan teardrop
    textlength textnoshape textwrapping thick thickthinsmallgap thinthicksmallgap thismonth thistle
    thisworkbook thousands threept threshold through tight timeperiod tmarg today token tomato tomorrow
    toolbar topandbottom topleft topright totalrow trackedchanges trans transitional transparency
    trapezoid treemap trees trellis triangle triangles tribal trillions triple turquoise txanchorvert
    txanchorvertch typeany umalqura unchecked underscore understanding undovr undrawn unhide uniquevalues
    unknown unlocked unsupported upperletter upperroman usewordtrackbottomhyphenation value variable
    variant vertalign veryhidden violet visible visual warning waterfall watermark watermarks waveline
    weave wheat white whole wholetable width window windowtext withinlinear woodwork words worksheet world
    xldapr years yellow yesterday
    active browser closed discrete freeze handouts invalid layout ledger locked maximized media mediacall minimized
    notes overhead parent remove resolved restored slide slides stars strip title transition
    chartandtx clipart clipartandtx clipartandverttx ctrtitle fourobj mediaandtx objandtwoobj
    objandtx objonly objovertx objtx pictx sechead sldimg sldnum subtitle titleonly twocoltx twoobj
    twoobjandobj twoobjandtx twoobjovertx twotxtwoobj txandchart txandclipart txandmedia txandobj
    txandtwoobj txoverobj verttitleandtx verttitleandtxoverchart verttx
    """.split()
)
"""Values of enumerations, five letters and longer (shorter ones are never searched for): all of one word, and the others
that stand in ordinary files."""
_KEYWORD = re.compile(r"[0-9]?([A-Za-z]{5,45})[0-9]{0,2}(?: \[[0-9]{1,4}\])?")
_NUMBERED = re.compile(
    r"(?:Table|Pivot|Slicer|TimeSlicer)(?:Table)?Style(?:Light|Medium|Dark|Other)?[0-9]{1,2}"
    r"|useWord2013TrackBottomHyphenation"
    r"|(?:pct|shdw|gray|star|gear|dark|text|vert|top)[0-9]{1,4}|screen[0-9]{1,2}x[0-9]{1,2}|[0-9]{3,4}x[0-9]{3,4}"
    r"|windows-[0-9]{3,4}|iso-8859-[0-9]{1,2}|shift_jis"
)
_PROGRAM = re.compile(
    r"(?:Excel|Word|PowerPoint|Visio|Equation|Package)(?:\.(?:Sheet|SheetMacroEnabled|Document|Chart|Show|Slide|Drawing|DSMT4|3))?(?:\.[0-9]{1,2})?"
)
_FUNCTION = re.compile(
    r"#VALUE!|(?<![A-Za-z0-9_.])(?:FALSE(?![A-Za-z0-9_.(])|(?:_xlfn\.)?(?:ADDRESS|CHOOSE|CLEAN|COLUMN|COLUMNS|COUNT|EVALUATE"
    r"|EXACT|FIELDVALUE|FIXED|FLOOR|FORECAST|FREQUENCY|GROWTH|IMAGE|INDEX|INDIRECT|INTERCEPT|LAMBDA|LARGE|LOOKUP|LOWER|MATCH|MEDIAN|MINUTE|MONTH"
    r"|NORMAL|OFFSET|PERMUT|POWER|PRICE|PRODUCT|PROPER|QUARTILE|QUOTIENT|RANDARRAY|REPLACE|RIGHT|ROMAN|ROUND|SEARCH"
    r"|SECOND|SEQUENCE|SLOPE|SMALL|SUBSTITUTE|SUBTOTAL|TODAY|TRANSPOSE|TREND|TRUNC|UNIQUE|UPPER|VALUE|WEEKDAY"
    r"|WORKDAY|YIELD)(?=\())"
)
_RANGE = re.compile(
    r"_xlnm\.(?:Print_Area|Print_Titles|_FilterDatabase|Criteria|Extract|Consolidate_Area|Database|Sheet_Title)"
)
BOOKMARK = r"_(?:GoBack|(?:Toc|Ref|Hlk|Hlt|MON)_?[0-9]{1,10})"
"""Names that Word gives to bookmarks."""
_IS_BOOKMARK = re.compile(BOOKMARK)
_FEATURE = re.compile(r"microsoft\.com:(?:[A-Z]{2,10}(?:_[A-Z]{2})?|Single)")
_BINDING = re.compile(
    r"(?:/ns[0-9]{1,2}:(?:coreProperties|title|creator|subject|keywords|description|category|contentStatus"
    r"|lastModifiedBy|Properties|Company|Manager|CoverPageProperties|PublishDate|Abstract|CompanyAddress"
    r"|CompanyPhone|CompanyFax|CompanyEmail)(?:\[1\])?){1,4}"
)

# Drawings: CSS as VML has it, paths, guides and formulas, cell ranges. Numbers are short, so that
# none of them is somebody's, and so are the runs of letters.
_NUMBER = r"-?(?:[0-9]{1,7}(?:\.[0-9]{0,4})?|\.[0-9]{1,4})(?![0-9])"
_CSS = re.compile(
    r"\s*(?:(?:position|width|height|left|top|right|bottom|flip|rotation|direction|visibility|z-index|layout-flow"
    r"|text-align|font-size|font-weight|font-style|margin(?:-left|-top|-right|-bottom)?"
    r"|(?:mso|v)(?:-(?:alt|anchor|bottom|break|column|count|direction|distance|edited|fit|flow|height|horizontal|kern"
    r"|layout|left|margin|next|percent|position|relative|reverse|right|rotate|rotation|same|scale|shadow|shape"
    r"|spacing|strike|style|text|textbox|to|top|vertical|width|wrap|xscale|letter|heights)){1,5})"
    rf"\s*:\s*(?:{_NUMBER}(?:pt|in|px|mm|cm|em|pc|%|fd?)?|-?25[0-9]{{7}}|-?[0-9]{{8}}fd|#_x0000_s[0-9]{{1,7}}|[a-z](?: [a-z])?"
    r"|auto|absolute|relative|static|hidden|visible|inherit|left|right|center|justify|top|middle|bottom|inside"
    r"|outside|page|margin|text|char|line|none|square|tight|through|bold|normal|italic|ltr|rtl|horizontal|vertical"
    r"|(?:top|bottom)-to-(?:top|bottom)|vertical-ideographic|horizontal-ideographic|(?:top|middle|bottom)-(?:center|"
    r"baseline)(?:-baseline)?|(?:left|right|top|bottom|inner|outer)-margin-area|track|tightening|bottom-center)?"
    r"\s*(?:;\s*|$)|font-family\s*:\s*(?P<font>[^;:]{1,60})(?:;\s*|$)|;\s*)"
)
_GEOMETRY = re.compile(r"[A-Za-z0-9#@$\s,:;*/+?()!.\-]*")
_LONG_NUMBER = re.compile(r"[0-9]{8}|\.[0-9]{5}")
_GUIDES = frozenset(
    """
    width height pixelWidth pixelHeight pixelLineWidth lineDrawn emuWidth emuHeight limoX limoY ellipse sumangle
    sdtdh sdtfl
    """.split()
)
_SHAPE = re.compile(r"#?_x0000_[a-z][0-9]{1,7}|_s[0-9]{1,7}")


@lru_cache(maxsize=1024)
def is_schema(value: str) -> bool:
    """Whether a value is the name of a schema of Office.

    >>> is_schema("http://schemas.microsoft.com/office/2006/metadata/contentType")
    True
    >>> is_schema("http://schemas.microsoft.com/13800138000"), is_schema("http://schemas.microsoft.com/zhangsan")
    (False, False)
    """
    return _IS_SCHEMA.fullmatch(value) is not None and all(
        word.casefold() in SCHEMA_WORDS for word in _LONG_WORD.findall(_HOST.sub("", value, count=1))
    )


def is_guid(value: str) -> bool:
    return _IS_GUID.fullmatch(value) is not None


def is_mapping(value: str) -> bool:
    """Whether a value declares prefixes for schemas of Office, as a bound control of Word does."""
    found = _MAPPING.findall(value)
    return (
        bool(found)
        and not _MAPPING.sub("", value).strip()
        and all(is_schema(uri) or is_guid(uri) for _, uri in found)
    )


def maps_prefixes(value: str) -> bool:
    """Whether a value declares prefixes, for vocabularies of any hospital, of which none holds a long number or another script.

    >>> maps_prefixes("xmlns:ns0='http://hospital.example/case'"), maps_prefixes("xmlns:ns0='urn:13800138000'")
    (True, False)
    """
    found = _MAPPING.findall(value)
    plain = found and not _MAPPING.sub("", value).strip()
    return bool(plain) and not any(_TELLING.search(uri) for _, uri in found)


def is_font(name: str) -> bool:
    """Whether fonts are called so, or languages: Word has one attribute for both."""
    plain = _CHARSET.sub("", name.removeprefix("@").strip())
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


@lru_cache(maxsize=1024)
def is_keyword(value: str) -> bool:
    """Whether a value is one of Office's keywords, with a number or an index of colours behind it.

    >>> is_keyword("center"), is_keyword("accent1"), is_keyword("window [65]"), is_keyword("titleOnly")
    (True, True, True, True)
    >>> is_keyword("zhangsan")
    False
    """
    match = _KEYWORD.fullmatch(value)
    return (match is not None and match[1].casefold() in KEYWORDS) or _NUMBERED.fullmatch(value) is not None


def is_part_name(path: str) -> bool:
    """Whether a package has an entry of this name because Office, or deid, called it so."""
    plain = path.removeprefix("/")
    match = _PART.fullmatch(plain)
    return plain in _PACKAGE or (
        match is not None
        and (match["name"] in PART_NAMES or match["name"] == "part")
        and PART_FOLDERS.issuperset(filter(None, match["folders"].split("/")))
    )


def without_functions(formula: str) -> str:
    """A formula, or a result, without the functions and the error of Excel that are ordinary words."""
    return _FUNCTION.sub("", formula)


def is_own_name(value: str) -> bool:
    """Whether Word gives this name to a bookmark, or Excel to a range."""
    return _IS_BOOKMARK.fullmatch(value) is not None or _RANGE.fullmatch(value) is not None


def is_prefix(value: str) -> bool:
    """Whether a prefix is called like a schema."""
    return value.casefold() in SCHEMA_WORDS


def is_program(value: str) -> bool:
    """Whether a value names the program of an embedded object."""
    return _PROGRAM.fullmatch(value) is not None


def is_format(code: str) -> bool:
    """Whether a number format holds no words but General and the names of colours."""
    return is_drawn(
        re.sub(
            r"general|dbnum[0-9]|\[[$][^\]]{0,12}\]|\[(?:black|blue|cyan|green|magenta|red|white|yellow)\]"
            r"|[\[\]_\\\"<>=%]",
            " ",
            code,
            flags=re.IGNORECASE,
        )
    )


def is_feature(value: str) -> bool:
    """Whether a value names a feature of Excel's calculation."""
    return _FEATURE.fullmatch(value) is not None


def is_binding(value: str) -> bool:
    """Whether a value is the path of a document property that a control of Word shows."""
    return _BINDING.fullmatch(value) is not None


def is_drawn(value: str) -> bool:
    """Whether a value is the look or the geometry of a shape, a range of cells or a list of prefixes.

    >>> is_drawn("position:absolute;width:11.25pt"), is_drawn("m,l,21600r21600,l21600,xe"), is_drawn("B2:C7")
    (True, True, True)
    >>> is_drawn("mso-name:zhangsan"), is_drawn("m13910007001,l"), is_drawn("m\u5f20\u4e09")
    (False, False, False)
    """
    return _is_geometry(value) or _SHAPE.fullmatch(value) is not None or _is_css(value)


def _is_geometry(value: str) -> bool:
    return (
        _GEOMETRY.fullmatch(value) is not None
        and _LONG_NUMBER.search(value) is None
        and _GUIDES.issuperset(_LONG_WORD.findall(value))
    )


def _is_css(value: str) -> bool:
    position = 0
    while position < len(value):
        match = _CSS.match(value, position)
        if match is None or match.end() == position:
            return False
        if match["font"] is not None and not is_font(match["font"].strip().strip("'\"")):
            return False
        position = match.end()
    return True
