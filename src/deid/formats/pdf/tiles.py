"""Pictures side by side that show one together: a number may begin in one and end in the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from deid.formats.ocr import Place, is_installed, joint_blocks
from deid.formats.pdf.content import Drawn
from deid.formats.pdf.pictures import Picture, id_of, read_upright
from deid.types import TextBlock

_TOUCHING = 1.0  # points between edges that are the same


class _Tile(NamedTuple):
    image: Any
    left: float
    bottom: float
    width: float
    height: float

    def goes_on_in(self, tile: _Tile) -> bool:
        edges = (self.left + self.width, self.bottom, self.height), (tile.left, tile.bottom, tile.height)
        return all(abs(one - other) < _TOUCHING for one, other in zip(*edges, strict=True))


def tile_blocks(pictures: Sequence[Picture], drawn: Mapping[int, Sequence[Drawn]]) -> Iterator[TextBlock]:
    """What they show together, by page; `pictures` are those that are read, `drawn` what stands where."""
    known = {picture.image.objgen: picture for picture in pictures}
    for page, images in drawn.items() if is_installed() else ():
        for number, row in enumerate(_rows(images)):
            parts = []
            for tile in row:
                picture = known.get(tile.image.objgen)
                if picture and (read := read_upright(picture)):
                    height, width = read.pixels.shape[:2]
                    place = Place(
                        tile.left, -tile.bottom - tile.height, tile.width / width, tile.height / height
                    )
                    parts.append((read, id_of(picture.image), place))
            if len(parts) > 1:
                yield from joint_blocks(parts, f"page{page}/tiles/{number}", f"page {page}, pictures")


def _rows(images: Sequence[Drawn]) -> Iterator[list[_Tile]]:
    """Several pictures that stand upright, each where the one before ends."""
    tiles = [
        _Tile(drawn.image, drawn.ctm[4], drawn.ctm[5], drawn.ctm[0], drawn.ctm[3])
        for drawn in images
        if drawn.ctm[1] == drawn.ctm[2] == 0 and min(drawn.ctm[0], drawn.ctm[3]) > 0
    ]
    rows: list[list[_Tile]] = []
    for tile in sorted(tiles, key=lambda tile: (round(tile.bottom), tile.left)):
        if rows and rows[-1][-1].goes_on_in(tile):
            rows[-1].append(tile)
        else:
            rows.append([tile])
    return (row for row in rows if len(row) > 1)
