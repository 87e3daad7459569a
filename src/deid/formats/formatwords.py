"""Words in which formats are written: what is called so tells of nobody.

Names of elements and attributes of OpenDocument, HTML and SVG, of headers of mail, of properties of contacts and
calendars, control words of RTF, names of PDF objects. Somebody may be called Title or Page, and no PDF would pass.
"""

from __future__ import annotations

import re

from deid.formats.vocabulary import KEYWORDS, is_font, is_style

_WORDS = KEYWORDS | frozenset(
    """
    accept acknowledged action additive adjustment adobe agent algorithm align alignment allow alternate
    analysis angled animate animation anniversary annotation annotations application apply archive areas
    arial article artifact artwork asian aside aspect assistant attach attached attachment attempt attendee
    attributename authentication author badge balance bibentry bibliography blockquote bookmark border bound
    bounds break breaks build buttons calculation calibri callback caption categories cellpadding cells
    cellspacing cellx certificate change changed changes chapter characters charset chartsheet checksum
    child citation class colgroup colors colorspace colspan columns combine command company compatible
    complex components condition conference config configuration connect consecutive contains contents
    contrast control controls convert copyright country courier covered create created creation creationdate
    creator criteria cycles datastore dates daylight decls decode defined degree deletion delivered delivery
    denominator description design detached diagnostic diagonal diagram differences digits dimension
    dimensional direction display disposition distance divide dollar domain domainkey drawing dropcap
    dropdown dynamic editing effect element elements embedded emphasize empty enable enabled encode encoding
    encrypt encryption endnote enhanced entity entry envelope equation errors escape event events evolution
    exchange experimental exponent export expressions extend extends extensions family feedback fields
    figure figures filename filter final focus followed fontfamily fontstyle footer footnote footnotes
    forced fraction function functions gender generation generator generic geometry glyph gmail google
    graphic greater grouping handle handout header heading helvetica horizontal hyphenation identifier
    iframe illustration illustrator impact implementation import importance include increment independent
    indesign indexed influence initial input insertion instance integral intensity intent inter internet
    interop interpolate interval issue italic itemize iteration javascript kerning keyword keywords labels
    layer leader leading least legend length level levels liberation libraries library lighting limits
    lineargradient linecap listener listeners location loop lotus mailer mailing manager manifest mapping
    marked marks maximum message metadata method minimum mirror model modified modifiers modify module mouse
    mozilla multiply named names namespace namespaces nickname notification notify oasis object objects
    office offset onclick ooxml opacity opendocument openoffice opentype operator optimal option order
    organization organizations organizer orientation original originating originator other outlook padding
    pagenumber pager pages panose paragraphs params phonetic photo pitch placement places plain point points
    polyline popup position postal precedence prefix prerelease presentation preserveaspectratio printable
    printed private profile projection property protect protected punctuation quality question queue
    quotation quote quoted radialgradient ranges rdate reader reason received recipient recurrence
    references refresh registered registry related relief remain remote repeated replacement reply reporting
    request required resent resource resources result results return reverse revisions rotate rotation
    rounding rowspan rrule scale scaling scanned school scientific scope score scripts search section select
    semantics semicolon sender sensitive sensitivity separation sequence serialnumber service settings
    shading shadow shorttitle shrink sibling signature signatures spacing spanned specs speed spouse status
    stops story strike strikeout strong style styles stylesheet subject submitted subparagraph subscribe
    subsection subtype suffix summary summation super supplement support symbol syntax tabindex tables
    target tbody template textbox textpath textual tgroup thead theme theorem thread threads thumb thumbnail
    times timezone together topic track tracked trademark transfer transform transformation transformed
    transforms transport trapped treat trigger truetype truncate tspan typeof unavailable underline
    unsubscribe update usage valarm validation valign values vcalendar vcard vector venue verbatim verdana version vertical vevent video
    viewbox virus visibility visited voice volatile weight whitespace widget widths wildcards windows workbook
    wrapped writer writing xforms xhtml xlink xmlns xmlschema yahoo
    """.split()
)
"""Five letters and longer: shorter ones are never searched for."""
_LONG = re.compile(r"[A-Za-z]{5,}")
_SUBSET = re.compile(r"[A-Z]{6}\+")
_ENCODED = re.compile(r"_([0-9a-f]{2})_")


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
    plain = _ENCODED.sub(lambda code: chr(int(code[1], 16)), _SUBSET.sub("", name))
    return is_style(plain) or is_font(plain)
