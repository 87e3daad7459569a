"""Output names: legal everywhere, never two alike, the same again on the second day."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deid.batch.naming import NamePlan, safe_name, split_extension
from deid.batch.publish import place_of
from deid.batch.walk import readable_name


@pytest.mark.parametrize(
    ("stem", "extension", "expected"),
    [
        ("〔姓名1〕_病历", ".docx", "〔姓名1〕_病历.docx"),
        ("张*_随访", ".txt", "张＊_随访.txt"),
        ('a<b>:"c/d\\e|f?', ".txt", "a_b___c_d_e_f_.txt"),
        ("con", ".txt", "_con.txt"),
        ("COM1", "", "_COM1"),
        ("lpt9.病历", ".txt", "_lpt9.病历.txt"),
        ("nul", "", "_nul"),
        ("病历. ", "", "病历"),
        ("..", "", "_"),
        ("", ".txt", "_.txt"),
        ("行\n1\0", ".txt", "行_1_.txt"),
    ],
)
def test_names_are_legal_on_every_system(stem, extension, expected):
    assert safe_name(stem, extension) == expected


def test_long_names_are_cut_and_keep_their_extension():
    name = safe_name("病" * 300, ".docx")

    assert len(name.encode()) <= 200
    assert name.endswith("病.docx")


@pytest.mark.parametrize(
    ("name", "format", "expected"),
    [
        ("病历.docx", "docx", ("病历", ".docx")),
        ("病历.DOCX", "docx", ("病历", ".DOCX")),
        ("张三.李四", "txt", ("张三.李四", ".txt")),
        ("README", "txt", ("README", ".txt")),
        (".txt", "txt", (".txt", ".txt")),
        ("2023.05.12", "csv", ("2023.05.12", ".csv")),
        ("病历.wps", "docx", ("病历", ".docx")),
        ("病历.doc", "xlsx", ("病历", ".xlsx")),  # a table under the suffix of a text
        ("病历.xls", "html", ("病历", ".xls")),
        ("病历.txt", "docx", ("病历", ".docx")),
        ("病历.CSV", "xlsx", ("病历", ".xlsx")),
        ("病历.csv.gz", "csv.gz", ("病历", ".csv.gz")),
        ("病历.csv.GZ", "xlsx.gz", ("病历", ".xlsx.GZ")),  # it holds a workbook
        ("病历.gz", "xlsx.gz", ("病历", ".gz")),
        ("李四.王五.gz", "txt.gz", ("李四.王五", ".gz")),
        ("病历", "txt.gz", ("病历", ".gz")),
    ],
)
def test_only_a_usual_extension_is_one(name, format, expected):
    assert split_extension(name, format) == expected


def test_equal_names_are_numbered_also_where_only_case_differs():
    names = {
        "甲/a.txt": ("〔姓名〕", "x.txt"),
        "乙/b.txt": ("〔姓名〕", "X.txt"),
        "丙.txt": ("X.TXT",),
        "丁.txt": ("x.txt",),
    }

    outputs = NamePlan().plan(names)

    assert outputs["甲/a.txt"] == "〔姓名〕/x.txt"
    assert outputs["乙/b.txt"] == "〔姓名〕_2/X.txt"
    assert outputs["丙.txt"] == "X.TXT"
    assert outputs["丁.txt"] == "x_2.txt"


def test_the_number_of_a_name_stands_before_all_of_its_ending():
    names = {
        "甲.csv.gz": ("x.csv.gz",),
        "乙.csv.gz": ("x.csv.gz",),
        "丙.gz": (".csv.gz",),
        "丁.gz": (".csv.gz",),
    }

    assert list(NamePlan().plan(names).values()) == ["x.csv.gz", "x_2.csv.gz", ".csv.gz", ".csv_2.gz"]


def test_a_folder_and_a_file_do_not_take_one_name():
    outputs = NamePlan().plan({"a/b.txt": ("x.txt", "b.txt"), "c": ("x.txt",)})

    assert sorted(outputs.values()) == ["x.txt", "x_2.txt/b.txt"] or sorted(outputs.values()) == [
        "x.txt/b.txt",
        "x_2.txt",
    ]


def test_names_given_before_are_kept_and_not_given_to_others():
    first = NamePlan()
    before = first.plan({"一/a.txt": ("x", "n.txt"), "二/a.txt": ("x", "n.txt")})

    again = NamePlan({**first.assigned}).plan(
        {"零/a.txt": ("x", "n.txt"), "一/a.txt": ("x", "n.txt"), "二/a.txt": ("x", "n.txt")}
    )

    assert {source: again[source] for source in before} == before
    assert again["零/a.txt"] == "x_3/n.txt"


def test_a_name_that_no_longer_fits_is_given_up():
    before = {"a.txt": "欧阳.txt", "b.txt": "病历_2.txt"}

    outputs = NamePlan(before).plan({"a.txt": ("〔姓名1〕.txt",), "b.txt": ("病历.txt",)})

    assert outputs == {"a.txt": "〔姓名1〕.txt", "b.txt": "病历_2.txt"}


CUT = "患者司徒若兰体检报告".encode()[:-1]


@pytest.mark.skipif(os.name == "nt", reason="names of Windows are no bytes")
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("患者司徒若兰.txt".encode(), "患者司徒若兰.txt"),
        ("患者司徒若兰.txt".encode("gb18030"), "患者司徒若兰.txt"),
        ("段珏.txt".encode("gb18030"), "段珏.txt"),
        ("劉美.txt".encode("big5"), "劉美.txt"),
        ("司徒若兰.txt".encode("gbk").decode("cp437").encode(), "司徒若兰.txt"),
        ("║ µm².txt".encode(), "║ µm².txt"),
        ("Müller, café.txt".encode(), "Müller, café.txt"),
        (CUT, "_"),  # as GB18030 it is no name, and turns back into one
        (b"\xff\xfe.txt", "_"),
    ],
)
@pytest.mark.parametrize("system", ["utf-8", "gb18030", "latin-1", "ascii"])
def test_a_name_is_read_in_its_own_encoding_whatever_the_locale(monkeypatch, system, written, expected):
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode(system, "surrogateescape"))
    readable_name.cache_clear()

    read = readable_name(written.decode(system, "surrogateescape"))
    readable_name.cache_clear()

    assert read == expected


@pytest.mark.skipif(os.name == "nt", reason="names of Windows are no bytes")
def test_where_the_locale_cannot_write_a_name_it_is_written_in_utf_8(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "fsencode", lambda name: name.encode("latin-1"))
    monkeypatch.setattr(os, "fsdecode", lambda name: name.decode("latin-1"))
    output = "〔姓名1〕/病历.txt"

    place = place_of(Path("out"), output)

    assert place.encode("latin-1") == f"out/{output}".encode()
    assert place_of(Path("out"), "a.txt") == "out/a.txt"
