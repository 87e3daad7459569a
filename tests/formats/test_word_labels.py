"""What stands beside a text box of Word, or what its list to choose from is called, labels what is in it."""

from __future__ import annotations

import pytest
from hostile_docx import para, run
from test_office_pitfalls import with_body

from deid.formats import read

_POINT = 12_700


def styled(text, left=0, top=0, style="position:absolute;"):
    place = f"{style}margin-left:{left}pt;margin-top:{top}pt;width:60pt;height:20pt"
    return f'<w:pict><v:shape style="{place}"><v:textbox><w:txbxContent>{para(run(text))}</w:txbxContent></v:textbox></v:shape></w:pict>'


def anchored(text, left=0, top=0, of="page"):
    sides = f'<wp:positionH relativeFrom="{of}"><wp:posOffset>{left * _POINT}</wp:posOffset></wp:positionH>'
    sides += f'<wp:positionV relativeFrom="{of}"><wp:posOffset>{top * _POINT}</wp:posOffset></wp:positionV>'
    extent = f'<wp:extent cx="{60 * _POINT}" cy="{20 * _POINT}"/>'
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{para(run(text))}</w:txbxContent></wps:txbx></wps:wsp>"
    data = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    chosen = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor>{sides}{extent}{data}</wp:anchor></w:drawing></mc:Choice>'
    return f"<mc:AlternateContent>{chosen}<mc:Fallback>{styled(text)}</mc:Fallback></mc:AlternateContent>"


def labels_by_text(path):
    found = {}
    for block in read(path, ref="#1").blocks():
        found.setdefault(block.text, []).append(block.labels)
    return found


def boxes(path, *paragraphs):
    runs = ["".join(f"<w:r>{box}</w:r>" for box in paragraph) for paragraph in paragraphs]
    return with_body(path, para(run("一")) + "".join(map(para, runs)) + para(run("二")))


@pytest.mark.parametrize(
    "paragraphs",
    [
        [[styled("主治医师"), styled("商陆", 70), styled("用药", 0, 40), styled("茯苓", 70, 40)]],
        [[styled("主治医师", style=""), styled("商陆", style="")], [styled("用药"), styled("茯苓", 70)]],
        [
            [anchored("茯苓", 70, 40), anchored("商陆", 70)],
            [anchored("主治医师"), anchored("用药", 0, 40)],
        ],
        [
            [anchored("主治医师", of="column"), anchored("商陆", 70, of="column")],
            [anchored("用药"), anchored("茯苓", 0, 22)],
        ],
    ],
)
def test_a_text_box_beside_another_is_labelled_by_it(tmp_path, paragraphs):
    found = labels_by_text(boxes(tmp_path / "a.docx", *paragraphs))

    assert set(found["商陆"]) == {("主治医师",)}
    assert set(found["茯苓"]) == {("用药",)}


@pytest.mark.parametrize(
    "paragraphs",
    [
        [[styled("主治医师", 0, 200), styled("商陆", 70)]],
        [[anchored("主治医师", of="column")], [anchored("商陆", 70, of="column")]],
    ],
)
def test_text_boxes_that_stand_apart_are_not_labelled(tmp_path, paragraphs):
    found = labels_by_text(boxes(tmp_path / "a.docx", *paragraphs))

    assert set(found["商陆"]) == {()}


def choice(*entries, called="", chosen="请选择"):
    items = "".join(f'<w:listItem w:displayText="{entry}" w:value="{n}"/>' for n, entry in enumerate(entries))
    head = f"<w:sdtPr>{called}<w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
    return f"<w:sdt>{head}<w:sdtContent>{run(chosen)}</w:sdtContent></w:sdt>"


def form_field(*entries):
    items = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{items}</w:ddList></w:ffData></w:fldChar>'
    return f'<w:r>{begin}</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(
    "body",
    [
        para(choice("商陆", "高兴", called='<w:alias w:val="主管医师"/>')),
        para(choice("商陆", "高兴", called='<w:tag w:val="主管医师"/>')),
        para(run("主管医师："), choice("商陆", "高兴")),
        para(run("日期：5日　主管医师: "), form_field("商陆", "高兴")),
        f"<w:tbl><w:tr><w:tc>{para(run('主管医师'))}</w:tc><w:tc>{para(choice('商陆', '高兴'))}</w:tc></w:tr></w:tbl>",
    ],
)
def test_what_a_list_offers_is_labelled_as_the_list(tmp_path, body):
    found = labels_by_text(with_body(tmp_path / "a.docx", body))

    assert found["商陆"] == [("主管医师",)]
    assert found["高兴"] == [("主管医师",)]


def test_what_a_list_offers_is_read_as_an_enumeration(tmp_path):
    body = (
        para(choice("王磊", "商陆", "李秀兰"))
        + para(form_field("茯苓", "白术"))
        + para(choice("王磊", "张伟"))
    )

    found = labels_by_text(with_body(tmp_path / "a.docx", body))

    assert {"王磊、商陆、李秀兰", "茯苓、白术", "王磊、张伟"} <= found.keys()
