"""What patients write of a doctor: how good he is stays, and who he is goes."""

from __future__ import annotations

import pytest

from deid.pipeline import Deidentifier

LETTERS = (
    ("[邱]大夫医术高超，医德高尚，令人敬佩", "in praise of art"),
    ("团队高超的技术让家人放心，为患者考虑周全", "before what is praised"),
    ("手法也很高明，态度好，经验丰富", "with an adverb"),
    ("跟她聊天让人如沐春风，感谢[陶]医生", "an idiom"),
    ("很感谢医生~十分感谢主任的细心诊疗，多谢大夫", "thanks to nobody by name"),
    ("找[谢]主任复查，也谢谢[谢]医生", "somebody called Thanks"),
    ("也谢谢好大夫网站，谢谢好医生", "a site"),
    ("要找靠谱的医院和大夫，对患者和家人有问必答", "a conjunction"),
    ("头发已经全部长出来了", "across words"),
    ("[翟]代夫和蔼可亲", "a title misspelled"),
    ("当天分诊台的[黎明]态度差，护士[阳春]态度好", "somebody is rude"),
    ("抄送其助理[安宁]。", "behind a title"),
)


@pytest.mark.parametrize("marked", [pytest.param(text, id=name) for text, name in LETTERS])
def test_praise_is_no_person(deidentifier: Deidentifier, marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    found = [text[e.start : e.end] for e in deidentifier.detect(text) if e.entity_type == "PERSON"]
    assert found == [part.partition("]")[0] for part in marked.split("[")[1:]]
