"""Dumps of databases: nothing planted survives in any form; what was not edited stays, byte for byte."""

from __future__ import annotations

import codecs
import io
import pickle
import re
import sqlite3
import time
import tracemalloc
from contextlib import closing

import pytest
from planting import Planter, document_of, replaced, survivors

from deid.errors import UnreadableDocument
from deid.formats import Edit, read, sniff, text_of, write
from deid.formats.files import Held
from deid.formats.sql.dialects import MICROSOFT, MYSQL, STANDARD
from deid.formats.sql.literals import copied, value_of
from deid.formats.sql.naming import named
from deid.formats.sql.scanning import pieces
from deid.types import FIRST_ROWS


def hexed(text, codec="utf-8"):
    return text.encode(codec).hex()


def octal(text):
    return "".join(f"\\{octet:o}" for octet in text.encode())


def coded(text, before):
    return "".join(f"\\{before}{ord(character):04x}" for character in text)


def mysql(p):
    n = p.name
    return f"""-- MySQL dump 10.13  Distrib 8.0.36, for Linux ({n("comment")})
# {n("comment with #")} it's
/*!50013 DEFINER=`{n("definer")}`@`%` SQL SECURITY DEFINER */;
CREATE TABLE `patient_{n("table")}` (
  `id` int NOT NULL, -- {n("comment in a table")}
  `xm` varchar(32) DEFAULT '{n("default")}' COMMENT '患者姓名 {n("comment of a column")}',
  `{n("column")}` text, `photo` longblob, PRIMARY KEY (`id`)
) ENGINE=InnoDB COMMENT='{n("comment of a table")}';
INSERT INTO `patient` VALUES (1,'{n("value")}',NULL,0x{hexed(n("hex"))}),
(2,'it\\'s {n("behind an escape")}\\n{n("behind a line end")}','a''{n("behind two quotes")}',X'{hexed(n("x hex"))}'), /* {n("comment between rows")} */
( 3 , _utf8mb4 '{n("introducer")}' , "{n("double quotes")}\\"", _binary '{n("binary string")}'),
(4,CONCAT('a','{n("second literal")}'),/* {n("comment in a row")} */ 'x',{p.phone("number")});
INSERT INTO `{n("table of a statement")}` (`{n("column of a statement")}`) VALUES ('x'),(NOW());
INSERT INTO `t` SET xm='{n("insert set")}';
INSERT INTO t SELECT '{n("insert select")}' FROM dual;
REPLACE INTO t VALUES (1,'{n("replace")}') ON DUPLICATE KEY UPDATE xm='{n("on duplicate")}';
UPDATE t SET xm='{n("update")}', raw=0x{hexed(n("hex of an update"))} WHERE xm LIKE '%{n("like")}%';
DELIMITER ;;
CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN
INSERT INTO log VALUES (NEW.id, '{n("trigger")}', NEW.{n("word in a row")});
END ;;
DELIMITER ;
INSERT INTO t VALUES (1,'{n("broken")}
INSERT INTO t VALUES (2,'{n("behind a broken one")}');
INSERT INTO t VALUES (3,'{n("half")}'"""


def postgres(p):
    n = p.name
    return f"""-- PostgreSQL database dump
-- role: {n("role")}
SET standard_conforming_strings = on;
CREATE TABLE public.visit (id integer, "{n("quoted column")}" text, note text DEFAULT '{n("default")}'::text);
COMMENT ON COLUMN public.visit.note IS '记录 {n("comment on")}';
COPY public.visit (id, name, note) FROM stdin;
1\t{n("field")}\t{n("field behind")}\\n{n("behind a line end")}\\t|
2\t\\N\t\\\\x{hexed(n("bytea in copy"))}
3\t{octal(n("octal in copy"))}\tit's
4\t{n("too many")}\tb\t{n("more fields")}\t{n("still more")}
\\.
COPY odd FROM stdin WITH (FORMAT csv);
1,"{n("copy as csv")}"
\\.
INSERT INTO public.visit VALUES (1, 'C:\\', E'x\\'{n("extended")}\\n{n("behind")}', '\\x{hexed(n("bytea"))}');
INSERT INTO public.visit VALUES (2, $${n("dollars")} it's$$, $a$ $$ {n("tagged")} $a$, U&'{coded(n("unicode"), "")}');
INSERT INTO public.visit VALUES (3, E'{coded(n("u escapes"), "u")}', ARRAY['{n("array")}','{n("second of array")}'], '{n("cast")}'::text);
INSERT INTO public.visit OVERRIDING SYSTEM VALUE VALUES (4, '\\\\x{hexed(n("two backslashes"))}', now(), 1);
CREATE FUNCTION f() RETURNS void AS $_$ BEGIN PERFORM '{n("function")}'; END $_$ LANGUAGE plpgsql;
SELECT setval('s', 61, true); -- by {n("last comment")}
"""


def microsoft(p):
    n = p.name
    return f"""USE [{n("database")}]
GO
/****** Object:  Table [dbo].[member] {n("comment")} ******/
CREATE TABLE [dbo].[member]([id] [int] IDENTITY(1,1) NOT NULL, [{n("column")}] [nvarchar](50) NULL) ON [PRIMARY]
GO
INSERT [dbo].[member] ([id], [xm], [born], [raw]) VALUES (1, N'{n("value")}', CAST(N'1985-01-02T00:00:00.000' AS DateTime), 0x{hexed(n("utf-16"), "utf-16-le")})
INSERT [dbo].[member] ([id], [xm], [born], [raw]) VALUES (2, N'a''{n("two quotes")}', CAST(600.00 AS Decimal(10, 2)), N'{n("left")}' + N'{n("right")}')
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'{n("description")}'
"""


def oracle(p):
    n = p.name
    return f"""REM INSERTING into {n("rem")}
SET DEFINE OFF;
Insert into PATIENT (ID,XM,BORN) values (1,'{n("value")}',to_date('1985-10-01','YYYY-MM-DD'));
Insert into PATIENT (ID,XM,BORN) values (2,'it''s {n("quotes")}'||chr(10)||'{n("joined")}',null);
"""


DUMPS = {"mysql": mysql, "postgres": postgres, "microsoft": microsoft, "oracle": oracle}


def written(text, values, path, codec="utf-8"):
    path.write_bytes(text.encode(codec))
    document, out = read(path, ref="#1"), path.with_name("out.sql")
    write(document, replaced(document, values) if values else {}, out)
    return out.read_bytes().decode(codec)


def rows_of(document):
    return [
        (block.text, block.labels, block.table)
        for block in document.blocks()
        if block.table and not block.segments
    ]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", DUMPS)
def test_nothing_planted_survives_in_any_form(tmp_path, name, codec):
    planter = Planter()
    text = DUMPS[name](planter)
    (tmp_path / "a.sql").write_bytes(text.encode(codec))
    document, out = read(tmp_path / "a.sql", ref="#1"), tmp_path / "b.sql"

    write(document, replaced(document, planter.values), out)

    before = set(text_of(tmp_path / "a.sql", format="sql"))
    assert survivors(planter.values, before) == set(planter.values.values())
    assert survivors(planter.values, text_of(out, format="sql")) == set()
    assert out.read_bytes().decode(codec).count("〔替〕") > 3


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", DUMPS)
def test_what_is_not_edited_stays_byte_for_byte(tmp_path, name, end, mark):
    data = mark + DUMPS[name](Planter()).replace("\n", end).encode()
    (tmp_path / "a.sql").write_bytes(data)
    document, out = read(tmp_path / "a.sql", ref="#1"), tmp_path / "b.sql"

    write(document, {}, out)

    assert out.read_bytes() == data
    assert document.details.get("removed", {}) == {}


@pytest.mark.parametrize("size", [1, 3, 7, 64, 1000])
@pytest.mark.parametrize("name", DUMPS)
def test_where_the_file_is_cut_in_reading_makes_no_difference(monkeypatch, name, size):
    text = DUMPS[name](Planter())
    dialect = {"mysql": MYSQL, "microsoft": MICROSOFT}.get(name, STANDARD)
    whole = list(pieces(io.StringIO(text), dialect))

    monkeypatch.setattr("deid.formats.sql.scanning._CHUNK", size)
    found = list(pieces(io.StringIO(text), dialect))

    assert found == whole
    assert "".join(piece.raw for piece in found) == text


def test_columns_are_those_of_the_statement_or_of_the_table(tmp_path):
    document = document_of(
        tmp_path / "a.sql",
        "CREATE TABLE IF NOT EXISTS `db`.`t` (`id` int(11), `xm` varchar(9) COMMENT '姓名（必填）', KEY `k` (`xm`));\n"
        "INSERT INTO t VALUES (1,'李四');\nINSERT INTO `t` (`xm`,`tel`) VALUES ('张三','13800138000');\n",
    )

    assert rows_of(document) == [
        ("1", ("id",), ("table 1", 0, 0)),
        ("李四", ("xm", "姓名"), ("table 1", 0, 1)),
        ("张三", ("xm", "姓名"), ("table 1", 1, 1)),
        ("13800138000", ("tel",), ("table 1", 1, 2)),
    ]


def test_rows_of_a_copy_are_those_of_its_table(tmp_path):
    document = document_of(
        tmp_path / "a.sql",
        'CREATE TABLE public.t (\n    id integer NOT NULL,\n    "姓名" text\n);\n'
        "COMMENT ON COLUMN public.t.id IS '编号';\nCOPY public.t FROM stdin;\n1\t李\\t四\n\\N\t\n\\.\n\nSELECT '张三';\n",
    )

    assert rows_of(document) == [
        ("1", ("id", "编号"), ("table 1", 0, 0)),
        ("李\t四", ("姓名",), ("table 1", 0, 1)),
    ]


def test_rows_are_read_with_the_row_above_of_the_same_table(tmp_path):
    document = document_of(
        tmp_path / "a.sql",
        "INSERT INTO a (姓, 名, 电话) VALUES ('王', '芳', '1380013');\nINSERT INTO b (x) VALUES ('y');\nINSERT INTO a (姓, 名, 电话) VALUES ('李', '四', '8000');\n",
    )

    views = {block.text for block in document.blocks() if block.segments and not block.search_only}

    assert {"王芳", "李四", "13800138000"} <= views


def test_a_column_beside_a_text_names_it(tmp_path):
    document = document_of(
        tmp_path / "a.sql",
        "CREATE TABLE t (`owner` varchar(16) NOT NULL DEFAULT '云朵', xm text COMMENT '姓名');\nUPDATE t SET `xm`='高\\'兴' WHERE xm <> '石头' AND note LIKE '%x';\n",
    )

    named = {block.text: block.labels for block in document.blocks() if "=" in block.id}

    assert named == {
        "云朵": ("owner",),
        "高'兴": ("xm", "姓名"),
        "石头": ("xm", "姓名"),
        "x": ("note",),
    }


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("SELECT 1 FROM t WHERE lower(xm) = lower('ShiTou');", [("ShiTou", "xm")]),
        ("UPDATE t SET xm = TRIM(UPPER('shitou')), a = 1;", [("shitou", "xm")]),
        (
            "SELECT 1 FROM t WHERE xm LIKE '%石头%' AND UPPER(TRIM(xm)) <> N'云朵';",
            [("石头", "xm"), ("云朵", "xm")],
        ),
        (
            "SELECT 1 FROM t WHERE xm NOT IN ('石头', '云''朵') AND 'a' = a;",
            [("石头", "xm"), ("云'朵", "xm")],
        ),
        ("SELECT '石头' AS xm, (UPPER('云朵')) AS \"owner\" FROM t;", [("石头", "xm"), ("云朵", "owner")]),
    ],
)
def test_a_column_names_a_text_in_functions_lists_and_patterns(tmp_path, statement, named):
    document = document_of(tmp_path / "a.sql", statement + "\n")

    assert [(block.text, *block.labels) for block in document.blocks() if block.labels] == named


@pytest.mark.parametrize(
    ("dump", "labels"),
    [
        ("UPDATE t SET xm='茯苓', dh='13800138000' WHERE id=5;", ("xm", "姓名")),
        ("UPDATE t SET xm='茯苓', dj=12.5 WHERE id=5;", ("xm",)),
        ("UPDATE his.`t_patient` SET name='茯苓' WHERE id=5;", ("name", "姓名")),
        ("UPDATE drugs SET name='茯苓' WHERE id=5;", ("name",)),
        ("INSERT INTO t (xm, xb) VALUES ('b', '1');\nDELETE FROM T WHERE xm='茯苓';", ("xm", "姓名")),
        ("INSERT INTO t (xm, xb) VALUES (1, 2) ON DUPLICATE KEY UPDATE xm='茯苓';", ("xm", "姓名")),
        ("INSERT INTO patient (id, name) VALUES (1, '茯苓');", ("name", "姓名")),
        ("INSERT INTO drug (patient_id, name) VALUES (1, '茯苓');", ("name",)),
    ],
)
def test_a_column_that_says_little_is_told_by_its_table_and_those_beside_it(tmp_path, dump, labels):
    document = document_of(tmp_path / "a.sql", dump + "\n")

    assert [block.labels for block in document.blocks() if block.text == "茯苓"] == [labels]


@pytest.mark.parametrize(
    "statement", ["UPDATE t SET p = x'{}' WHERE a = '1';", "SELECT a{} FROM t WHERE a = '1';"]
)
@pytest.mark.parametrize("many", ["F", " ", ")"])
def test_columns_beside_texts_are_looked_for_in_linear_time(statement, many):
    start = time.process_time()

    assert [name for _, name in named(statement.format(many * 50_000), STANDARD)] == ["a"]
    assert time.process_time() - start < 2


def test_a_value_that_names_a_field_is_the_label_of_the_one_beside_it(tmp_path):
    document = document_of(
        tmp_path / "a.sql", "INSERT INTO t (k, v) VALUES ('patient_name', '石头'), ('x1', '云朵');\n"
    )

    labels = {
        block.text: block.labels for block in document.blocks() if block.table and not block.search_only
    }

    assert labels["石头"] == ("patient_name", "v")
    assert labels["云朵"] == ("v",)


def test_accounts_are_told_but_for_those_of_every_database(tmp_path):
    document = document_of(
        tmp_path / "a.sql",
        "-- Name: t; Type: TABLE; Owner: wangfang\nALTER TABLE t OWNER TO postgres;\n/*!50013 DEFINER=`lisi`@`%` */;\n/*!50013 DEFINER=`root`@`%` */;\n",
    )

    named = {block.text: block.labels for block in document.blocks() if "@" in block.id}

    assert named == {"wangfang": ("user",), "lisi": ("user",)}


@pytest.mark.parametrize(
    ("raw", "dialect", "text", "edited"),
    [
        (r"'a\'张三\n'", MYSQL, "a'张三\n", r"'a\'''\\\n'"),
        (r"'a''张三\'", STANDARD, "a'张三\\", r"'a''''\\'"),
        (r"E'\'\'张三\t\\'", STANDARD, "''张三\t\\", r"E'\'\'''\\\t\\'"),
        (r"E'\u00e1b\u5f20\u4e09\ud83d\ude00'", STANDARD, "áb张三😀", r"E'\u00e1b''\\\ud83d\ude00'"),
        (r"E'ab\345\274\240\xe4\xb8\x89c'", STANDARD, "ab张三c", r"E'ab''\\c'"),
        (r"U&'ab\5F20\4E09\+01F600'", STANDARD, "ab张三😀", r"U&'ab''\\\+01F600'"),
        ("N'ab张三'", MICROSOFT, "ab张三", "N'ab''\\'"),
        ("$$a'张三$$", STANDARD, "a'张三", "$$a''\\$$"),
        ('"a""张三"', MYSQL, 'a"张三', r""" "a""'\\" """.strip()),
        ("_utf8mb4 'ab张三'", MYSQL, "ab张三", r"_utf8mb4 'ab''\\'"),
    ],
)
def test_new_texts_are_quoted_as_the_old_ones(raw, dialect, text, edited):
    value = value_of(raw, dialect)

    assert value.text == text
    assert value.edited([]) == raw
    assert value.edited([Edit(2, 4, "'\\")]) == edited


@pytest.mark.parametrize(
    ("raw", "dialect", "edited"),
    [
        ("13800138000", MYSQL, "'〔1〕'"),
        ("13800138000", MICROSOFT, "N'〔1〕'"),
        ("0x" + hexed("张三"), MYSQL, "0x" + hexed("〔1〕")),
        ("X'" + hexed("张三", "gbk") + "'", MYSQL, "X'" + hexed("〔1〕", "gbk") + "'"),
        ("0x" + hexed("张三", "utf-16-le"), MICROSOFT, "0x" + hexed("〔1〕", "utf-16-le")),
        (r"'\x" + hexed("张三") + "'", STANDARD, r"'\x" + hexed("〔1〕") + "'"),
        (r"E'\\x" + hexed("张三") + "'", STANDARD, r"E'\\x" + hexed("〔1〕") + "'"),
    ],
)
def test_numbers_get_quotes_and_bytes_stay_bytes(raw, dialect, edited):
    value = value_of(raw, dialect)

    assert value.edited([Edit(0, len(value.text), "〔1〕")]) == edited


def test_a_number_stays_one_where_what_is_new_is_one():
    assert value_of("13800138000", MYSQL).edited([Edit(0, 11, "13900001111")]) == "13900001111"
    assert value_of("13800138000", MYSQL).edited([Edit(0, 11, "013900001")]) == "'013900001'"


def test_bytes_emptied_are_still_a_value():
    for raw, dialect, empty in (
        ("0xe5bca0", MYSQL, "''"),
        ("0xe5bca0", MICROSOFT, "0x"),
        ("x'e5bca0'", MYSQL, "x''"),
    ):
        assert value_of(raw, dialect).edited([Edit(0, 1, "")]) == empty


def test_fields_of_a_copy_are_escaped():
    value = copied(r"a\\\t张三")

    assert value.text == "a\\\t张三"
    assert value.edited([Edit(3, 5, "\\\t\n")]) == r"a\\\t\\\t\n"


def test_a_backslash_is_one_where_the_database_says_so(tmp_path):
    document = document_of(
        tmp_path / "a.sql",
        "-- PostgreSQL database dump\nINSERT INTO t (a, b) VALUES ('C:\\', '张三'), ('\\', '李四');\n",
    )

    assert [text for text, _, _ in rows_of(document)] == ["C:\\", "张三", "\\", "李四"]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t VALUES (1,'张三'",
        "INSERT INTO t VALUES (1,'张三",
        "INSERT INTO t VALUES (1,(('张三';\n",
        "INSERT INTO t VALUES 张三;\n",
        "INSERT t VALUES (/* 张三",
        "COPY t FROM stdin;\n1\t张三",
        "insert into t values (1, $$张三",
        "CREATE TABLE t (a text DEFAULT '张三",
        "/* 张三",
        "'张三",
    ],
)
def test_statements_that_are_broken_are_read_as_text(tmp_path, statement):
    for text in (statement, f"{statement}\nINSERT INTO t (a) VALUES ('李四');\n"):
        new = written(text, ["张三", "李四"], tmp_path / "a.sql")

        assert new == text.replace("张三", "〔替〕").replace("李四", "〔替〕")


@pytest.mark.slow
@pytest.mark.parametrize(
    "opening", ["/* a\n", "INSERT INTO t VALUES (/* a\n", "INSERT INTO t VALUES (1, 'a\n"]
)
def test_what_never_ends_takes_no_longer_than_its_length(tmp_path, opening):
    text = opening * 30_000

    assert written(text, [], tmp_path / "a.sql") == text


def test_a_broken_statement_does_not_break_the_next_one(tmp_path):
    document = document_of(
        tmp_path / "a.sql", "INSERT INTO t (a) VALUES ('张三\nINSERT INTO t (a) VALUES ('李四');\n"
    )

    assert [text for text, _, _ in rows_of(document)] == ["李四"]


def test_a_statement_alike_is_read_once_and_edited_everywhere(tmp_path):
    line = "INSERT INTO 张三 (a) VALUES ('x');\n"

    new = written(line * 3, ["张三"], tmp_path / "a.sql")
    document = read(tmp_path / "a.sql", ref="#1")

    assert new == line.replace("张三", "〔替〕") * 3
    assert sum("张三" in block.text for block in document.blocks()) == 1


def test_ids_of_blocks_are_unique(tmp_path):
    for name, make in DUMPS.items():
        ids = [block.id for block in document_of(tmp_path / f"{name}.sql", make(Planter())).blocks()]

        assert len(ids) == len(set(ids))


def test_bytes_that_nobody_can_read_go_and_keys_stay_keys(tmp_path):
    key, flag, picture = "9f3c01ab77e2408d9c11ff00aa5500fe", "01", "8950ff00" * 40
    text = f"INSERT INTO `t` VALUES (0x{key},0x{flag},0x{picture});\nUPDATE `t` SET a=1 WHERE id=0x{key};\n"
    path = tmp_path / "a.sql"
    new = written(text, [], path)

    first, second = re.findall(r"0x([0-9a-f]{32})", new)
    assert first == second != key
    assert new == text.replace(key, first).replace(f"0x{picture}", "''")


def test_files_in_values_are_files(tmp_path):
    archive = Held(b"", ".zip")
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("a.txt", "张三复诊")
    archive.content = buffer.getvalue()
    base64 = (
        codecs.encode("患者张三的病历，电话13800138000，住址某某路一号".encode(), "base64")
        .decode()
        .replace("\n", "")
    )
    text = f"INSERT INTO `t` VALUES (0x{archive.content.hex()},'{base64}');\n"
    path = tmp_path / "a.sql"
    path.write_text(text, "utf-8")
    document, out = read(path, ref="#1"), tmp_path / "b.sql"

    write(document, replaced(document, ["张三"]), out)

    packed, rest = re.fullmatch(
        r"INSERT INTO `t` VALUES \(0x([0-9a-f]+),'(.*)'\);\n", out.read_text("utf-8")
    ).groups()
    with zipfile.ZipFile(io.BytesIO(bytes.fromhex(packed))) as package:
        assert package.read("a.txt").decode() == "〔替〕复诊"
    assert rest == ""
    assert document.details["removed"] == {"embedded file": 1}
    assert survivors({"张三": "zip"}, text_of(path, format="sql")) == {"zip"}


def test_what_is_written_can_be_run(tmp_path):
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, xm TEXT, tel INTEGER, note BLOB)")
        database.executemany(
            "INSERT INTO t VALUES (?, ?, ?, ?)",
            [(n, f"张三's {n}", 13800138000, "张三\n".encode() * n) for n in range(1, 5)],
        )
        dump = "\n".join(database.iterdump())

    new = written(dump, ["张三", "13800138000"], tmp_path / "a.sql")

    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(new)
        found = database.execute("SELECT * FROM t").fetchall()
    assert found == [(n, f"〔替〕's {n}", "〔替〕", "〔替〕\n".encode() * n) for n in range(1, 5)]


STATEMENTS = """CREATE TABLE t (id INTEGER PRIMARY KEY, p bigint DEFAULT 13800138000, note text CHECK (p <> 0 OR id <> 13800138000));
INSERT INTO t (id, p) VALUES (1, 2), (2, 13800138000) ON CONFLICT (id) DO UPDATE SET p=13800138000;
INSERT INTO t (id, p) SELECT 3, 13800138000 -- 13800138000
WHERE 13800138000 <> 1;
UPDATE t SET p=13800138000 + 0, note='电话 13800138000' WHERE p IN (1, 13800138000) OR p = -13800138000 OR p="13800138000";
UPDATE t SET note='第一行
{gap}
电话 13800138000，it''s' WHERE p=13800138000;
CREATE VIEW v AS SELECT id, 13800138000 AS tel FROM t /* 13800138000 */ WHERE p BETWEEN 13800138000 AND 13800138000;
CREATE TRIGGER r AFTER DELETE ON t BEGIN UPDATE t SET p = 13800138000; END;
"""


@pytest.mark.parametrize("gap", ["", "既往体健。\n" * 2_000])
def test_statements_with_numbers_can_be_run_when_these_are_none(tmp_path, gap):
    text = STATEMENTS.replace("{gap}", gap)

    new = written(text, ["13800138000"], tmp_path / "a.sql")

    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(new)
        ids = database.execute("SELECT id FROM t ORDER BY id").fetchall()
        shown = database.execute("SELECT DISTINCT tel FROM v").fetchall()
    assert ids == [(1,), (2,), (3,)]
    assert shown in ([], [("〔替〕",)])
    assert "13800138000" not in new
    assert "'电话 〔替〕'" in new
    assert "电话 〔替〕，it''s'" in new
    assert "-- 〔替〕\n" in new
    assert "/* 〔替〕 */" in new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("# ENGINE=\nUPDATE t SET p=13800138000;", "# ENGINE=\nUPDATE t SET p='〔替〕';"),
        (
            "INSERT INTO `t` VALUES (1) ON DUPLICATE KEY UPDATE p=13800138000, q=values(q)",
            "INSERT INTO `t` VALUES (1) ON DUPLICATE KEY UPDATE p='〔替〕', q=values(q)",
        ),
        (
            "/*!50003 CREATE TRIGGER r BEFORE INSERT ON `t` FOR EACH ROW SET NEW.p = 13800138000 */;",
            "/*!50003 CREATE TRIGGER r BEFORE INSERT ON `t` FOR EACH ROW SET NEW.p = '〔替〕' */;",
        ),
        ("CALL f(`t`, 13800138000, 2)", "CALL f(`t`, '〔替〕', 2)"),
        ("SET ANSI_NULLS ON\nUPDATE t SET p=13800138000", "SET ANSI_NULLS ON\nUPDATE t SET p=N'〔替〕'"),
        (
            "CREATE FUNCTION f() AS $f$ UPDATE t SET p=13800138000, q='13800138000'; $f$;\nSELECT 13800138000;",
            "CREATE FUNCTION f() AS $f$ UPDATE t SET p='〔替〕', q='〔替〕'; $f$;\nSELECT '〔替〕';",
        ),
        ("COMMENT ON TABLE t IS $$电话 13800138000$$;", "COMMENT ON TABLE t IS $$电话 〔替〕$$;"),
        (
            "COPY t FROM STDIN WITH (FORMAT csv);\n1,13800138000\nit's,13800138000\n\\.\nSELECT 13800138000;",
            "COPY t FROM STDIN WITH (FORMAT csv);\n1,〔替〕\nit's,〔替〕\n\\.\nSELECT '〔替〕';",
        ),
        ("ALTER TABLE [13800138000] ADD p13800138000 int", "ALTER TABLE [〔替〕] ADD p〔替〕 int"),
    ],
)
def test_what_stands_in_place_of_a_number_is_quoted_where_it_stood_without_quotes(tmp_path, text, new):
    assert written(text, ["13800138000"], tmp_path / "a.sql") == new


def test_a_number_of_which_a_part_changes_is_quoted_whole(tmp_path):
    text = "UPDATE t SET p=13800138000, q=010-62345678;"

    assert written(text, ["0013", "62345678"], tmp_path / "a.sql") == (
        "UPDATE t SET p='138〔替〕8000', q=010-'〔替〕';"
    )


def test_the_shares_of_a_dump_are_those_of_the_whole(tmp_path):
    lines = [
        f"INSERT INTO t (姓名, 电话) VALUES ('张三{n}', '138{n:08d}');\n" for n in range(FIRST_ROWS + 90)
    ]
    document = document_of(tmp_path / "a.sql", "-- 张三\n" + "".join(lines) + "UPDATE t SET x=1;\n")
    whole = dict(document.strips(lambda number: True))

    for part in range(3):
        share = dict(document.strips(lambda number, part=part: number // 10 % 3 == part))

        own = {number for number in whole if number // 10 % 3 == part}
        assert own <= share.keys()
        assert all(list(share[number]) == list(whole[number]) for number in share)
    assert [block for blocks in whole.values() for block in blocks] == list(document.blocks())


def test_a_document_can_be_handed_to_another_process(tmp_path):
    document = document_of(tmp_path / "a.sql", mysql(Planter()))

    assert list(pickle.loads(pickle.dumps(document)).blocks()) == list(document.blocks())


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("INSERT INTO t VALUES (1, '张' || '三');", "INSERT INTO t VALUES (1, '〔替〕' || '');"),
        ("INSERT INTO t VALUES (1, '姓张'\n'三', 2);", "INSERT INTO t VALUES (1, '姓〔替〕'\n'', 2);"),
        (
            "INSERT INTO t VALUES (CONCAT('张',\"三\"), `b`);",
            "INSERT INTO t VALUES (CONCAT('〔替〕',\"\"), `b`);",
        ),
        ("INSERT INTO [dbo].[t] VALUES (N'张' + N'三');", "INSERT INTO [dbo].[t] VALUES (N'〔替〕' + N'');"),
        ("INSERT INTO t VALUES (1, '张', '三');", "INSERT INTO t VALUES (1, '张', '三');"),
        ("INSERT INTO t VALUES (f('张', '三'));", "INSERT INTO t VALUES (f('张', '三'));"),
        (
            "Insert into P (ID,NOTE) values (1,TO_CLOB('张')\n|| TO_CLOB('三，复诊'));",
            "Insert into P (ID,NOTE) values (1,TO_CLOB('〔替〕')\n|| TO_CLOB('，复诊'));",
        ),
        (
            "SELECT TO_NCLOB(UNISTR('张')) || TO_NCLOB('三')",
            "SELECT TO_NCLOB(UNISTR('〔替〕')) || TO_NCLOB('')",
        ),
        ("SELECT '张'::text || '三'::varchar(20)", "SELECT '〔替〕'::text || ''::varchar(20)"),
        (
            "SET @a = CAST(N'张' AS nvarchar(max)) + CONVERT(nvarchar(20), N'三')",
            "SET @a = CAST(N'〔替〕' AS nvarchar(max)) + CONVERT(nvarchar(20), N'')",
        ),
        ("SELECT TO_CLOB('张'), TO_CLOB('三') || ''", "SELECT TO_CLOB('张'), TO_CLOB('三') || ''"),
        ("SELECT '张' AS text, '三' || ''", "SELECT '张' AS text, '三' || ''"),
        (
            "CALL f(CAST('张' AS char(4)), CONVERT(char(4), '三' || ''))",
            "CALL f(CAST('张' AS char(4)), CONVERT(char(4), '三' || ''))",
        ),
        ("UPDATE t SET a = '张' || '三' WHERE 1;", "UPDATE t SET a = '〔替〕' || '' WHERE 1;"),
        ("DO $$ BEGIN PERFORM '张' || '三'; END $$;", "DO $$ BEGIN PERFORM '〔替〕' || ''; END $$;"),
        (
            f"DO $$ BEGIN PERFORM '\\x{hexed('张三!')}'; x := 'y'; END $$;",
            f"DO $$ BEGIN PERFORM '\\x{hexed('〔替〕!')}'; x := 'y'; END $$;",
        ),
    ],
)
def test_what_a_statement_puts_together_is_read_together(tmp_path, text, new):
    assert written(text, ["张三"], tmp_path / "a.sql") == new


@pytest.mark.slow
def test_a_large_dump_is_not_held_in_memory(tmp_path):
    path, out = tmp_path / "a.sql", tmp_path / "b.sql"
    row = "(1,'张三','13800138000','" + "复诊，无特殊。" * 20 + "')"
    with path.open("w", encoding="utf-8") as handle:
        handle.write("CREATE TABLE `t` (`id` int, `xm` text, `tel` text, `note` text);\n")
        for _ in range(12):
            handle.write("INSERT INTO `t` VALUES " + ",".join([row] * 2_000) + ";\n")
    document = read(path, ref="#1")

    tracemalloc.start()
    write(document, {}, out)
    count = sum(1 for _ in document.strips(lambda number: number % 50 == 0))
    checked = sum(1 for _ in text_of(out, format="sql"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert path.stat().st_size > 10_000_000
    assert count > 400
    assert checked > 10
    assert peak < 10_000_000
    assert out.read_bytes() == path.read_bytes()


def test_a_file_called_sql_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "a.sql"
    path.write_bytes(b"\x00\x01\x02" * 20)

    with pytest.raises(UnreadableDocument):
        read(path, ref="#1")


def test_copies_of_dumps_are_dumps(tmp_path):
    for name in ("a.sql", "a.SQL.bak", "a.sql.1"):
        (tmp_path / name).write_text("SELECT 1;\n")

        assert sniff(tmp_path / name) == "sql"


def test_names_of_functions_are_nobody(tmp_path):
    text = "INSERT INTO p (id, 姓名) VALUES (1, CONCAT('张三')), (2, UPPER('张三'));\n"
    (tmp_path / "a.sql").write_text(text, "utf-8")
    document = read(tmp_path / "a.sql", ref="#1")

    assert {block.text for block in document.blocks()} >= {"张三"}
    assert not [block for block in document.blocks() if {"CONCAT", "UPPER"} & {*block.text.split("(")}]


def test_a_column_is_called_what_those_beside_it_say(tmp_path):
    (tmp_path / "a.sql").write_text(
        "INSERT INTO t (xm, sfzh) VALUES ('茯苓', 'x');\nINSERT INTO p (xm, dj) VALUES ('当归', 3);\n",
        encoding="utf-8",
    )

    labels = {block.text: block.labels for block in read(tmp_path / "a.sql", ref="#1").blocks()}

    assert labels["茯苓"] == ("xm", "姓名")
    assert labels["当归"] == ("xm",)


def test_what_a_dump_says_of_a_column_is_of_its_table_and_statement(tmp_path):
    dump = (
        "CREATE TABLE p (id int, name text COMMENT '姓名');\nCREATE TABLE d (id int, name text);\n"
        "UPDATE p SET name='云朵' WHERE id=2;\nUPDATE d SET name='白术' WHERE id=2;\n"
    )

    document = document_of(tmp_path / "a.sql", dump)

    labels = {block.text: block.labels for block in document.blocks() if "=" in block.id}
    assert labels == {"云朵": ("name", "姓名"), "白术": ("name",)}
