"""Chats as programs export them, and logs that look like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Found = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    "text",
    [
        "17/11/2025, 10:02 - Carmen@HY: 你好，睇咗個報告\n17/11/2025, 10:05 - 開心果: 收到唔該\n",
        "[17/11/2025, 10:02:15] Carmen@HY: 你好\n[17/11/2025, 10:05:15] 開心果: 收到唔該\n",
        "11/17/25, 10:02 AM - Carmen@HY: hello\n11/17/25, 10:05 PM - 開心果: 收到\n",
        "2025/11/17（一）\n10:02\tCarmen\t你好，睇咗個報告\n10:05\t開心果\t收到唔該\n",
        "開心果, [17/11/2025 10:02]\n你好\n\nCarmen, [17/11/2025 10:05]\n收到\n",
    ],
)
def test_who_speaks_is_found(text: str, found: Found) -> None:
    values = {value for value, kind in found(text) if kind in ("PERSON", "USERNAME")}
    assert values == {"Carmen", "開心果"}


@pytest.mark.parametrize(
    "text",
    [
        "[2025-11-17 10:02:11] INFO: server started\n[2025-11-17 10:02:12] WARN: retry\n",
        "[2025/11/17 10:02] 体温: 36.5\n[2025/11/17 12:02] 血压: 130/80\n",
        "08:00\t体温\t36.5\n10:00\t血压\t130/80\n12:00\t翻身\t左侧卧位\n",
        "2025-11-17 10:02:15,123 - root - INFO: ok\n2025-11-17 10:02:16,123 - root - INFO: ok\n",
    ],
)
def test_logs_and_measurements_are_nobodys(text: str, found: Found) -> None:
    assert not [value for value, kind in found(text) if kind in ("PERSON", "USERNAME")]


def test_who_works_in_an_export_is_called_by_a_login(found: Found) -> None:
    text = (
        "time,agent,customer,channel,mobile,note\n2025-11-20 09:03:11,miaoxr,蓝天,400电话,15980761342,问价\n"
    )
    assert ("miaoxr", "USERNAME") in found(text)


def test_programs_below_agent_are_no_logins(found: Found) -> None:
    text = "time,agent,status,bytes\n10:00,curl,200,512\n10:01,gateway,200,311\n"
    assert not [value for value, kind in found(text) if kind == "USERNAME"]
