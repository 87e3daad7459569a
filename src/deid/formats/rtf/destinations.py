"""What the groups of RTF are for, by the word that begins them.

What is not listed here and begins with `\\*` is left out, as every reader ignores what it does not know.
"""

from __future__ import annotations

from deid.formats.accounts import AUTHOR

COMPANY = ("工作单位",)

LABELS = {
    "author": AUTHOR,
    "operator": AUTHOR,
    "manager": AUTHOR,
    "atnauthor": AUTHOR,
    "atnid": AUTHOR,
    "revtbl": AUTHOR,
    "protusertbl": AUTHOR,
    "company": COMPANY,
    "title": ("标题",),
    "subject": ("主题",),
    "keywords": ("关键词",),
}
OWN = frozenset(
    """
    header headerl headerr headerf footer footerl footerr footerf footnote annotation atnid atnauthor
    ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn atrfstart atrfend atnref atnicn
    title subject author manager company operator category keywords comment doccomm hlinkbase
    propname staticval linkval docvar fldinst bkmkstart bkmkend mvfmf mvtof mvfstart mvfend mvtstart mvtend
    fonttbl falt fname colortbl stylesheet revtbl protusertbl listtable listname liststylename leveltext
    listtext pntext pntxta pntxtb shptxt shprslt dptxbxtext sn sv sp template nextfile hlloc hlfr hlsrc
    ffname ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffstattext ffl xe rxe txe tc nonesttables
    """.split()
)
"""Text that is read apart from what stands around it."""
APART = frozenset("fonttbl stylesheet revtbl protusertbl docvar listtable".split())
"""Each group in them is a text of its own."""
THROUGH = frozenset(
    """
    ud shppict shpinst do background pn pnseclvl formfield userprops nesttableprops listoverridetable rsidtbl
    moMath moMathPara mmathPr defchp defpap cs ts ds tsrowd keycode oldcprops oldpprops oldtprops oldsprops
    atnparent picprop
    """.split()
)
"""Begin with `\\*`, and are part of what they stand in."""
SILENT = frozenset(
    """
    nonshppict creatim revtim printim buptim atntime atndate generator panose latentstyles pgdsctbl wgrffmtfilter
    xmlnstbl xmlopen xmlclose blipuid bliptag objclass objname objtime objalias objsect colorschememapping themedata
    passwordhash password cmdline
    """.split()
)
"""Left out without a count: copies, traces of who edited when and with what, what shows nothing."""
DATES = frozenset("revdttm revdttmdel crdate prdate srdate trdate dfrdate pnrdate mvdate".split())
"""Words whose numbers say when something was changed."""
COUNTED = {
    "objdata": "embedded file",
    "datastore": "hidden data",
    "datafield": "hidden data",
    "svb": "hidden data",
    "fontemb": "embedded font",
    "fontfile": "embedded font",
    "mailmerge": "data source",
    "filetbl": "link to a file",
    "listpicture": "picture",
}
UNKNOWN = "hidden data"

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
"""Words that stand for a character."""
SYMBOLS = {"~": "\u00a0", "-": "\u00ad", "_": "-"}
ENDS = frozenset("par sect page column cell nestcell row nestrow softpage softcol".split())
"""Words that end a paragraph."""
