"""SQLite: nothing planted survives in any page; rows, keys, indexes, views and searches still work."""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
from contextlib import closing, nullcontext

import pytest
from planting import Planter, replaced, survivors, zipped

from deid.errors import UnreadableDocument, UnsupportedDocument, UnwritableDocument
from deid.formats import read, sniff, text_of, write

pytestmark = pytest.mark.skipif(sys.version_info < (3, 11), reason="values within values need serialize()")


def made(path, *statements, rows=()):
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = OFF")
        for statement in statements:
            database.execute(statement)
        for statement, values in rows:
            database.execute(statement, values)
    return path


def hostile(path, p):
    n = p.name
    table, column, view = n("table"), n("column"), n("view")
    made(
        path,
        f"CREATE TABLE patients (id INTEGER PRIMARY KEY, name TEXT, phone, born REAL DEFAULT '{n('default')}', note TEXT /* {n('comment')} */, CHECK (name <> '{n('check')}') -- {n('line comment')}\n)",
        f'CREATE TABLE "{table}" ("{column}" TEXT)',
        "CREATE TABLE keyed (name TEXT PRIMARY KEY, x) WITHOUT ROWID",
        "CREATE VIRTUAL TABLE searched USING fts5(title, body)",
        "CREATE VIRTUAL TABLE old USING fts4(title)",
        "CREATE VIRTUAL TABLE outside USING fts5(name, content='patients', content_rowid='id')",
        f"CREATE VIEW \"{view}\" AS SELECT name FROM patients WHERE note = '{n('literal of a view')}'",
        f"CREATE TRIGGER t AFTER INSERT ON patients BEGIN UPDATE patients SET note = '{n('trigger')}'; END",
        f'CREATE INDEX "{n("index")}" ON patients (name)',
        "CREATE TABLE gone (x)",
        rows=[
            ("INSERT INTO keyed VALUES (?, 1)", (n("key"),)),
            ("INSERT INTO searched VALUES (?, ?)", (n("search title"), n("search body"))),
            ("INSERT INTO old VALUES (?)", (n("old search"),)),
            (f'INSERT INTO "{table}" VALUES (?)', (n("cell"),)),
            ("INSERT INTO gone VALUES (?)", (n("deleted row"),)),
            ("DROP TABLE gone", ()),
            ("DROP TRIGGER t", ()),
            (
                "INSERT INTO patients (name, phone, note) VALUES (?, ?, ?)",
                (n("name"), int(p.phone("integer")), zipped({"a.txt": n("in a zip")})),
            ),
            (
                "INSERT INTO patients (name, phone, note) VALUES (?, ?, ?)",
                (n("second"), float(p.phone("real")), b"\x00\xff" + n("binary").encode()),
            ),
            (
                "INSERT INTO patients (name, note) VALUES (?, CAST(? AS TEXT))",
                (n("third"), n("gbk text").encode("gb18030")),
            ),
            ("INSERT INTO patients (name, note) VALUES ('x', ?)", ((n("long") + "长") * 3000,)),
            ("UPDATE patients SET name = 'changed' WHERE name = ?", (n("updated row"),)),
            ("ANALYZE", ()),
        ],
    )
    return path


def test_nothing_planted_survives_in_any_page(tmp_path):
    planter = Planter()
    document, out = read(hostile(tmp_path / "a.db", planter), ref="#1"), tmp_path / "b.db"

    write(document, replaced(document, planter.values), out)

    data = out.read_bytes()
    with closing(sqlite3.connect(out)) as database:
        dumped = "\n".join(database.iterdump())
        assert database.execute("SELECT count(*) FROM patients").fetchone() == (4,)
        assert database.execute("SELECT count(*) FROM searched WHERE searched MATCH '替'").fetchone() == (1,)
        assert database.execute("SELECT count(*) FROM outside WHERE outside MATCH '替'").fetchone() == (3,)
        database.execute("PRAGMA ignore_check_constraints = ON")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw = [data.decode(codec, "ignore") for codec in ("utf-8", "gb18030", "utf-16-le")]
    assert survivors(planter.values, [*raw, dumped, *text_of(out, format="sqlite")]) == set()
    assert "〔替〕" in dumped
    assert document.details["removed"] == {"comment": 2, "embedded file": 1}


def test_a_database_without_anything_personal_says_the_same(tmp_path):
    path = made(
        tmp_path / "a.db",
        "PRAGMA user_version = 7",
        "PRAGMA encoding = 'UTF-16le'",
        "CREATE TABLE t (a INTEGER, b TEXT DEFAULT 'x', c REAL, d, UNIQUE (a, b))",
        "CREATE UNIQUE INDEX i ON t (c) WHERE c > 1",
        rows=[("INSERT INTO t VALUES (?, ?, ?, ?)", (n, "文字", n / 2, None)) for n in range(50)]
        + [("DELETE FROM t WHERE a = 3", ())],
    )
    document, out = read(path, ref="#1"), tmp_path / "b.db"

    write(document, replaced(document, ["张三"]), out)

    with closing(sqlite3.connect(path)) as before, closing(sqlite3.connect(out)) as after:
        for sql in (
            "SELECT rowid, typeof(a), typeof(c), * FROM t",
            "SELECT sql FROM sqlite_master",
            "PRAGMA user_version",
            "PRAGMA encoding",
        ):
            assert after.execute(sql).fetchall() == before.execute(sql).fetchall()
    assert document.details["removed"] == {}


def test_words_of_sql_are_no_names_that_were_left(tmp_path):
    path = made(
        tmp_path / "a.db",
        'CREATE TABLE t (a INTEGER PRIMARY KEY, "action" REFERENCES t ON DELETE NO ACTION, kelly)',
    )

    said = " ".join(text_of(path, format="sqlite"))

    assert set(re.findall(r'[\w"]+', said)) == {"t", "a", '"action"', "kelly"}


def test_columns_name_their_values(tmp_path):
    path = made(
        tmp_path / "a.db", "CREATE TABLE t (姓名, 电话)", "INSERT INTO t VALUES ('李四', 13800138000)"
    )

    found = {
        block.text: block.labels
        for block in read(path, ref="#1").blocks()
        if block.table and not block.search_only
    }

    assert found == {"李四": ("姓名",), "13800138000": ("电话",)}


def test_a_table_and_its_columns_are_renamed_wherever_they_are_named(tmp_path):
    path = made(
        tmp_path / "a.db",
        'CREATE TABLE 张三 (李四 TEXT, "王 五")',
        "CREATE VIEW v AS SELECT 李四 FROM 张三",
        "INSERT INTO 张三 VALUES ('x', 'y')",
    )
    document, out = read(path, ref="#1"), tmp_path / "b.db"

    write(document, replaced(document, ["张三", "李四", "王 五"], '"某"'), out)

    with closing(sqlite3.connect(out)) as database:
        assert database.execute("SELECT * FROM v").fetchall() == [("x",)]


def test_what_waits_in_the_log_is_read_and_the_source_stays_untouched(tmp_path):
    source, copy = tmp_path / "a.db", tmp_path / "copy"
    copy.mkdir()
    with closing(sqlite3.connect(source, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES ('张三')")
        for name in ("a.db", "a.db-wal"):
            shutil.copy(tmp_path / name, copy / name)

    document = read(copy / "a.db", ref="#1")
    write(document, replaced(document, ["张三"]), copy / "b.db")

    assert "张三" in {block.text for block in document.blocks()}
    assert sorted(one.name for one in copy.iterdir()) == ["a.db", "a.db-wal", "b.db"]
    with closing(sqlite3.connect(copy / "b.db")) as database:
        assert database.execute("SELECT x FROM t").fetchall() == [("〔替〕",)]


def test_a_row_whose_number_goes_gets_one_that_no_row_has(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (name, phone INTEGER PRIMARY KEY)",
        "INSERT INTO t VALUES ('a', 13800138000), ('b', 1), ('c', 13800138001)",
    )
    document = read(path, ref="#1")

    write(document, replaced(document, ["13800138000", "13800138001"]), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        rows = database.execute("SELECT name, phone FROM t ORDER BY name").fetchall()
    assert rows == [("a", 2), ("b", 1), ("c", 3)]
    assert document.details["removed"] == {"row number": 2}


@pytest.mark.parametrize(
    "table", ["TABLE t (name)", "VIRTUAL TABLE t USING fts4(name)", "VIRTUAL TABLE t USING fts5(name)"]
)
@pytest.mark.parametrize(("label", "numbers"), [("〔替〕", [1, 2, 3]), ("13911112222", [1, 2, 13911112222])])
def test_the_hidden_number_of_a_row_goes_where_it_is_somebodys(tmp_path, table, label, numbers):
    path = made(
        tmp_path / "a.db",
        f"CREATE {table}",
        "INSERT INTO t (rowid, name) VALUES (1, 'a'), (2, 'b'), (13800138000, 'c')",
    )
    document = read(path, ref="#1")

    write(document, replaced(document, ["13800138000"], label), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        rows = database.execute("SELECT rowid, name FROM t ORDER BY name").fetchall()
    assert rows == list(zip(numbers, "abc", strict=True))
    assert document.details["removed"] == {"row number": 1}


def test_numbers_of_rows_that_become_alike_stay_apart(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (name)",
        *(f"INSERT INTO t (rowid, name) VALUES ({number}, 'a')" for number in (19850307, 19850308)),
    )
    document = read(path, ref="#1")

    write(document, replaced(document, ["19850307", "19850308"], "198503"), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        assert len(database.execute("SELECT rowid FROM t").fetchall()) == 2


@pytest.mark.parametrize("name", ["_rowid_", "rowid"])
@pytest.mark.parametrize(("values", "is_refused"), [(["13800138000"], True), (["张三"], False)])
def test_a_view_that_refers_to_hidden_numbers_is_refused_where_they_change(
    tmp_path, values, is_refused, name
):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (name)",
        f"CREATE VIEW v AS SELECT {name} AS phone, name FROM t",
        "INSERT INTO t (rowid, name) VALUES (13800138000, '张三')",
    )
    document = read(path, ref="#1")

    with pytest.raises(UnwritableDocument, match="view") if is_refused else nullcontext():
        write(document, replaced(document, values), tmp_path / "b.db")


@pytest.mark.parametrize(
    ("default", "said"),
    [
        ("x'" + "患者张三的电话".encode("utf-16-le").hex() + "'", "患者张三的电话"),
        ("x'" + "患者张三的电话".encode("gb18030").hex() + "'", "患者张三的电话"),
        ("1.3800138e10", "13800138000"),
        (".13800138e11", "13800138000"),
        ("0x3368b0fc0", "13799985088"),
    ],
)
def test_defaults_are_read_however_they_are_written(tmp_path, default, said):
    path = made(tmp_path / "a.db", f"CREATE TABLE t (a, b DEFAULT {default})")
    document = read(path, ref="#1")

    write(document, replaced(document, [said]), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db", isolation_level=None)) as database:
        database.execute("INSERT INTO t (a) VALUES (1)")
        assert database.execute("SELECT b FROM t").fetchone() == ("〔替〕",)


def test_what_a_view_puts_together_is_read_together(tmp_path):
    path = made(
        tmp_path / "a.db", "CREATE VIEW v AS SELECT '电话138' || /* 座机 */ '0013' || '8000' || x'21' AS x"
    )
    document = read(path, ref="#1")

    write(document, replaced(document, ["13800138000"]), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        assert database.execute("SELECT * FROM v").fetchall() == [("电话〔替〕!",)]


@pytest.mark.parametrize(
    "table",
    [
        "(id BLOB PRIMARY KEY, x)",
        "(id BLOB NOT NULL, x, UNIQUE (id, x))",
        "(id BLOB PRIMARY KEY, x) WITHOUT ROWID",
    ],
)
def test_binary_keys_that_nobody_can_read_stay_apart(tmp_path, table):
    path = made(
        tmp_path / "a.db",
        f"CREATE TABLE t {table}",
        rows=[("INSERT INTO t VALUES (?, '张三')", (bytes([0, 255, number]) * 5,)) for number in range(3)],
    )
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        rows = database.execute("SELECT id, x FROM t ORDER BY id").fetchall()
    assert rows == [(number.to_bytes(8, "big"), "〔替〕") for number in (1, 2, 3)]
    assert document.details["removed"] == {"embedded file": 3}


def test_a_column_that_takes_nothing_but_numbers_is_refused_clearly(tmp_path):
    path = made(
        tmp_path / "a.db", "CREATE TABLE t (phone INTEGER) STRICT", "INSERT INTO t VALUES (13800138000)"
    )
    document = read(path, ref="#1")

    with pytest.raises(UnwritableDocument, match="key or constraint"):
        write(document, replaced(document, ["13800138000"]), tmp_path / "b.db")


@pytest.mark.parametrize("damage", ["cut", "page", "encrypted"])
def test_damage_is_one_clear_reason(tmp_path, damage):
    path = made(
        tmp_path / "a.sqlite", "CREATE TABLE t (x)", rows=[("INSERT INTO t VALUES (?)", ("张三" * 900,))] * 9
    )
    data = path.read_bytes()
    path.write_bytes(
        {
            "cut": data[:9000],
            "page": data[:4096] + bytes(8000) + data[12096:],
            "encrypted": bytes(range(1, 256)) * 40,
        }[damage]
    )

    with pytest.raises(UnreadableDocument, match="damaged") as error:
        list(read(path, ref="#1").blocks())

    assert "张三" not in str(error.value)


def test_other_virtual_tables_are_named_as_unsupported(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE VIRTUAL TABLE t USING fts5(x)",
        "CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')",
    )

    with pytest.raises(UnsupportedDocument, match="virtual"):
        read(path, ref="#1")


def test_content_says_that_it_is_a_database(tmp_path):
    assert sniff(made(tmp_path / "a.dat", "CREATE TABLE t (x)")) == "sqlite"


def test_a_cell_that_names_a_field_is_the_label_of_the_one_beside_it(tmp_path):
    rows = [("INSERT INTO kv VALUES (?, ?)", pair) for pair in (("patient_name", "石头"), ("x1", "云朵"))]
    path = made(tmp_path / "a.db", "CREATE TABLE kv (meta_key TEXT, meta_value TEXT)", rows=rows)

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks() if block.table}

    assert labels["石头"] == ("patient_name", "meta_value")
    assert labels["云朵"] == ("meta_value",)


def test_a_text_of_the_schema_belongs_to_the_column_that_it_is_compared_with(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (xm TEXT)",
        "CREATE VIEW v AS SELECT * FROM t WHERE lower(xm) LIKE '石头%'",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE t SET xm = '云朵'; END",
    )

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks() if block.labels}

    assert labels == {"石头": ("xm",), "云朵": ("xm",)}


def with_bytes(path, *texts):
    rows = [("INSERT INTO t VALUES (CAST(? AS TEXT))", (text,)) for text in texts]
    return made(path, "CREATE TABLE t (x)", rows=rows)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *((text, 0, last) for text in ("姓名：欧阳若兰，高", "患者王", "ID 7 王", "王") for last in (-1, -2)),
        *((text, 1, last) for text in ("姓名：欧阳若兰，高", "王欧", "翀喆赟") for last in (None, -1)),
        *((text, 2, last) for text in ("姓名：欧阳若兰，高", "王欧 7", "翀喆赟") for last in (None, -2)),
    ],
)
def test_a_text_cut_within_a_character_is_no_text_of_another_encoding(tmp_path, text, first, last):
    document = read(with_bytes(tmp_path / "a.db", text.encode()[first:last]), ref="#1")

    said = [block.text for block in document.blocks() if block.table]

    assert said == [text.encode()[first:last].decode("utf-8", "replace")]
    assert document.details["removed"] == {"broken text": 1}


@pytest.mark.parametrize(
    "text", ["姓名：欧阳若兰，高血压", "王", "陈", "张强", "张喆", "刘嵩", "碘伏", "A型", "体温36.5℃，复诊"]
)
def test_a_text_in_gb_18030_is_read_as_that(tmp_path, text):
    for beside in ("复诊".encode(), "复诊".encode("gb18030")):
        document = read(with_bytes(tmp_path / "a.db", beside, text.encode("gb18030")), ref="#1")

        said = [block.text for block in document.blocks() if block.table and not block.search_only]
        assert said == ["复诊", text]
        assert document.details["removed"] == {}
        (tmp_path / "a.db").unlink()


@pytest.mark.parametrize("text", ["谋", "小谢", "喆", "翀喆"])
def test_a_database_in_gb_18030_has_no_text_of_another_encoding(tmp_path, text):
    path = with_bytes(tmp_path / "a.db", *(one.encode("gb18030") for one in ("复诊", text)))

    said = [block.text for block in read(path, ref="#1").blocks() if block.table and not block.search_only]

    assert said == ["复诊", text]


def test_what_is_broken_stands_apart_and_the_rest_is_written(tmp_path):
    path = with_bytes(tmp_path / "a.db", "姓名：欧阳若兰，高".encode() + b"\xe8\xa1")
    document = read(path, ref="#1")

    write(document, replaced(document, ["欧阳若兰"]), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        assert database.execute("SELECT x FROM t").fetchall() == [("姓名：〔替〕，高\ufffd",)]


@pytest.mark.parametrize("content", [b"M\xfcller, 12", "歐陽若蘭來電".encode("big5"), b"\xff\xfe\xfd"])
def test_a_text_of_neither_encoding_is_refused(tmp_path, content):
    with pytest.raises(UnreadableDocument, match="neither UTF-8 nor GB 18030"):
        read(with_bytes(tmp_path / "a.db", content), ref="#1")


def test_a_text_that_is_kept_as_bytes_has_the_label_of_its_column(tmp_path):
    rows = [("INSERT INTO t VALUES (?, ?, ?)", (b"BA77-1301", "李四", "石头".encode()))]
    path = made(tmp_path / "a.db", "CREATE TABLE t (病案号 BLOB, field_name, field_value BLOB)", rows=rows)
    document = read(path, ref="#1")

    cells = {block.text: block for block in document.blocks() if block.table and not block.search_only}
    write(document, replaced(document, ["BA77-1301"]), tmp_path / "b.db")

    assert cells["BA77-1301"].labels == ("病案号",)
    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        row = database.execute("SELECT * FROM t").fetchone()
    assert row == ("〔替〕".encode(), "李四", "石头".encode())


def test_bytes_are_read_with_what_stands_beside_them(tmp_path):
    rows = [("INSERT INTO t VALUES (?, ?)", ("患者姓名", "石头".encode()))]
    rows += [("INSERT INTO u VALUES (?, ?)", (b"138", b"00138000"))]
    path = made(
        tmp_path / "a.db", "CREATE TABLE t (attr_name, attr_value)", "CREATE TABLE u (tel1, tel2)", rows=rows
    )
    document = read(path, ref="#1")

    blocks = {block.text: block for block in document.blocks()}
    write(document, replaced(document, ["13800138000"]), tmp_path / "b.db")

    assert blocks["石头"].labels == ("患者姓名", "attr_value")
    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        assert database.execute("SELECT * FROM u").fetchone() == ("〔替〕".encode(), b"")


def test_a_file_that_is_kept_as_bytes_has_no_label_of_its_column(tmp_path):
    rows = [("INSERT INTO t VALUES (?)", (zipped({"a.txt": "头晕"}),))]
    path = made(tmp_path / "a.db", "CREATE TABLE t (姓名 BLOB)", rows=rows)

    assert [block.labels for block in read(path, ref="#1").blocks() if block.text == "头晕"] == [()]


def labels_in(path):
    document = read(path, ref="#1")
    return {block.text: block.labels for block in document.blocks() if not block.search_only}


def test_a_generated_column_gives_back_nothing_that_goes_from_the_cells_it_is_made_of(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (a, b, 姓名 AS (a||b), d, 病案号 AS (json_extract(d, '$.k')) STORED, n AS (姓名 || '先生'))",
        """INSERT INTO t (a, b, d) VALUES ('欧阳', '若兰', '{"k": "ZY88-3301"}')""",
    )
    document = read(path, ref="#1")

    labels = labels_in(path)
    write(document, replaced(document, ["欧阳若兰", "ZY88-3301"]), tmp_path / "b.db")

    assert (labels["欧阳若兰"], labels["ZY88-3301"], labels["欧阳若兰先生"]) == (
        ("姓名",),
        ("病案号",),
        ("n",),
    )
    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        row = database.execute("SELECT * FROM t").fetchone()
    assert row == ("〔替〕", "", "〔替〕", '{"k": "〔替〕"}', "〔替〕", "〔替〕先生")


def test_what_a_generated_column_has_of_its_own_is_traced_to_no_cell(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (sex, w, x AS ('床' || sex || '、头晕'), note)",
        "INSERT INTO t VALUES ('1', 3, '头晕')",
    )

    segments = {
        block.text: block.segments for block in read(path, ref="#1").blocks() if block.text == "床1、头晕"
    }

    assert segments == {"床1、头晕": ()}


def test_a_generated_column_that_cannot_be_worked_out_is_refused(tmp_path):
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.create_function("of_a_program", 1, lambda x: x, deterministic=True)
        database.execute("CREATE TABLE t (d, x AS (of_a_program(d)))")
        database.execute("INSERT INTO t VALUES ('头晕')")

    with pytest.raises(UnsupportedDocument, match="generated column"):
        list(read(path, ref="#1").blocks())


@pytest.mark.parametrize(
    "view",
    [
        "v AS SELECT c2 AS 病案号 FROM s",
        'v AS SELECT s.c2 "病案号", c1 FROM s',
        "v (x, 病案号) AS SELECT c1, c2 FROM s UNION SELECT 1, trim(c2) FROM s",
        "v AS WITH q AS (SELECT c2 AS 病案号 FROM s) SELECT * FROM q",
        "v AS SELECT trim(c2) AS 病案号, * FROM s",
    ],
)
def test_a_column_is_called_as_a_view_calls_it(tmp_path, view):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE s (c1, c2)",
        "CREATE TABLE other (c2)",
        f"CREATE VIEW {view}",
        "CREATE VIEW w AS SELECT 病案号 AS 住院号 FROM v",
        "INSERT INTO s VALUES ('头晕', 'BA77-1202')",
        "INSERT INTO other VALUES ('5')",
    )

    blocks = [block for block in read(path, ref="#1").blocks() if block.table and not block.search_only]

    labels = {block.text: block.labels for block in blocks}
    assert labels["BA77-1202"] == ("c2", "病案号", "住院号")
    assert labels["5"] == ("c2",)


def test_what_a_view_works_out_is_read_and_looked_for_in_the_output(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE s (c1)",
        "CREATE VIEW v AS SELECT substr(c1, 3) AS 病案号, count(*) AS 数量, c1 FROM s GROUP BY c1",
        "CREATE VIEW gone AS SELECT x AS y FROM nowhere",
        "INSERT INTO s VALUES ('xxBA77-1202')",
    )

    assert labels_in(path)["BA77-1202"] == ("病案号",)
    assert "BA77-1202" in set(text_of(path, format="sqlite"))


@pytest.mark.parametrize(
    "view",
    [
        "SELECT reversed_by_a_program(x) AS 姓名 FROM t",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS 姓名 FROM n",
    ],
)
def test_a_view_that_cannot_be_worked_out_is_refused(tmp_path, view, monkeypatch):
    monkeypatch.setattr("deid.formats.sqlite.origins._MOST_STEPS", 3)
    path = made(tmp_path / "a.db", "CREATE TABLE t (x)", f"CREATE VIEW v AS {view}")

    with pytest.raises(UnsupportedDocument, match="view"):
        list(read(path, ref="#1").blocks())


@pytest.mark.parametrize(
    ("default", "said"),
    [
        ("char(27431, 38451, 33509, 20848)", "欧阳若兰"),
        ("1380013 * 10000 + 8123", "13800138123"),
        ("printf('%s%s', '139', '44556677')", "13944556677"),
        ("replace('姓名：X', 'X', char(27431) || '阳若兰')", "姓名：欧阳若兰"),
        ("cast(x'e6aca7' as text) || '阳若兰'", "欧阳若兰"),
    ],
)
def test_what_expressions_of_the_schema_come_to_is_read(tmp_path, default, said):
    path = made(
        tmp_path / "a.db",
        f"CREATE TABLE t (a, 电话 DEFAULT ({default}), n DEFAULT (60 * 60), CHECK (a <> upper('k')))",
        f"CREATE TABLE g (a, x AS ({default}))",
        f"CREATE VIEW v AS SELECT {default} AS x, 7 AS y",
    )
    document = read(path, ref="#1")

    labels = [block.labels for block in document.blocks() if block.text == said and block.where == "schema"]
    write(document, replaced(document, [said]), tmp_path / "b.db")

    assert labels == [("电话",), ("x",), ("x",)]
    with closing(sqlite3.connect(tmp_path / "b.db", isolation_level=None)) as database:
        database.execute("INSERT INTO t (a) VALUES (1)")
        assert database.execute("SELECT * FROM t").fetchone() == (1, "〔替〕", 3600)
        assert database.execute("SELECT * FROM v").fetchone() == ("〔替〕", 7)
        database.execute("INSERT INTO g VALUES (1)")
        assert database.execute("SELECT * FROM g").fetchone() == (1, "〔替〕")


def test_the_time_of_writing_and_chance_stay_expressions(tmp_path):
    sql = "CREATE TABLE t (a DEFAULT (datetime('now')), b DEFAULT (random() % 9000000 + 1000000))"

    assert not any("19" in text or "20" in text for text in labels_in(made(tmp_path / "a.db", sql)))


@pytest.mark.parametrize("opened", ["char(1+", "(", "- ", "1 + "])
def test_expressions_take_no_longer_than_they_are_long(opened):
    from deid.formats.sqlite.constants import constants
    from deid.formats.sqlite.schema import tokens_of

    sql = "SELECT " + opened * 30_000 + "x"

    assert [one.text for one in constants(sql, tokens_of(sql))] in ([], ["30000"])


def test_tables_that_are_called_like_parts_of_a_search_index_stay(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE VIRTUAL TABLE notes USING fts4(body)",
        "CREATE VIRTUAL TABLE docs USING fts5(body)",
        "CREATE VIRTUAL TABLE outside USING fts5(body, content='')",
        *(
            f"CREATE TABLE {name} (x)"
            for name in ("notes_data", "notes_config", "docs_stat", "outside_content")
        ),
        "CREATE INDEX i ON notes_data (x)",
        rows=[("INSERT INTO notes_data VALUES ('头晕')", ()), ("INSERT INTO notes VALUES ('头晕')", ())],
    )
    document = read(path, ref="#1")

    write(document, {}, tmp_path / "b.db")

    with closing(sqlite3.connect(path)) as before, closing(sqlite3.connect(tmp_path / "b.db")) as after:
        names = [
            set(database.execute("SELECT name FROM sqlite_master").fetchall()) for database in (before, after)
        ]
        assert names[0] == names[1]
        assert after.execute("SELECT * FROM notes_data").fetchall() == [("头晕",)]


def test_languages_and_outside_tables_of_search_indexes_are_kept(tmp_path):
    path = made(
        tmp_path / "a.db",
        'CREATE VIRTUAL TABLE v USING fts4(body, languageid="lid")',
        "CREATE TABLE docs (id INTEGER PRIMARY KEY, body)",
        "CREATE VIRTUAL TABLE h USING fts5(body, content=[docs], content_rowid='id')",
        "INSERT INTO v (body, lid) VALUES ('头晕', 3)",
        "INSERT INTO docs VALUES (1, '头晕')",
    )
    document = read(path, ref="#1")

    write(document, {}, tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        assert database.execute("SELECT body, lid FROM v").fetchall() == [("头晕", 3)]
        assert database.execute("SELECT count(*) FROM h WHERE h MATCH '头晕'").fetchone() == (1,)
    assert document.details["removed"] == {}


def test_a_table_with_too_many_columns_is_named_as_that(tmp_path):
    columns = ", ".join(f"c{number}" for number in range(2000))
    path = made(tmp_path / "a.db", f"CREATE TABLE t ({columns})")

    with pytest.raises(UnsupportedDocument, match="too many columns"):
        read(path, ref="#1")


def test_a_number_without_end_is_read_again(tmp_path):
    path = made(tmp_path / "a.db", "CREATE TABLE t (x)", "INSERT INTO t VALUES (9e999), (7.0)")

    assert {"inf", "7.0", "7"} <= set(text_of(path, format="sqlite"))


def test_places_in_an_index_of_coordinates_are_rows(tmp_path):
    places = [(7, 120.5, 120.5, 30.25, 30.25), (13912345678, 1.5, 1.5, 2.5, 2.5)]
    path = made(
        tmp_path / "a.db",
        "CREATE VIRTUAL TABLE homes USING rtree(id, west, east, south, north, +name)",
        rows=[
            ("INSERT INTO homes VALUES (?, ?, ?, ?, ?, ?)", (*place, name))
            for place, name in zip(places, ("张三", "诊所"), strict=True)
        ],
    )
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三", "13912345678", "120.5"]), tmp_path / "b.db")

    with closing(sqlite3.connect(tmp_path / "b.db")) as database:
        rows = database.execute("SELECT * FROM homes").fetchall()
        assert sorted(rows) == [(1, 1.5, 1.5, 2.5, 2.5, "诊所"), (7, 0.0, 0.0, 30.25, 30.25, "〔替〕")]
        assert database.execute("SELECT rtreecheck('homes')").fetchone() == ("ok",)
    assert not any(
        "张三" in text or "13912345678" in text for text in text_of(tmp_path / "b.db", format="sqlite")
    )


def test_a_column_is_called_what_those_beside_it_say(tmp_path):
    path = made(
        tmp_path / "a.db",
        "CREATE TABLE t (xm, sfzh)",
        "CREATE TABLE price (xm, dj)",
        rows=[("INSERT INTO t VALUES ('茯苓', '')", ()), ("INSERT INTO price VALUES ('当归', 3)", ())],
    )

    labels = {block.text: block.labels for block in read(path, ref="#1").blocks()}

    assert labels["茯苓"] == ("xm", "姓名")
    assert labels["当归"] == ("xm",)
