"""Values that stand in several places: cells of a row, paragraphs, strings of a list.

Each view is a block of its own whose segments lead back to the places, so that what is found
in it is taken out of all of them. There are four kinds:

- a number or name in whole neighbouring cells: `138 | 0013 | 8000`, `姓 | 名`;
- a number that a border cuts in two inside a text: `电话1380013 | 8000转3`;
- a name of which each character has a cell;
- all cells of a row, in which only values that are certain are looked for.

Neighbouring measurements add up to eleven digits now and then, so headers count: numbers
under headers of their own are not joined, unless these say that they are parts of one.

`rows` puts the views of a row together from `runs` of whole cells, `pairs` of them and numbers that `borders`
cut; `boxes` are those of forms, `led` those behind a box that names them. What `numbers` look like, what `headers`
say, and what the `edges` of cells may be stands in modules of their own, as do `marks` between cells and texts of
`formulas`.
"""

from deid.formats.joining.borders import border_views, column_views, line_views
from deid.formats.joining.boxes import Boxes, box_views, is_figures, may_be_boxes, may_be_number
from deid.formats.joining.formulas import Formula, Joining, formula_views
from deid.formats.joining.headers import are_answers, is_number, may_go_on
from deid.formats.joining.led import led_boxes
from deid.formats.joining.pairs import name_views
from deid.formats.joining.rows import may_have_views, row_views, table_views

__all__ = [
    "Boxes",
    "Formula",
    "Joining",
    "are_answers",
    "border_views",
    "box_views",
    "column_views",
    "formula_views",
    "is_figures",
    "is_number",
    "led_boxes",
    "line_views",
    "may_be_boxes",
    "may_be_number",
    "may_go_on",
    "may_have_views",
    "name_views",
    "row_views",
    "table_views",
]
