"""Lines of what is encoded, of which the last one says nothing alone."""

from __future__ import annotations

from base64 import b64encode, encodebytes

import pytest

TEXT = "患者病历记录" * 8 + "，联系电话：13800131227"


def left(deidentifier, text):
    """The text without what is found in it to be encoded."""
    for entity in reversed(deidentifier.detect(text)):
        if entity.entity_type == "ENCODED_CONTENT":
            text = text[: entity.start] + text[entity.end :]
    return text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("before", range(8))
def test_the_last_line_of_base64_goes_with_the_others(deidentifier, codec, before):
    encoded = encodebytes(("a" * before + TEXT).encode(codec)).decode()

    assert left(deidentifier, f"附件：\n{encoded}") == "附件：" + "\n" * (encoded.count("\n") + 1)


def test_the_last_line_of_indented_base64_goes_with_the_others(deidentifier):
    encoded = b64encode(TEXT.encode()).decode()
    lines = [encoded[place : place + 64] for place in range(0, len(encoded), 64)]

    assert left(deidentifier, "a: !!binary |\n  " + "\n  ".join(lines) + "\nb: 1\n").split() == [
        "a:", "!!binary", "|", "b:", "1",
    ]  # fmt: skip


@pytest.mark.parametrize("grouped", [True, False])
def test_the_last_line_of_a_dump_goes_with_the_others(deidentifier, grouped):
    data = "姓名：段奕辰，联系电话：13800131234".encode()
    rows = []
    for place in range(0, len(data), 16):
        row = data[place : place + 16].hex(" ", 2 if grouped else 1)
        rows.append(f"{place:08x}: {row:<40}  ................" if grouped else f"{place:08x}  {row}  |....|")

    rest = left(deidentifier, "\n".join(rows))

    assert "3133" not in rest
    assert "31 33" not in rest
    assert rest.count("00000") == len(rows)


@pytest.mark.parametrize(
    "behind", ["Sincerely", "END", "-----END CERTIFICATE-----", "20240512", "Regards,", "b: 1", "完", "ok"]
)
def test_what_stands_behind_encoded_lines_stays(deidentifier, behind):
    encoded = encodebytes(b"aa" + TEXT.encode()).decode()

    assert behind in left(deidentifier, f"附件：\n{encoded}{behind}\n")
