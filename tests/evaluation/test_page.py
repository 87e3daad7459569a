"""The page: self-contained, private, safe against what samples hold, and complete."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from time import perf_counter

import pytest
from lxml import html

from deid.catalog import parse_marked
from deid.evaluation.excerpts import excerpt
from deid.evaluation.measuring import evaluate
from deid.evaluation.mistakes import Mistake
from deid.evaluation.page import _wording, render_page
from deid.evaluation.samples import Sample, Samples
from deid.pipeline import Deidentifier
from deid.policy import Policy

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u2028"
LINES = [
    "患者[张三丰](PERSON)，[58岁](AGE)，会员号[ZQ-77-4K](CLIENT_NUMBER)" + HOSTILE,
    "请[王医生](PERSON)看，网址[https://a.example.cn/x](URL)，" + HOSTILE + "[<b>K1</b>](CLIENT_NUMBER)",
]


@pytest.fixture(scope="module")
def samples():
    made = [Sample(f"r{n}<i>", *parse_marked(line)) for n, line in enumerate(LINES)]
    return Samples(tuple(made), "<u>records</u>")


@pytest.fixture(scope="module")
def evaluation(samples):
    return evaluate(samples)


@pytest.fixture(scope="module")
def page(evaluation, samples):
    return render_page(evaluation, samples)


def data(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def test_it_makes_no_external_request(page):
    tree = html.document_fromstring(page)

    assert not tree.xpath("//link | //img | //iframe | //base | //object | //embed")
    assert not tree.xpath("//@src | //@href | //@action | //@xlink:href", namespaces={"xlink": "x"})
    ours = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.S)
    assert not re.search(r"https?://|url\(|@import|fetch\(|XMLHttp|import\(", ours)
    assert "default-src 'none'" in page


def test_the_only_script_that_may_run_is_ours(page):
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    (allowed,) = re.findall(r"script-src 'sha256-([^']+)'", page)

    assert [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts] == [allowed]


def test_text_of_samples_is_never_markup(page):
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>K1" not in page
    assert "<u>records" not in page
    assert "innerHTML" not in page
    assert page.count("<script") == 2
    assert page.count("</script>") == 2


def test_every_mistake_is_on_it_with_its_context(page, evaluation, samples):
    content = data(page)
    texts = {sample.id: sample.text.replace("\n", "⏎") for sample in samples}

    assert len(content["mistakes"]) == len(evaluation.mistakes) >= 2
    for row in content["mistakes"]:
        shown = "".join(text for text, _ in row[-1]).strip("…")
        assert shown in texts[content["documents"][row[0]]]
        assert {what for _, what in row[-1]} & {1, 2, 3}


def test_it_says_that_it_holds_values_and_only_its_owner_may_read_it(evaluation, samples, tmp_path):
    path = tmp_path / "errors.html"
    path.write_text("old", "utf-8")
    path.chmod(0o644)

    evaluation.write_page(samples, path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert "本页含有原文和个人信息" in path.read_text("utf-8")
    assert not list(tmp_path.glob("*.new"))


def test_both_languages(evaluation, samples):
    english = render_page(evaluation, samples, language="en")

    assert 'lang="en"' in english
    assert "This page quotes the samples" in english
    for key, texts in _wording().items():
        assert set(texts) == {"zh", "en"}, key


def test_conventions_are_shown_with_examples(page):
    assert "标注习惯的差异" in page
    assert "王医生 → 王" in page


def test_against_an_earlier_run_mistakes_are_new_fixed_or_unchanged(evaluation, samples):
    policy = Policy.load("dd-preclosing").model_copy(update={"thresholds": {"PERSON": 1.0}})
    worse = evaluate(samples, Deidentifier(policy=policy))

    page = render_page(worse, samples, against=evaluation)
    back = render_page(evaluation, samples, against=worse)

    def states(page):
        content = data(page)
        return [content["states"][row[5]] for row in content["mistakes"] if row[6]]

    assert states(page).count("新增") == states(back).count("已消除") > 0
    assert states(page).count("仍存在") == states(back).count("仍存在") > 0
    assert "与上次比较" in page
    assert "变差" in page or "可能偶然" in page


def test_an_excerpt_cuts_at_every_border_and_says_that_text_goes_on():
    text = "一" * 50 + "张三丰" + "\n" + "二" * 50
    gold, find = (
        parse_marked("一" * 50 + "[张三丰](PERSON)")[1][0],
        parse_marked("一" * 51 + "[三丰](PERSON)")[1][0],
    )

    pieces = excerpt(text, Mistake("1", "border", "direct_part", "PERSON", gold, (find,)))

    assert pieces == [
        ["…" + "一" * 40, 0],
        ["张", 1],
        ["三丰", 3],
        ["⏎" + "二" * 39 + "…", 0],
    ]


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no browser here")
def test_a_thousand_documents_with_thousands_of_mistakes_open_in_two_seconds(tmp_path):
    line = "患者[张三丰](PERSON)带来[KH-0001](CLIENT_NUMBER)、[KH-0002](CLIENT_NUMBER)和[KH-0003](CLIENT_NUMBER)。"
    made = [Sample(f"r{n}", *parse_marked(f"{n} {line}" * 3)) for n in range(1000)]
    policy = Policy.load("dd-preclosing").model_copy(update={"thresholds": {"PERSON": 1.0, "OTHER_ID": 1.0}})
    run = evaluate(made, Deidentifier(policy=policy))
    run.write_page(made, tmp_path / "page.html")
    assert len(run.mistakes) > 3000

    def opened(address):
        arguments = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", address]
        begun = perf_counter()
        done = subprocess.run(arguments, capture_output=True, text=True, check=True)
        return perf_counter() - begun, done.stdout

    bare = min(opened("about:blank")[0] for _ in range(2))
    seconds, drawn = min(opened((tmp_path / "page.html").as_uri()) for _ in range(2))

    assert drawn.count('<article class="mistake') >= 100
    assert seconds - bare < 2
