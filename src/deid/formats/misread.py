"""Properties of old Office files whose code page was another one than they say, or none, once they are converted.

LibreOffice reads 赵思远 as ÕÔË¼Ô¶ then, or as signs for what it cannot read: nobody recognizes a name in that, and
who has the bytes turns it back.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from lxml import etree

_WESTERN = re.compile("[\xa1-\xff]{2}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FOLDER = "docProps/"
_MIXED_UP = re.compile(
    rb"(?!(..)\1{3})(?:(?:\xc2[\xb0-\xbf]|\xc3[\x80-\x97])(?:\xc2[\xa1-\xbf]|\xc3[\x80-\xbe])){2}"
)
"""Two of the usual characters of GB 2312, read as Latin-1 and written as UTF-8; no row of one sign, as in ××××."""


def is_misread(package: bytes) -> bool:
    """Whether a part of the package holds Chinese that was read as a Western text."""
    with zipfile.ZipFile(BytesIO(package)) as parts:
        return any(_MIXED_UP.search(parts.read(name)) for name in parts.namelist() if name.endswith(".xml"))


def without_misread(package: bytes) -> tuple[bytes, int]:
    """The package without such properties, and how many they were."""
    parts: dict[str, bytes] = {}
    count = 0
    with zipfile.ZipFile(BytesIO(package)) as old:
        for name in old.namelist():
            if name.startswith(_FOLDER) and name.endswith(".xml"):
                root = etree.fromstring(old.read(name), etree.XMLParser(resolve_entities=False))
                lost = [child for child in root if _is_mixed_up(child)]
                for child in lost:
                    root.remove(child)
                if lost:
                    parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
                count += len(lost)
        if not count:
            return package, 0
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, parts.get(name) or old.read(name))
    return made.getvalue(), count


def _is_mixed_up(child: etree._Element) -> bool:
    """Whether Western letters stand side by side where nothing is Chinese, as there is in 目录····."""
    texts = [*child.itertext(), *(value for one in child.iter("*") for value in one.attrib.values())]
    return any(
        "\ufffd" in text or (_WESTERN.search(text) and not _CHINESE.search(text)) for text in map(str, texts)
    )
