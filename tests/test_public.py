from __future__ import annotations

import subprocess
import sys

import deid


def test_public_names_are_sorted_and_all_there():
    assert deid.__all__ == sorted(deid.__all__, key=lambda name: (name[0].islower(), name))
    for name in deid.__all__:
        assert getattr(deid, name) is not None


def test_importing_deid_loads_nothing_heavy():
    code = "import sys, deid; print([m for m in ('spacy', 'jieba', 'onnxruntime', 'presidio_analyzer', 'lxml') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_detecting_loads_neither_presidio_nor_spacy_nor_jieba():
    code = (
        "import sys, deid; found = deid.detect('患者王建国，手机13800138000');"
        "print(len(found), [m for m in ('spacy', 'jieba', 'presidio_analyzer', 'phonenumbers') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "2 []"


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(deid, "anonymise_everything")
