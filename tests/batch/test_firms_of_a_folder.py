"""Firms in short: where one file has the full name, or shows that a firm is meant, they are found in all files."""

from __future__ import annotations

from deid.batch.run import run_folder


def test_a_firm_is_found_in_short_where_another_file_has_its_name(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text("乙方：杭州康途医疗咨询有限公司", "utf-8")
    (source / "b.txt").write_text("您好，我是康桥寰医的温暖，请问先生贵姓", "utf-8")
    (source / "c.txt").write_text("康途的回调地址不知谁配的，康桥寰医已停用，健康途径不变", "utf-8")

    run_folder(source, target, key=key, workers=0)

    written = (target / "c.txt").read_text("utf-8")
    assert "康桥寰医" not in written
    assert written.endswith("健康途径不变")
    assert written.count("康途") == 1


def test_drugs_that_begin_like_a_firm_are_left(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text("乙方：郑州爱康宁健康管理有限公司", "utf-8")
    (source / "b.txt").write_text("爱康宁胶囊每晚一粒，爱康宁的人来过", "utf-8")

    run_folder(source, target, key=key, workers=0)

    assert (target / "b.txt").read_text("utf-8").startswith("爱康宁胶囊每晚一粒")
    assert (target / "b.txt").read_text("utf-8").count("爱康宁") == 1
