"""What in the markup is text that somebody wrote, and what is structure.

The default is text. Element text is structure only where it is named here; attribute values are
text where they are named here, and elsewhere unless they have the form of something that programs
write: a keyword, a measure, a short number, an identifier.
"""

from __future__ import annotations

import re
from functools import lru_cache

from deid.formats.ooxml.xml import names
from deid.formats.vocabulary import (
    BOOKMARK,
    is_binding,
    is_drawn,
    is_feature,
    is_font,
    is_guid,
    is_keyword,
    is_mapping,
    is_program,
    is_schema,
    is_style,
    maps_prefixes,
)

# Element text that is structure, as long as it has the form of it.
STRUCTURE = names(
    "wp:posOffset wp:align xdr:col xdr:row xdr:colOff xdr:rowOff cdr:x cdr:y ep:DocSecurity ep:Pages ep:Words ep:Characters ep:CharactersWithSpaces ep:Lines "
    "ep:Paragraphs ep:ScaleCrop ep:LinksUpToDate ep:SharedDoc ep:HyperlinksChanged ep:MMClips "
    "ep:Notes ep:Slides ep:HiddenSlides cp:revision xv:Anchor xv:Row xv:Column "
    "xv:MoveWithCells xv:SizeWithCells xv:AutoFill xv:Visible a:tableStyleId"
)
# Elements that go, with all they hold: traces of who edited when, where and with what, redundant lists.
REMOVED = names(
    "dc:language dcterms:created dcterms:modified cp:lastPrinted ep:TotalTime ep:TitlesOfParts ep:HeadingPairs "
    "ep:DigSig w:fldData w:mailMerge w:attachedTemplate w:saveThroughXslt w:printerSettings w:embedRegular "
    "w:embedBold w:embedItalic w:embedBoldItalic w:subDoc x:webPublishing "
    "xv:FmlaMacro p:embeddedFontLst p:modifyVerifier p:htmlPubPr p:smartTags x:webPublishItems "
    "vt:blob vt:oblob vt:stream vt:ostream vt:storage vt:ostorage vt:vstream vt:cf x:fileRecoveryPr x:smartTags x:oleSize x:customProperties x:calcChain x:dateGroupItem"
)
REMOVED_LOCAL = frozenset({"presenceInfo", "absPath", "revisionPtr", "schemaRefs"})
# Runs of text that a paragraph, a comment or a string is made of.
RUNS = frozenset({"w:t", "w:delText", "a:t", "m:t", "x:t", "font"})
INSTRUCTIONS = frozenset({"w:instrText", "w:delInstrText"})
FORMULAS = names(
    "c:f x:f x:formula x:formula1 x:formula2 x:oldFormula x:definedName x:calculatedColumnFormula "
    "x:totalsRowFormula xv:FmlaLink xv:FmlaRange xv:FmlaGroup xv:FmlaTxbx xv:FmlaPict"
)
FORMULAS_LOCAL = frozenset({"f", "formula", "formula1", "formula2"})  # of Excel's extensions
PERSONS = frozenset({"dc:creator", "cp:lastModifiedBy", "ep:Manager", "x:author"})
NAME_PARTS = {"Last": "last name", "First": "first name"}  # of an author, in Word's list of sources
ORGANISATIONS = frozenset({"ep:Company"})

# Attributes by "element@attribute", "*@attribute" for any element; names without namespace prefix.
BLANKED = frozenset(  # always go
    {
        "*@initials",
        "person@userId",
        "person@providerId",
        "fileSharing@userName",
        "sharedItems@minValue",
        "sharedItems@maxValue",
        "sharedItems@minDate",
        "sharedItems@maxDate",
        "cacheSource@connectionId",
        "rangePr@autoStart",  # Excel finds the bounds of a grouping anew when it opens the file
        "rangePr@autoEnd",
        "rangePr@startNum",
        "rangePr@endNum",
        "rangePr@startDate",
        "rangePr@endDate",
        "*@gfxdata",  # a package in base64
        "ink@i",  # writing by hand
        "*@equationxml",  # a document of its own
        "sheetPr@codeName",  # what macros call a sheet and the workbook
        "workbookPr@codeName",
        "*@macro",
    }
)
PERSON_ATTRIBUTES = frozenset(
    {
        "*@author",
        "person@displayName",
        "*@refreshedBy",
        "permStart@ed",
        "userInfo@name",
        "cmAuthor@name",
        "author@name",
    }
)
# These always go too, but Office asks that the attribute be there.
INITIALS = frozenset({"cmAuthor@initials", "author@initials"})
EMPTIED = frozenset({"*@userId", "*@providerId", "*@userProvider"})
DATES = frozenset(  # go when edited
    {"*@date", "*@dateUtc", "*@fullDate", "*@dT", "*@refreshedDateIso", "cm@dt"}
)
ELEMENTS = frozenset({"smartTag@element", "customXml@element"})  # named like an element of XML
MOMENTS = frozenset({"*@created", "cm@startDate", "cm@dueDate"})  # another moment stands there when edited
ACTIONS = frozenset({"hlinkClick@action", "hlinkHover@action", "hlinkMouseOver@action"})
REFERENCES = frozenset({"bookmarkStart@name", "hyperlink@anchor", "docVar@name"})
FORMATS = frozenset({"*@formatCode"})
FIELDS = frozenset({"fldSimple@instr"})
FORMULA_ATTRIBUTES = frozenset(
    {
        "*@fmlaLink",
        "*@fmlaRange",
        "*@fmlaGroup",
        "*@fmlaTxbx",
        "*@linkedCell",
        "*@listFillRange",
        "*@textlink",
        "hyperlink@location",
        "cacheField@formula",
        "calculatedItem@formula",
        "hlinkClick@location",
        "cfvo@val",
    }
)
# Names by which Excel's formulas call things; they are renamed everywhere at once.
SHEETS = frozenset({"sheet@name", "worksheetSource@sheet", "dataRef@sheet", "rangeSet@sheet"})
NAMES = frozenset({"definedName@name", "table@name", "table@displayName", "worksheetSource@name"})
COLUMNS = frozenset({"tableColumn@name"})
TEXTS = names(
    "*@title *@descr *@alt *@string *@tooltip *@display *@prompt *@promptTitle *@error *@errorTitle "
    "*@caption *@alias *@displayText *@comment *@description *@help *@statusBar *@text *@displayName "
    "*@uniqueName *@href *@userName docPr@name cNvPr@name cacheField@name dataField@name "
    "pivotField@name s@v n@v d@v e@v filter@val customFilter@val listItem@value attr@name attr@val "
    "property@name scenario@name scenario@user customWorkbookView@name "
    "sheetView@name protectedRange@name dataBinding@xpath pivotTableDefinition@name pivotTable@name "
    "*@dataCaption *@grandTotalCaption *@errorCaption *@missingCaption *@rowHeaderCaption *@colHeaderCaption "
    "*@totalsRowLabel smartTagType@name SmartTagType@name *@displayFolder *@dimensionUniqueName "
    "*@defaultMemberUniqueName *@allUniqueName *@allCaption *@measureGroup *@parentSet s@c n@c d@c "
    "dataBinding@prefixMappings attachedSchema@val "
    "cSld@name section@name custShow@name tag@name tag@val oleObj@name control@name snd@name bmk@name "
    "tblStyle@styleName model3d@name *@lastValue"
)
# Headers and footers of sheets: text with codes in it, `&B`, `&14`, `&"宋体,加粗"`.
HEADERS = names("oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter")
# A size is one to three digits; where a number follows it, only Excel knows where it ends.
HEADER_CODES = tuple(
    re.compile(
        rf'&(?:"[^"]*"|K(?:[0-9A-Fa-f]{{6}}|[0-9]{{2}}[+\-][0-9]{{1,3}})|[0-9]{{1,{size}}}|[A-JL-Za-z+\-])'
    )
    for size in (3, 2, 1)
)
HEADER_SIZE = re.compile(r"&[0-9]{4}")
HEADER_SECTION = frozenset({"&L", "&C", "&R"})
HEADER_SHOWN = frozenset({"&G", "&P", "&N", "&D", "&T"})
"""A picture, and what only the program knows: numbers of pages, the day."""
# Elements of Word whose `val` is text.
VALUES = names(
    "alias tag default listEntry helpText statusText description lvlText docPart docVar tblCaption "
    "tblDescription category placeholder aliases caption entryMacro exitMacro query connectString udl "
    "table"
)
# Names of fonts and languages: text where they are in no list of ours.
FONT_ATTRIBUTES = names(
    "*@typeface *@eastAsia *@ascii *@hAnsi *@cs *@lang *@fontFamily *@bidi font@name altName@val "
    "mathFont@val rFont@val name@val"
)
# Names and ids of styles: text where Office has no style that is called so.
STYLES = names(
    "style@styleId pStyle@val rStyle@val tblStyle@val basedOn@val next@val link@val styleLink@val numStyleLink@val "
    "clickAndTypeStyle@val defaultTableStyle@val cellStyle@name lsdException@name"
)
# Shapes, ranges and lists of prefixes: text where they have not the form of it.
STRUCTURE_ATTRIBUTES = names(
    "*@style *@path *@coordsize shape@id rect@id oval@id line@id group@id roundrect@id OLEObject@ShapeID "
    "*@points *@fmla *@adj *@formulas *@Ignorable *@Requires *@ProcessContent *@MustUnderstand "
    "*@panose panose1@val "
    "zoom@val clrSchemeMapping@val pitchFamily@val sqref@val spid@val *@spid *@sqref "
    "*@ref *@cells *@guid"
)
# Of passwords, which people make of their numbers and days: whoever tries all of these has them.
HASHES = names(
    "*@hash *@salt *@hashValue *@saltValue *@password *@workbookHashValue *@workbookSaltValue *@workbookPassword "
    "*@revisionsHashValue *@revisionsSaltValue *@revisionsPassword *@hashData *@saltData *@algorithmName *@spinCount "
    "*@workbookAlgorithmName *@workbookSpinCount *@revisionsAlgorithmName *@revisionsSpinCount *@algIdExt "
    "*@cryptProviderType *@cryptAlgorithmClass *@cryptAlgorithmType *@cryptAlgorithmSid *@cryptSpinCount"
)
# Bookmarks that Word makes, and field codes that say no more than where to look.
_OWN_NAME = re.compile(BOOKMARK)
ORDINARY_FIELD = re.compile(
    rf"\s*(?:(?:PAGEREF|REF|NOTEREF|HYPERLINK \\l)\s+\"?{_OWN_NAME.pattern}\"?|PAGE|NUMPAGES|SECTIONPAGES|FORMTEXT|FORMCHECKBOX"
    r"|FORMDROPDOWN|TOC|SEQ [A-Za-z]{1,9})(?:\s+\\(?:[a-z]|\*|#)(?:\s+(?:MERGEFORMAT|ARABIC|\"[0-9\-]{1,5}\"))?)*\s*"
)
# What a click does, but for those that name a macro, a show or a file.
ACTION = re.compile(
    r"ppaction://(?:hlinksldjump|hlinkshowjump\?jump=(?:first|last|next|previous|lastslideviewed|end)?slide"
    r"|hlinkshowjump\?jump=endshow|noaction|customshow\?id=[0-9]{1,4}(?:&return=(?:true|false))?|ole\?verb=[0-9]{1,2})"
)
_MARKED = re.compile(r"@|%[0-9A-Fa-f]{2}|[0-9]{11}|://")
_FORMED = re.compile(
    r"[a-z0-9]{1,20}(?:[A-Z][a-z0-9]{0,20}){1,6}|[_+\-]?[0-9.]{1,10}(?:[a-z]{1,2}|%)?|#?[0-9A-Fa-f]{1,10}|rId[0-9]{1,6}"
)
_FRACTION = re.compile(r"[+\-]?[0-9]{1,3}\.[0-9]{1,18}")  # the width of a column, the tint of a colour
_LETTER, _SPACE = re.compile("[A-Za-z]"), re.compile(r"\s")
_ODD = re.compile(r"[^\x00-\x7f]|[0-9]{5}")
_NOTHING = re.compile(r"[0-9.+\-]{0,5}|\W*|(?:%[1-9]\W{0,2})+|true|false")
_FIGURES = re.compile(r"-?[0-9]{1,10}(?:\.[0-9]{1,10})?|[0-9]{1,6}(?:,\s*[0-9]{1,6}){1,9}")
_PANOSE = re.compile(r"(?:0[0-9A-Fa-f]|10){10}")
_SHORT = 40
"""Characters of a value that may recur: the styles of a document have hundreds alike."""


@lru_cache(maxsize=8192)
def is_odd(name: str) -> bool:
    """Whether somebody chose the name of an element or attribute: Office has none with so many digits, or Chinese."""
    return _ODD.search(name) is not None


def has_text(name: str, text: str) -> bool:
    """Whether the text of element `name` is text that a person may have written."""
    text = text.strip()
    if name == "div":  # of VML: a figure may be one of a number that has a box for each
        return bool(text)
    if name in ("ep:Application", "ep:AppVersion") or (name in STRUCTURE and _is_figure(text)):
        return False
    if name == "?:sqref" and is_drawn(text):
        return False
    return not (_NOTHING.fullmatch(text) or (text.startswith("tc=") and is_guid(text[3:])))


def _is_figure(text: str) -> bool:
    return (
        _FIGURES.fullmatch(text) is not None
        or is_keyword(text)
        or is_guid(text)
        or (len(text) < 5 and text.isascii())
    )


def _is_typed(value: str) -> bool:
    """Whether a value looks like something that a person wrote. Linear: some are megabytes long."""
    if not value.isascii() or _MARKED.search(value):
        return True
    return bool(_SPACE.search(value) and _LETTER.search(value))


@lru_cache(maxsize=8192)
def _is_formed(value: str) -> bool:
    """Whether a value that no person need have written is one that programs write."""
    return (
        len(value) < 5
        or _FORMED.fullmatch(value) is not None
        or is_keyword(value)
        or is_drawn(value)
        or is_font(value)
        or is_program(value)
        or is_feature(value)
    )


def attribute_kind(element: str, name: str, value: str, custom: bool) -> str:
    """`person`, `date`, `moment`, `element`, `reference`, `format`, `field`, `formula`, `blank`, `empty`, `text`; or
    nothing for structure.

    `element` and `name` are short names; `custom` says that the element is custom XML, or the
    name of a style that somebody made, where any value is text.
    """
    look = _recurring_kind if len(value) <= _SHORT else _attribute_kind
    return look(element, name, value, custom)


def _attribute_kind(element: str, name: str, value: str, custom: bool) -> str:
    kind = _kind_of_name(element, name)
    if kind in ("blank", "empty"):
        return kind
    if kind == "action":
        return "" if ACTION.fullmatch(value) else "blank"
    if _NOTHING.fullmatch(value) or (is_guid(value.removeprefix("tc=")) and not custom):
        return ""
    if kind == "reference" and _OWN_NAME.fullmatch(value):
        return ""
    if kind == "font":
        return "" if is_font(value) else "text"
    if kind in ("", "structure") and (is_schema(value) or is_mapping(value)):
        return ""
    if kind == "structure":
        formed = is_drawn(value) or is_keyword(value) or is_guid(value) or _PANOSE.fullmatch(value)
        return "" if formed and not (custom and _is_typed(value)) else "text"
    if kind == "style":
        return "" if is_style(value) else "text"
    if kind == "text" and (
        is_schema(value) or is_mapping(value) or maps_prefixes(value) or is_binding(value)
    ):
        return ""
    if kind or custom:
        return kind or "text"
    if _FRACTION.fullmatch(value) or (_is_formed(value) and not _is_typed(value)):
        return ""
    return "text"


_recurring_kind = lru_cache(maxsize=8192)(_attribute_kind)

_KINDS = (
    ("empty", INITIALS),
    ("blank", BLANKED | HASHES),
    ("empty", EMPTIED),
    ("action", ACTIONS),
    ("person", PERSON_ATTRIBUTES),
    ("date", DATES),
    ("moment", MOMENTS),
    ("element", ELEMENTS),
    ("reference", REFERENCES),
    ("format", FORMATS),
    ("field", FIELDS),
    ("formula", FORMULA_ATTRIBUTES),
    ("sheet", SHEETS),
    ("name", NAMES),
    ("column", COLUMNS),
    ("text", TEXTS),
    ("font", FONT_ATTRIBUTES),
    ("style", STYLES),
    ("structure", STRUCTURE_ATTRIBUTES),
)


@lru_cache(maxsize=4096)
def _kind_of_name(element: str, name: str) -> str:
    tag, attribute = element.rpartition(":")[2], name.rpartition(":")[2]
    if element == "w:name" and attribute == "val":  # of styles, form fields and AutoText entries
        return "style"
    for kind, listed in _KINDS:
        if f"*@{attribute}" in listed or f"{tag}@{attribute}" in listed:
            return kind
    return "text" if attribute == "val" and tag in VALUES else ""
