"""Which kinds of parts a package may hold, and what becomes of each.

What deid does not know it cannot vouch for: a part whose content type is not in KINDS is left
out, and where the text of the document should stand in it the file is unreadable. So a missing
entry takes something away; it never lets anything through.
"""

from __future__ import annotations

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml."
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."
_OFFICE = "application/vnd.openxmlformats-officedocument."
_MICROSOFT = "application/vnd.ms-"

MAINS: dict[str, str] = {
    f"{_WORD}document.main+xml": "docx",
    f"{_WORD}template.main+xml": "docx",
    f"{_MICROSOFT}word.document.macroEnabled.main+xml": "docx",
    f"{_MICROSOFT}word.template.macroEnabledTemplate.main+xml": "docx",
    f"{_EXCEL}sheet.main+xml": "xlsx",
    f"{_EXCEL}template.main+xml": "xlsx",
    f"{_MICROSOFT}excel.sheet.macroEnabled.main+xml": "xlsx",
    f"{_MICROSOFT}excel.template.macroEnabled.main+xml": "xlsx",
    f"{_SLIDES}presentation.main+xml": "pptx",
    f"{_SLIDES}slideshow.main+xml": "pptx",
    f"{_SLIDES}template.main+xml": "pptx",
    f"{_MICROSOFT}powerpoint.presentation.macroEnabled.main+xml": "pptx",
    f"{_MICROSOFT}powerpoint.slideshow.macroEnabled.main+xml": "pptx",
    f"{_MICROSOFT}powerpoint.template.macroEnabled.main+xml": "pptx",
}
"""Content type of the main part → format. Templates and files with macros (which are left out) stay what
they are, since their suffix does."""

STYLES = f"{_WORD}styles+xml"
"""Content type of the styles of a Word document."""

PACKAGES: dict[str, str] = {
    f"{_WORD}document": "docx",
    f"{_MICROSOFT}word.document.macroEnabled.12": "docm",
    f"{_EXCEL}sheet": "xlsx",
    f"{_MICROSOFT}excel.sheet.macroEnabled.12": "xlsm",
    f"{_SLIDES}presentation": "pptx",
    f"{_MICROSOFT}powerpoint.presentation.macroEnabled.12": "pptm",
}
"""Content type of an embedded document → its suffix."""

CHUNKS: dict[str, str] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "message/rfc822": "eml",
    "application/x-mimearchive": "eml",
}
"""Content type of text that a Word document imports → its format."""

_MARKUP = (  # read whole, every text and every attribute
    *(name for name, format in MAINS.items() if format != "xlsx"),
    *(
        _WORD + name
        for name in (
            "document.glossary+xml",
            "header+xml",
            "footer+xml",
            "footnotes+xml",
            "endnotes+xml",
            "comments+xml",
            "commentsExtended+xml",
            "commentsIds+xml",
            "commentsExtensible+xml",
            "people+xml",
            "settings+xml",
            "webSettings+xml",
            "fontTable+xml",
            "numbering+xml",
        )
    ),
    STYLES,
    f"{_MICROSOFT}word.stylesWithEffects+xml",
    f"{_WORD}stylesWithEffects+xml",  # Office 2010 before its release
    *(
        _EXCEL + name
        for name in (
            "styles+xml",
            "comments+xml",
            "table+xml",
            "pivotTable+xml",
            "pivotCacheDefinition+xml",
            "sheetMetadata+xml",
        )
    ),
    *(
        _SLIDES + name
        for name in (
            "slide+xml",
            "slideLayout+xml",
            "slideMaster+xml",
            "notesSlide+xml",
            "notesMaster+xml",
            "handoutMaster+xml",
            "comments+xml",
            "commentAuthors+xml",
            "presProps+xml",
            "viewProps+xml",
            "tableStyles+xml",
            "tags+xml",
        )
    ),
    f"{_MICROSOFT}powerpoint.comments+xml",
    f"{_MICROSOFT}powerpoint.authors+xml",
    f"{_MICROSOFT}excel.threadedcomments+xml",
    f"{_MICROSOFT}excel.person+xml",
    f"{_MICROSOFT}excel.slicer+xml",
    f"{_MICROSOFT}excel.slicerCache+xml",
    f"{_MICROSOFT}excel.timeline+xml",
    f"{_MICROSOFT}excel.timelineCache+xml",
    f"{_MICROSOFT}excel.controlproperties+xml",
    f"{_MICROSOFT}excel.featurepropertybag+xml",
    f"{_MICROSOFT}excel.rdrichvalue+xml",
    f"{_MICROSOFT}excel.rdrichvaluestructure+xml",
    f"{_MICROSOFT}excel.rdrichvaluetypes+xml",
    f"{_MICROSOFT}excel.richvaluerel+xml",
    f"{_MICROSOFT}excel.rdarray+xml",
    f"{_MICROSOFT}excel.richstyles+xml",
    f"{_MICROSOFT}excel.rdsupportingpropertybag+xml",
    f"{_MICROSOFT}excel.rdsupportingpropertybagstructure+xml",
    "application/vnd.wps-officedocument.cellimage+xml",  # pictures in cells, as WPS has them: DISPIMG("ID_…")
    *(
        _DRAWING + name
        for name in (
            "chart+xml",
            "chartshapes+xml",
            "diagramData+xml",
            "diagramLayout+xml",
            "diagramStyle+xml",
            "diagramColors+xml",
        )
    ),
    f"{_MICROSOFT}office.drawingml.diagramDrawing+xml",
    f"{_MICROSOFT}office.chartex+xml",
    f"{_MICROSOFT}office.chartstyle+xml",
    f"{_MICROSOFT}office.chartcolorstyle+xml",
    f"{_OFFICE}drawing+xml",
    f"{_OFFICE}theme+xml",
    f"{_OFFICE}themeOverride+xml",
    f"{_OFFICE}extended-properties+xml",
    f"{_OFFICE}custom-properties+xml",
    f"{_OFFICE}customXmlProperties+xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-package.coreProperties+xml",
)
_DROPPED = (
    f"{_EXCEL}calcChain+xml",
    f"{_EXCEL}connections+xml",
    f"{_EXCEL}customProperty",
    f"{_EXCEL}externalLink+xml",
    f"{_EXCEL}pivotCacheRecords+xml",
    f"{_EXCEL}printerSettings",
    f"{_EXCEL}queryTable+xml",
    f"{_EXCEL}revisionHeaders+xml",
    f"{_EXCEL}revisionLog+xml",
    f"{_EXCEL}tableSingleCells+xml",
    f"{_EXCEL}userNames+xml",
    f"{_EXCEL}volatileDependencies+xml",
    f"{_WORD}mailMergeRecipientData+xml",
    f"{_WORD}printerSettings",
    f"{_OFFICE}model+data",
    f"{_OFFICE}obfuscatedFont",
    f"{_OFFICE}oleObject",
    "application/vnd.openxmlformats-package.digital-signature-certificate",
    "application/vnd.openxmlformats-package.digital-signature-origin",
    "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    f"{_MICROSOFT}office.activeX",
    f"{_MICROSOFT}office.activeX+xml",
    f"{_MICROSOFT}office.classificationlabels+xml",
    f"{_MICROSOFT}office.documenttasks+xml",
    f"{_MICROSOFT}office.intelligence+xml",
    f"{_MICROSOFT}office.intelligence2+xml",
    f"{_MICROSOFT}office.vbaProject",
    f"{_MICROSOFT}office.vbaProjectSignature",
    f"{_MICROSOFT}office.webextension+xml",
    f"{_MICROSOFT}office.webextensiontaskpanes+xml",
    f"{_SLIDES}printerSettings",
    f"{_SLIDES}slideUpdateInfo+xml",
    f"{_MICROSOFT}office.legacyDiagramText",
    f"{_MICROSOFT}office.legacyDocTextInfo",
    f"{_MICROSOFT}powerpoint.changesinfo+xml",
    f"{_MICROSOFT}powerpoint.revisioninfo+xml",
    f"{_MICROSOFT}word.attachedToolbars",
    f"{_MICROSOFT}word.keyMapCustomizations+xml",
    f"{_MICROSOFT}word.vbaData+xml",
    f"{_MICROSOFT}excel.attachedToolbars",
    f"{_MICROSOFT}excel.intlmacrosheet+xml",
    f"{_MICROSOFT}excel.macrosheet+xml",
    f"{_MICROSOFT}excel.externalLinkLongFormat+xml",
    f"{_MICROSOFT}excel.namedsheetviews+xml",
    f"{_MICROSOFT}excel.rdrichvaluewebimage+xml",
    f"{_MICROSOFT}excel.wsSortMap+xml",
    "application/x-fontdata",
    "application/x-font-ttf",
    "application/inkml+xml",
    "application/rtf",
    "application/xhtml+xml",
    "text/html",
    "text/plain",
    "message/rfc822",
    # old and binary files inside documents
    f"{_SLIDES}slide",
    f"{_MICROSOFT}powerpoint",
    f"{_MICROSOFT}excel",
    "application/msword",
    f"{_MICROSOFT}excel.sheet.binary.macroEnabled.12",
    "application/pdf",
)

KINDS: dict[str, str] = {
    **dict.fromkeys(_MARKUP, "markup"),
    **dict.fromkeys(_DROPPED, "drop"),
    **{name: "workbook" for name, format in MAINS.items() if format == "xlsx"},
    f"{_EXCEL}worksheet+xml": "sheet",
    f"{_EXCEL}chartsheet+xml": "markup",
    f"{_EXCEL}dialogsheet+xml": "markup",
    f"{_EXCEL}sharedStrings+xml": "strings",
    f"{_OFFICE}vmlDrawing": "vml",
    **dict.fromkeys(PACKAGES, "package"),
}

# By the last piece of the relationship type: these go, whatever their content type says.
DROPPED_RELATIONS: dict[str, str] = {
    "attachedTemplate": "template path",
    "attachedToolbars": "toolbar",
    "audio": "media",
    "calcChain": "calculation chain",
    "changesInfo": "revision log",
    "classificationlabels": "label",
    "connections": "data connection",
    "control": "control",
    "activeXControlBinary": "control",
    "customProperty": "custom property",
    "documenttasks": "tasks",
    "extensibility": "ribbon",
    "externalLink": "external link",
    "externalLinkPath": "external link",
    "font": "embedded font",
    "frame": "frame",
    "hdphoto": "picture effect",
    "intelligence": "editor results",
    "keyMapCustomizations": "key map",
    "legacyDiagramText": "text of an older version",
    "legacyDocTextInfo": "text of an older version",
    "mailMergeHeaderSource": "mail merge",
    "mailMergeSource": "mail merge",
    "media": "media",
    "model3d": "media",
    "namedSheetView": "sheet view",
    "oleObject": "OLE object",
    "origin": "signature",
    "pivotCacheRecords": "pivot records",
    "powerPivotData": "data model",
    "printerSettings": "printer settings",
    "queryTable": "query",
    "rdRichValueWebImage": "web picture",
    "rdrichvaluewebimage": "web picture",
    "recipientData": "mail merge",
    "revisionHeaders": "revision log",
    "revisionInfo": "revision log",
    "revisionLog": "revision log",
    "signature": "signature",
    "slideUpdateInfo": "slide library",
    "slideUpdateUrl": "slide library",
    "subDocument": "sub-document",
    "tableSingleCells": "XML map",
    "thumbnail": "thumbnail",
    "transform": "transform",
    "userNames": "user names",
    "usernames": "user names",
    "vbaProject": "macro",
    "vbaProjectSignature": "macro",
    "video": "media",
    "volatileDependencies": "volatile dependencies",
    "webextension": "add-in",
    "webextensiontaskpanes": "add-in",
    "wordVbaData": "macro",
    "xlIntlMacrosheet": "macro",
    "xlMacrosheet": "macro",
    "xmlMaps": "XML map",
}


# A part behind one of these is of the document itself: without it the file is refused.
NEEDED_RELATIONS = frozenset(
    """
    officeDocument worksheet chartsheet dialogsheet sharedStrings styles numbering header footer footnotes
    endnotes comments threadedComment table chart drawing vmlDrawing diagramData glossaryDocument
    settings people pivotTable pivotCacheDefinition slide slideLayout slideMaster notesSlide notesMaster
    handoutMaster commentAuthors authors aFChunk
    """.split()
)


def kind_of(content_type: str, relation: str) -> str:
    """What becomes of a part: a kind of KINDS, `image`, `drop`, or empty when nobody knows.

    Plain `application/xml` is known only where the relationship says that it is custom XML.
    """
    if relation in DROPPED_RELATIONS:
        return "drop"
    if relation == "aFChunk":
        return "package" if content_type in {**MAINS, **PACKAGES} else "chunk" * (content_type in CHUNKS)
    if content_type in KINDS:
        return KINDS[content_type]
    if content_type.startswith("image/"):
        return "image"
    if content_type.startswith(("audio/", "video/", "model/")):
        return "drop"
    if relation == "customXml" and content_type in ("application/xml", "text/xml"):
        return "markup"
    return "drop" if relation == "package" else ""
