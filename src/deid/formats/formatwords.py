"""Words in which formats are written: what is called so tells of nobody.

Names of elements and attributes of OpenDocument, HTML and SVG, of headers of mail and of what they say a part is, of
properties of contacts and calendars, control words of RTF, names of PDF objects, declarations of document types, fonts.
Somebody may be called Title, Page, Public or Roman, and no PDF, page or letter would pass.
"""

from __future__ import annotations

import re

from deid.formats.vocabulary import KEYWORDS, is_font, is_style

_WORDS = KEYWORDS | frozenset(
    """
    accept acknowledged action additive adjustment adobe agent algorithm align alignment allow alternate
    alternative analysis angled animate animation anniversary annotation annotations application apply
    archive areas arial article artifact artwork asian aside aspect assistant attach attached attachment
    attempt attendee attributename authentication author badge balance bibentry bibliography blockquote
    bookmark border bound bounds break breaks build buttons calculation calendar calibri callback
    caption categories cellpadding cells cellspacing cellx certificate change changed changes chapter
    characters charset chartsheet checksum child citation class colgroup colors colorspace colspan
    columns combine command company compatible complex components condition conference config
    configuration connect consecutive contains contents contrast control controls convert copyright
    country courier covered create created creation creationdate creator criteria cycles datastore dates
    daylight decls decode defined degree deletion delivered delivery denominator description design
    detached diagnostic diagonal diagram differences digest digits dimension dimensional direction
    display disposition distance divide dollar domain domainkey drawing dropcap dropdown dynamic editing
    effect element elements embedded emphasize empty enable enabled encode encoding encrypt encrypted
    encryption endnote enhanced enriched entity entry envelope equation errors escape event events
    evolution exchange experimental exponent export expressions extend extends extensions external
    family feedback fields figure figures filename filter final flowed focus followed fontfamily
    fontstyle footer footnote footnotes forced fraction frameset function functions gender generation
    generator generic geometry glyph gmail google graphic greater grouping handle handout header heading
    helvetica horizontal hyphenation identifier iframe illustration illustrator impact implementation
    import importance include increment independent indesign indexed influence initial input insertion
    instance integral intensity intent inter internet interop interpolate interval issue italic itemize
    iteration javascript kerning keyword keywords labels layer leader leading least legend length level
    levels liberation libraries library lighting limits lineargradient linecap listener listeners
    location loop lotus mailer mailing manager manifest mapping marked marks maximum message metadata
    method minimum mirror mixed model modified modifiers modify module mouse mozilla multipart multiply
    named names namespace namespaces nickname notification notify oasis object objects octet office
    offset onclick ooxml opacity opendocument openoffice opentype operator optimal option order
    organization organizations organizer orientation original originating originator other outlook
    padding pagenumber pager pages panose paragraphs parallel params partial phonetic photo pitch
    placement places plain point points polyline popup position postal precedence prefix prerelease
    presentation preserveaspectratio printable printed private profile projection property protect
    protected public punctuation quality question queue quotation quote quoted radialgradient ranges
    rdate reader reason received recipient recurrence references refresh registered registry related
    relief remain remote repeated replacement reply report reporting request required resent resource
    resources result results return reverse revisions richtext rotate rotation rounding rowspan rrule
    scale scaling scanned school scientific scope score scripts search section select semantics
    semicolon sender sensitive sensitivity separation sequence serialnumber service settings shading
    shadow shorttitle shrink sibling signature signatures signed spacing spanned specs speed spouse
    status stops story stream strict strike strikeout strong style styles stylesheet subject submitted
    subparagraph subscribe subsection subtype suffix summary summation super supplement support symbol
    syntax system tabindex tables target tbody template textbox textpath textual tgroup thead theme
    theorem thread threads thumb thumbnail times timezone together topic track tracked trademark
    transfer transform transformation transformed transforms transport trapped treat trigger truetype
    truncate tspan typeof unavailable underline unsubscribe update usage valarm validation valign values
    vcalendar vcard vector venue verbatim verdana version vertical vevent video viewbox virus visibility
    visited voice volatile weight whitespace widget widths wildcards windows workbook wrapped writer
    writing xforms xhtml xlink xmlns xmlschema yahoo
    """.split()
)
"""Five letters and longer: shorter ones are never searched for."""
_LONG = re.compile(r"[A-Za-z]{5,}")
_SUBSET = re.compile(r"[A-Z]{6}\+")
_ENCODED = re.compile(r"_([0-9a-f]{2})_")
_FAMILIES = re.compile(
    r"(?<![\w-])(font(?:-family)?\s*:(?:[^;}\"',]*[0-9](?:p[tx]|r?em|%)\S*\s)?)([^;}]*)", re.IGNORECASE
)
"""What a style says of fonts, behind their size."""
_FAMILY = re.compile(r"[^,\"'!&]+")
_GENERIC = frozenset(
    "cursive decorative fantasy modern monospace roman sans-serif script serif swiss system".split()
)
"""Families of fonts in OpenDocument and CSS."""


def unusual(name: str) -> str:
    """What a name of structure holds besides these words: what somebody may have put there.

    >>> unusual("text:sheet-name"), unusual("Title"), unusual("x-zhangsan-title")
    ('text:-name', '', 'x-zhangsan-')
    """
    return _LONG.sub(lambda word: "" if word[0].casefold() in _WORDS else word[0], name)


def is_usual_style(name: str) -> bool:
    """Whether programs give a style or a font this name, as OpenDocument and PDF spell it.

    >>> is_usual_style("Heading_20_1"), is_usual_style("ABCDEF+Georgia"), is_usual_style("Zhangsan")
    (True, True, False)
    """
    plain = _ENCODED.sub(lambda code: chr(int(code[1], 16)), _SUBSET.sub("", name)).strip("\"' ")
    return is_style(plain) or is_font(plain) or plain in _GENERIC


def without_fonts(names: str) -> str:
    """A list of fonts; those that programs bring along are spaces, so that offsets stay.

    >>> without_fonts("Arial, Zhangsan, serif")
    '     , Zhangsan,      '
    """
    return _FAMILY.sub(lambda name: " " * len(name[0]) if is_usual_style(name[0]) else name[0], names)


def without_fonts_of_style(style: str) -> str:
    """The same of a style.

    >>> without_fonts_of_style("color: red; font-family: Arial, Zhangsan")
    'color: red; font-family:      , Zhangsan'
    """
    return _FAMILIES.sub(lambda said: said[1] + without_fonts(said[2]), style)
