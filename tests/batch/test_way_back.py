"""A folder under a reversible policy comes back; one under stand-ins keeps people apart."""

from __future__ import annotations

import datetime

import docx
import openpyxl
import pytest

from deid import Policy, ProjectKey
from deid.batch.run import run_folder
from deid.errors import VaultError
from deid.restore import restore
from deid.vault import Vault

KEY = ProjectKey(bytes(range(32)))
NOTE = "姓名：王建国，手机13800138000，身份证号11010519491231002X。\r\n2023年5月6日王 建 国来电，老王说血压高。\r\n家属姓名：李秀英\r\n"
ROWS = [
    ("姓名", "手机", "就诊日期"),
    ("王建国", "13800138000", "2023-05-06"),
    ("赵敏", "13912345678", "2023-05-20"),
]
BORN = datetime.datetime(1961, 5, 17)
MAIL = (
    "From: =?utf-8?B?546L5bu65Zu9?= <wangjg@example.com>\nTo: kefu@example.com\nSubject: Re: =?utf-8?B?546L5bu65Zu9?= (2)\n"
    'MIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
    "您好，我是王建国，手机13800138000。\n"
)


@pytest.fixture
def records(tmp_path):
    source = tmp_path / "src"
    (source / "王建国").mkdir(parents=True)
    (source / "王建国" / "病历.txt").write_bytes(NOTE.encode("gb18030"))
    (source / "名单.csv").write_text("\n".join(",".join(row) for row in ROWS) + "\n", "utf-8")
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["D1"], book.active["D2"] = "出生日期", BORN
    book.save(source / "名单.xlsx")
    document = docx.Document()
    document.add_paragraph("姓名：王建国，电话13800138000")
    document.save(source / "记录.docx")
    (source / "来信.eml").write_text(MAIL, "utf-8")
    return source


def test_after_a_rotation_a_run_takes_the_key_of_the_vault(records, tmp_path):
    out, path, other = tmp_path / "out", tmp_path / "out.deid" / "vault.sqlite", ProjectKey(bytes(32))
    run_folder(records, out, policy="handover-closing", key=KEY, workers=0)
    Vault.open(path, key=KEY).rotated(other).save()
    (records / "新.txt").write_text("姓名：赵敏，手机13700137000\n", "utf-8")

    with pytest.raises(VaultError) as refused:
        run_folder(records, out, policy="handover-closing", key=KEY, workers=0)
    assert "--vault-key" in refused.value.hint
    assert not (out / "新.txt").exists()

    assert run_folder(
        records, out, policy="handover-closing", key=KEY, vault_key=other, workers=0
    ).report.complete
    assert "13700137000" not in (out / "新.txt").read_text("utf-8")
    restore(out, tmp_path / "back", key=KEY, vault_key=other, reason="测试", vault=path)
    assert (tmp_path / "back" / "新.txt").read_text("utf-8") == "姓名：赵敏，手机13700137000\n"


def test_every_byte_and_every_value_of_a_folder_comes_back(records, tmp_path):
    out, back = tmp_path / "out", tmp_path / "back"
    done = run_folder(records, out, policy="handover-closing", key=KEY, workers=0)
    assert done.report.complete
    assert not [path for path in out.rglob("*") if "王建国" in str(path)]

    restored = restore(out, back, key=KEY, reason="测试", vault=tmp_path / "out.deid" / "vault.sqlite")

    assert restored.files == 5
    assert (back / "王建国" / "病历.txt").read_bytes() == NOTE.encode("gb18030")
    assert (back / "名单.csv").read_bytes() == (records / "名单.csv").read_bytes()
    assert (back / "来信.eml").read_text("utf-8") == MAIL
    sheet = openpyxl.load_workbook(back / "名单.xlsx").active
    assert [tuple(cell.value for cell in row[:3]) for row in sheet.rows] == ROWS
    assert openpyxl.load_workbook(out / "名单.xlsx").active["D2"].value.startswith("〔DATE_OF_BIRTH=")
    assert sheet["D2"].value == BORN
    assert docx.Document(back / "记录.docx").paragraphs[0].text == "姓名：王建国，电话13800138000"


def test_a_second_run_adds_to_the_vault_and_another_policy_writes_none(records, tmp_path):
    out = tmp_path / "out"
    run_folder(records, out, policy="handover-closing", key=KEY, workers=0)
    (records / "新.txt").write_text("姓名：孙丽华，手机13700001111", "utf-8")
    run_folder(records, out, policy="handover-closing", key=KEY, workers=0)

    restore(out, tmp_path / "back", key=KEY, reason="测试", vault=tmp_path / "out.deid" / "vault.sqlite")
    run_folder(records, tmp_path / "other", key=KEY, workers=0)

    assert (tmp_path / "back" / "新.txt").read_text("utf-8") == "姓名：孙丽华，手机13700001111"
    assert (tmp_path / "back" / "王建国" / "病历.txt").read_bytes() == NOTE.encode("gb18030")
    assert not (tmp_path / "other.deid" / "vault.sqlite").exists()


def test_stand_ins_are_the_same_in_all_files_and_on_the_second_day(tmp_path):
    source, out = tmp_path / "src", tmp_path / "out"
    source.mkdir()
    people = [a + b for a in "王李张刘陈" for b in "伟敏静丽强"]
    for number, name in enumerate(people):
        (source / f"{number}.txt").write_text(
            f"姓名：{name}，手机138{number:08d}\n{name}于2023年5月6日来诊，5月20日复诊。\n", "utf-8"
        )
    policy = Policy.parse(
        {
            "schema": 1,
            "name": "own",
            "title": "仿真",
            "extends": "internal-analysis",
            "operators": {"PERSON": "surrogate", "PHONE_NUMBER": "surrogate"},
        }
    )

    run_folder(source, out, policy=policy, key=KEY, workers=0)
    first = {path.name: path.read_text("utf-8") for path in out.iterdir()}
    (source / "新.txt").write_text("姓名：赵敏，手机13700001111\n", "utf-8")
    run_folder(source, out, policy=policy, key=KEY, workers=0)

    names = [text[3 : text.index("，")] for text in first.values()]
    assert len(set(names)) == len(people)
    assert not set(names) & set(people)
    assert all(text.count(name) == 2 for name, text in zip(names, first.values(), strict=True))
    assert {name: (out / name).read_text("utf-8") for name in first} == first
    new = (out / "新.txt").read_text("utf-8")
    assert new[3 : new.index("，")] not in {*names, "赵敏"}


def test_a_path_decides_in_a_folder(tmp_path):
    source = tmp_path / "src"
    for folder in ("财务", "病历"):
        (source / folder).mkdir(parents=True)
        (source / folder / "a.txt").write_text("姓名：王建国", "utf-8")
    policy = Policy.parse(
        {
            "schema": 1,
            "name": "own",
            "title": "x",
            "operators": {"PERSON": {"operator": "label", "by_path": {"财务/*": "redact"}}},
        }
    )

    run_folder(source, tmp_path / "out", policy=policy, key=KEY, workers=0)

    assert (tmp_path / "out" / "财务" / "a.txt").read_text("utf-8") == "姓名："
    assert (tmp_path / "out" / "病历" / "a.txt").read_text("utf-8") == "姓名：〔姓名1〕"
