"""Parquet: nothing planted survives in values, names, dictionaries, statistics or notes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from planting import Planter, replaced, survivors, zipped

from deid.errors import EncryptedDocument, UnreadableDocument, UnsupportedDocument
from deid.formats import read, sniff, text_of, write

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def made(path, table, **options):
    parquet.write_table(table, path, **options)
    return path


def hostile(path, p):
    n = p.name
    table = pa.table(
        {
            n("column"): [n("text"), None],
            "phone": pa.array([int(p.phone("integer")), 1], pa.int64()),
            "real": pa.array([float(p.phone("real")), 1.5]),
            "category": pa.array([n("category"), "x"]).dictionary_encode(),
            "list": pa.array([[n("in a list"), "x"], []]),
            "struct": pa.array([{n("field"): n("in a struct"), "deeper": [{"x": n("deeper")}]}, None]),
            "map": pa.array(
                [[(n("key of a map"), n("value of a map"))], []], pa.map_(pa.string(), pa.string())
            ),
            "binary": pa.array([zipped({"a.txt": n("in a zip")}), b"\x00\xff" + n("binary").encode()]),
            "born": pa.array([date(1987, 3, 14), None]),
            "large": pa.array([n("large text"), ""], pa.large_string()),
        }
    )
    p.take("1987-03-14", "date")
    notes = {b"pandas": n("pandas").encode(), n("key of a note").encode(): n("note").encode()}
    fields = [
        field.with_metadata({"x": n(f"note of field {number}")}) for number, field in enumerate(table.schema)
    ]
    return made(path, table.cast(pa.schema(fields, notes)))


def test_nothing_planted_survives_in_any_place(tmp_path):
    planter = Planter()
    document, out = read(hostile(tmp_path / "a.parquet", planter), ref="#1"), tmp_path / "b.parquet"

    write(document, replaced(document, planter.values), out)

    table = parquet.read_table(out)
    said = [str(table.to_pylist()), str(table.schema), out.read_bytes().decode("utf-8", "ignore")]
    assert survivors(planter.values, [*said, *text_of(out, format="parquet")]) == set()
    assert document.details["removed"] == {"metadata": 2, "embedded file": 1}
    assert table.column("phone").to_pylist() == ["〔替〕", "1"]
    assert "〔替〕" in said[0]


def test_what_holds_nothing_personal_says_the_same(tmp_path):
    table = pa.table(
        {
            "a": pa.array([1, None, 3], pa.int32()),
            "b": ["血压", "", None],
            "c": pa.array([datetime(2023, 5, 6, 7, 8), None, datetime(2023, 5, 6)], pa.timestamp("us")),
            "d": pa.array([True, None, False]),
            "e": pa.array([[{"x": 1.5}], None, []]),
        }
    )
    document, out = (
        read(made(tmp_path / "a.parquet", table, compression="zstd"), ref="#1"),
        tmp_path / "b.parquet",
    )

    write(document, replaced(document, ["张三"]), out)

    assert parquet.read_table(out).equals(table)
    assert parquet.ParquetFile(out).metadata.row_group(0).column(0).compression == "ZSTD"
    assert document.details["removed"] == {}


@pytest.mark.parametrize("codec", ["none", "gzip", "brotli", "lz4", "snappy"])
def test_the_output_is_compressed_as_the_file_was(tmp_path, codec):
    path, out = (
        made(tmp_path / "a.parquet", pa.table({"a": ["血压"]}), compression=codec),
        tmp_path / "b.parquet",
    )

    write(read(path, ref="#1"), {}, out)

    codecs = [parquet.ParquetFile(one).metadata.row_group(0).column(0).compression for one in (path, out)]
    assert codecs[0] == codecs[1]


def test_words_of_the_schema_are_no_names_that_were_left(tmp_path):
    table = pa.table({"kelly": pa.array([1]), "group": pa.array([{"inner": "血压"}])})

    said = " ".join(text_of(made(tmp_path / "a.parquet", table), format="parquet"))

    assert "kelly" in said
    assert "group.inner" in said
    assert "field" not in said
    assert "optional" not in said


def test_bytes_of_one_length_that_cannot_be_read_become_empty(tmp_path):
    table = pa.table({"a": pa.array([b"\x01\x02", None], pa.binary(2))})
    document, out = read(made(tmp_path / "a.parquet", table), ref="#1"), tmp_path / "b.parquet"

    write(document, {}, out)

    assert parquet.read_table(out).to_pydict() == {"a": [b"", None]}
    assert document.details["removed"] == {"embedded file": 1}


def test_a_column_keeps_its_type_where_the_new_values_have_it(tmp_path):
    table = pa.table({"day": [date(2023, 5, 6), date(2023, 5, 7)], "phone": [13800138000, 13900139000]})
    document, out = read(made(tmp_path / "a.parquet", table), ref="#1"), tmp_path / "b.parquet"
    changes = {
        **replaced(document, ["2023-05-06"], "2023-04-01"),
        **replaced(document, ["13800138000"], "13000000000"),
    }

    write(document, changes, out)

    assert parquet.read_table(out).to_pydict() == {
        "day": [date(2023, 4, 1), date(2023, 5, 7)],
        "phone": [13000000000, 13900139000],
    }


def test_columns_name_their_values(tmp_path):
    table = pa.table({"姓名": ["李四"], "联系": [[{"电话": "13800138000"}]]})

    found = {
        block.text: block.labels for block in read(made(tmp_path / "a.parquet", table), ref="#1").blocks()
    }

    assert (found["李四"], found["13800138000"]) == (("姓名",), ("电话",))


def test_columns_of_one_new_name_stay_apart(tmp_path):
    document, out = (
        read(made(tmp_path / "a.parquet", pa.table({"张三": [1], "李四": [2]})), ref="#1"),
        tmp_path / "b.parquet",
    )

    write(document, replaced(document, ["张三", "李四"], "某"), out)

    assert parquet.read_table(out).to_pydict() == {"某": [1], "某_2": [2]}


def test_a_large_file_goes_batch_by_batch(tmp_path):
    table = pa.table({"n": [f"值{number}" for number in range(50_000)]})
    document, out = read(made(tmp_path / "a.parquet", table), ref="#1"), tmp_path / "b.parquet"

    write(document, {}, out)

    assert parquet.ParquetFile(out).metadata.num_row_groups == 3
    assert parquet.read_table(out).equals(table)


@pytest.mark.parametrize(
    ("change", "kind"),
    [(lambda data: data[:-20], UnreadableDocument), (lambda data: data[:-4] + b"PARE", EncryptedDocument)],
)
def test_damage_and_encryption_are_one_clear_reason(tmp_path, change, kind):
    path = made(tmp_path / "a.parquet", pa.table({"x": ["张三"] * 100}))
    path.write_bytes(change(path.read_bytes()))

    with pytest.raises(kind) as error:
        list(read(path, ref="#1").blocks())

    assert "张三" not in str(error.value)


@pytest.mark.parametrize(
    "table",
    [
        pa.table({"long": ["x" * (80 << 20)]}),
        pa.table({"list": [["x" * (80 << 20)]]}),
        pa.table({"same": pa.DictionaryArray.from_arrays([0] * 20_000, ["x" * 100_000])}),
        pa.table(
            {
                "in a list": pa.ListArray.from_arrays(
                    [0, 20_000], pa.DictionaryArray.from_arrays([0] * 20_000, ["x" * 100_000])
                )
            }
        ),
    ],
    ids=lambda table: table.column_names[0],
)
def test_a_bomb_is_named_and_not_read(tmp_path, table, monkeypatch):
    path = made(tmp_path / "a.parquet", table, compression="zstd")
    monkeypatch.setattr("deid.formats.parquet._rows", None)

    with pytest.raises(UnreadableDocument, match="too large"):
        read(path, ref="#1")


@pytest.mark.slow
def test_a_text_that_many_rows_have_is_no_bomb(tmp_path):
    table = pa.table({"n": [f"值{number}" for number in range(40_000)], "s": ["复诊" * 500] * 40_000})

    assert len(list(read(made(tmp_path / "a.parquet", table), ref="#1").blocks())) > 80_000


def test_without_the_extra_the_reason_says_so(tmp_path, monkeypatch):
    path = made(tmp_path / "a.parquet", pa.table({"x": [1]}))
    monkeypatch.setattr("deid.formats.parquet.find_spec", lambda _: None)

    with pytest.raises(UnsupportedDocument) as error:
        read(path, ref="#1")

    assert "[parquet]" in error.value.hint


def test_content_says_that_it_is_parquet(tmp_path):
    assert sniff(made(tmp_path / "a.dat", pa.table({"x": [1]}))) == "parquet"


def test_the_key_of_a_map_and_a_cell_that_names_a_field_are_labels(tmp_path):
    table = pa.table(
        {
            "map": pa.array([[("patient_name", "石头"), ("x1", "云朵")]], pa.map_(pa.string(), pa.string())),
            "属性名": ["患者姓名"],
            "属性值": ["安宁"],
        }
    )

    document = read(made(tmp_path / "a.parquet", table), ref="#1")

    labels = {block.text: block.labels for block in document.blocks() if block.labels}
    assert labels["石头"][0] == "patient_name"
    assert labels["云朵"] == ("map",)
    assert labels["安宁"][0] == "患者姓名"


def test_a_text_that_is_kept_as_bytes_has_the_label_of_its_column(tmp_path):
    map_type = pa.map_(pa.binary(), pa.binary())
    table = pa.table(
        {
            "病案号": [b"BA77-1203"],
            "tel1": [b"138"],
            "tel2": [b"00138000"],
            "map": pa.array([[("患者姓名".encode(), "石头".encode())]], map_type),
        }
    )
    document = read(made(tmp_path / "a.parquet", table), ref="#1")

    labels = {block.text: block.labels for block in document.blocks() if not block.search_only}
    write(document, replaced(document, ["BA77-1203", "13800138000"]), tmp_path / "b.parquet")

    assert labels["BA77-1203"] == ("病案号",)
    assert labels["石头"][0] == "患者姓名"
    row = parquet.read_table(tmp_path / "b.parquet").to_pylist()[0]
    assert (row["病案号"], row["tel1"], row["tel2"]) == ("〔替〕".encode(), "〔替〕".encode(), b"")


def exact():
    """Columns of types that a plain list of values would not give again."""
    day = 86_399_999_999_999
    return {
        "t": pa.array([1, None, day], pa.time64("ns")),
        "f": pa.array([1.1, float("inf"), None], pa.float32()),
        "d": pa.array([1, 10**15, None], pa.duration("ns")),
        "s": pa.array([1, 1001, None], pa.timestamp("ns")),
        "b": pa.array([b"12", None, b"34"], pa.binary(2)),
        "l": pa.array([[1], None, [2, day]], pa.list_(pa.time64("ns"))),
        "x": pa.array([["a"], None, []], pa.large_list(pa.large_string())),
        "z": pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2)),
        "o": pa.array([{"k": 1}, None, {"k": 2}], pa.struct([pa.field("k", pa.int16())])),
    }


@pytest.mark.parametrize("name", ["张三", "血压"])
def test_columns_without_anything_personal_stay_as_they_are(tmp_path, name):
    fields = [pa.field(key, column.type) for key, column in exact().items()]
    schema = pa.schema([*fields, pa.field("n", pa.int64(), nullable=False), pa.field("v", pa.string())])
    table = pa.table([*exact().values(), pa.array([1, 2, 3]), pa.array([name, "头晕", None])], schema=schema)
    path, out = made(tmp_path / "a.parquet", table), tmp_path / "b.parquet"
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), out)

    before, after = parquet.read_table(path), parquet.read_table(out)
    assert after.schema.equals(before.schema)
    assert after.drop_columns("v").equals(before.drop_columns("v"))
    assert after.column("v")[0].as_py() == name.replace("张三", "〔替〕")


def test_times_keep_their_digits_beside_one_that_is_replaced(tmp_path):
    path = made(tmp_path / "a.parquet", pa.table({"t": pa.array([1, 43_200_000_001_001], pa.time64("ns"))}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["00:00:00.000000001"]), tmp_path / "b.parquet")

    assert parquet.read_table(tmp_path / "b.parquet").to_pydict() == {"t": ["〔替〕", "12:00:00.000001001"]}


def test_a_field_that_is_renamed_keeps_its_values(tmp_path):
    path = made(tmp_path / "a.parquet", pa.table({"o": [{"张三": 1, "k": None}, None]}))
    document = read(path, ref="#1")

    write(document, replaced(document, ["张三"]), tmp_path / "b.parquet")

    assert parquet.read_table(tmp_path / "b.parquet").to_pydict() == {"o": [{"〔替〕": 1, "k": None}, None]}


def test_texts_of_a_dictionary_that_no_row_has_go(tmp_path):
    kind = pa.DictionaryArray.from_arrays([0, 0], ["血压", "王小明"])
    nested = pa.ListArray.from_arrays([0, 1, 2], kind)
    path = made(tmp_path / "a.parquet", pa.table({"a": kind, "b": nested}))

    write(read(path, ref="#1"), {}, tmp_path / "b.parquet")

    assert "王小明".encode() not in (tmp_path / "b.parquet").read_bytes()
    assert parquet.read_table(tmp_path / "b.parquet").to_pydict() == {"a": ["血压"] * 2, "b": [["血压"]] * 2}


@pytest.mark.parametrize(
    "column",
    [
        pa.array([10**18], pa.timestamp("us")),
        pa.array([10**15], pa.timestamp("us", tz="Mars/Phobos")),
        pa.StructArray.from_arrays([pa.array(["王小明"]), pa.array(["李四"])], names=["a", "a"]),
    ],
    ids=["year", "zone", "names"],
)
def test_values_that_cannot_be_read_are_no_damage(tmp_path, column):
    path = made(tmp_path / "a.parquet", pa.table({"x": column}))

    with pytest.raises(UnsupportedDocument, match="cannot read"):
        read(path, ref="#1")


def test_a_file_that_only_tells_of_others_is_no_damage(tmp_path):
    table, told = pa.table({"x": ["王小明"]}), []
    parquet.write_table(table, tmp_path / "a.parquet", metadata_collector=told)
    told[0].set_file_path("a.parquet")
    parquet.write_metadata(table.schema, tmp_path / "_metadata", metadata_collector=told)

    with pytest.raises(UnsupportedDocument, match="of others"):
        read(tmp_path / "_metadata", ref="#1")


def test_fields_within_a_type_of_a_program_are_read_and_written(tmp_path):
    if not hasattr(pa, "opaque"):
        pytest.skip("this pyarrow has no such types")
    kind = pa.opaque(pa.struct([("张三", pa.string())]), "place", "vendor")
    column = pa.ExtensionArray.from_storage(kind, pa.array([{"张三": "李四"}, None]))
    document = read(made(tmp_path / "a.parquet", pa.table({"o": column})), ref="#1")

    write(document, replaced(document, ["张三", "李四"]), tmp_path / "b.parquet")

    assert parquet.read_table(tmp_path / "b.parquet").to_pydict() == {"o": [{"〔替〕": "〔替〕"}, None]}
