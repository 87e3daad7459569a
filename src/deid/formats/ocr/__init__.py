"""Pictures as text: what is printed in them, what nobody can read, and painting over both.

Needs the extra `[ocr]`; its models are in the wheel of rapidocr, and nothing is downloaded.

    picture ─read_picture▶ ReadPicture ─picture_blocks▶ blocks
                                └─painted▶ picture without what is replaced and what was not read
"""

from deid.formats.ocr.engine import is_installed
from deid.formats.ocr.painting import changed, painted
from deid.formats.ocr.reading import (
    Place,
    ReadPicture,
    joint_blocks,
    own_shades,
    picture_blocks,
    read_picture,
)

__all__ = [
    "Place",
    "ReadPicture",
    "changed",
    "is_installed",
    "joint_blocks",
    "own_shades",
    "painted",
    "picture_blocks",
    "read_picture",
]
