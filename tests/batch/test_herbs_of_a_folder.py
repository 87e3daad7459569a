"""Names that are certain in a folder are left where they are a part of a herb, a drug or a point."""

from __future__ import annotations

from deid.batch.run import run_folder


def test_a_name_is_left_where_it_is_part_of_a_longer_word(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text("患者姓名：王不留  电话：13812345678\n处方：王不留行12g、通草6g", "utf-8")
    (source / "b.csv").write_text(
        "姓名,电话,备注\n许长卿,13812345679,徐长卿15g\n季德胜,13812345671,季德胜蛇药片2盒\n"
        '曲池,13812345673,曲池透臂臑\n关元,13812345677,"关元、气海、足三里"\n关元培,13812345670,王不留来取',
        "utf-8",
    )

    run_folder(source, target, key=key, workers=0)

    written = (target / "a.txt").read_text("utf-8") + (target / "b.csv").read_text("utf-8")
    for kept in ("王不留行12g", "徐长卿15g", "季德胜蛇药片2盒", "曲池透臂臑", "关元、气海、足三里"):
        assert kept in written
    for gone in ("王不留  ", "王不留来取", "许长卿", "季德胜,", "曲池,", "关元,", "关元培"):
        assert gone not in written


def test_a_name_whose_last_word_begins_another_is_no_part_of_a_disease(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.csv").write_text("姓名,电话\n林奇,13812345670\n易善,13812345672\n雷允,13812345676", "utf-8")
    (source / "b.txt").write_text("林奇病情好转，易善复查，雷允上午来过；林奇综合征", "utf-8")

    run_folder(source, target, key=key, workers=0)

    written = (target / "b.txt").read_text("utf-8")
    assert written.endswith("林奇综合征")
    assert written.count("林奇") == 1
    assert "易善" not in written
    assert "雷允" not in written


def test_somebody_called_as_a_herb_is_found_in_running_text_and_the_herb_is_left(tmp_path, key):
    source, target = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.csv").write_text(
        "姓名,备注,用药\n茯苓,患者茯苓来诊，服用黄芪、茯苓各15g,当归\n当归,当归诉头痛，予川芎茶调散加当归、茯苓,茯苓\n"
        "白术,白术 10g 水煎服；黄芪能补气,白术",
        "utf-8",
    )

    run_folder(source, target, key=key, workers=0)

    written = (target / "a.csv").read_text("utf-8")
    for kept in ("服用黄芪、茯苓各15g,当归", "加当归、茯苓,茯苓", "白术 10g 水煎服；黄芪能补气,白术"):
        assert kept in written
    for gone in ("患者茯苓", "当归诉"):
        assert gone not in written
