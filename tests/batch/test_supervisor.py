"""Workers that crash, hang, run out of memory or fail: each costs one task and tells nothing."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deid.batch.supervisor import Outcome, Stage, Task, Workers, explain
from deid.errors import ProjectError, UnreadableDocument

SECRET = "王小丫"
INHERITED: list[str] = []


def ready(payload: Any) -> Any:
    return payload


def refuse(payload: Any) -> Any:
    raise UnreadableDocument("no model")


def die_at_once(payload: Any) -> Any:
    os._exit(7)


def act(state: Any, job: Any) -> Any:
    if job == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if job == "exit":
        os._exit(3)
    if job == "hang":
        time.sleep(60)
    if job == "raise":
        raise ValueError(f"cannot handle {SECRET}")
    if job == "deid":
        raise UnreadableDocument("#0001: encrypted", hint="remove the password")
    if job == "full":
        raise OSError(28, "No space left on device", f"/home/{SECRET}.docx")
    if job == "wrapped":
        try:
            raise OSError(28, "No space left on device")
        except OSError:
            raise UnreadableDocument("cannot be written") from None
    if job == "eat":
        return len(bytearray(8 << 30))
    if job == "inherited":
        return INHERITED
    if job == "imported":
        return "wave" in sys.modules
    if job == "print":
        print(SECRET, flush=True)
        print(SECRET, file=sys.stderr, flush=True)
        os.write(2, SECRET.encode())
    return state, job, os.getpid()


def outcomes(
    workers: Workers, jobs: list[Any], *, seconds: float = 30.0, prepare: Any = ready
) -> dict[int, Outcome]:
    tasks = [Task(number, job, seconds) for number, job in enumerate(jobs)]
    return {outcome.number: outcome for outcome in workers.run(Stage(prepare, "state", act), tasks)}


@pytest.fixture(scope="module")
def workers() -> Any:
    with Workers(2) as running:
        yield running


def test_every_task_has_one_outcome(workers: Workers) -> None:
    done = outcomes(workers, [f"job {i}" for i in range(20)])

    assert sorted(done) == list(range(20))
    assert all(outcome.value[:2] == ("state", f"job {number}") for number, outcome in done.items())


@pytest.mark.parametrize(
    ("job", "cause", "says"),
    [
        pytest.param(
            "kill", "crash", "killed by signal 9", marks=pytest.mark.skipif(os.name == "nt", reason="POSIX")
        ),
        ("exit", "crash", "ended with code 3"),
        ("raise", "system", "unexpected ValueError in "),
        ("deid", "error", "#0001: encrypted"),
        ("full", "disk", "No space left"),
        ("wrapped", "disk", "No space left"),
    ],
)
def test_a_failure_costs_one_task_and_quotes_nothing(
    workers: Workers, job: str, cause: str, says: str
) -> None:
    done = outcomes(workers, ["a", job, "b", "c"])

    failure = done[1].failure
    assert failure is not None
    assert failure.cause == cause
    assert says in failure.message
    assert SECRET not in repr(failure)
    assert [done[i].value[1] for i in (0, 2, 3)] == ["a", "b", "c"]


def test_a_hanging_worker_is_stopped_at_its_deadline(workers: Workers) -> None:
    started = time.monotonic()

    done = outcomes(workers, ["hang", "a"], seconds=0.5)

    assert done[0].failure is not None
    assert done[0].failure.cause == "timeout"
    assert done[1].value[1] == "a"
    assert time.monotonic() - started < 20


@pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
def test_memory_is_limited_for_each_worker() -> None:
    with Workers(1, memory=2 << 30) as limited:
        done = outcomes(limited, ["eat", "a"])

    assert done[0].failure is not None
    assert done[0].failure.cause == "memory"
    assert done[1].value[1] == "a"


def test_a_stage_that_cannot_start_ends_the_run() -> None:
    with Workers(2) as running, pytest.raises(ProjectError, match="no model"):
        outcomes(running, ["a", "b"], prepare=refuse)


def test_workers_that_die_at_once_end_the_run_and_fail_no_document() -> None:
    with Workers(1) as running, pytest.raises(ProjectError, match="workers cannot start"):
        outcomes(running, ["a", "b"], prepare=die_at_once)


def test_a_second_stage_uses_the_same_processes(workers: Workers) -> None:
    first = outcomes(workers, ["a", "b", "c", "d"])
    second = outcomes(workers, ["a", "b", "c", "d"])

    assert {o.value[2] for o in second.values()} <= {o.value[2] for o in first.values()}


def test_what_a_worker_prints_reaches_nobody(workers: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    outcomes(workers, ["print"])

    out, err = capfd.readouterr()
    assert SECRET not in out + err


def test_workers_inherit_nothing_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are spawned: in a forked one Polars, and whatever else has threads, would hang."""
    monkeypatch.setattr(sys.modules[__name__], "INHERITED", ["from the parent"])

    with Workers(1) as fresh:
        done = outcomes(fresh, ["inherited"])

    assert done[0].value == []


@pytest.mark.parametrize("names", [(), ("wave",)])
def test_a_process_that_was_started_before_has_imported_what_it_was_told(names: tuple[str, ...]) -> None:
    with Workers(1) as early:
        early.get_ready(*names)
        done = outcomes(early, ["imported"])

    assert done[0].value == bool(names)


def test_a_process_that_could_not_import_is_replaced() -> None:
    with Workers(1) as early:
        early.get_ready("deid.nothing")
        done = outcomes(early, ["a"])

    assert done[0].value[1] == "a"


def write_down(state: Any) -> None:
    Path(state).write_text("closed", "utf-8")


def test_what_a_stage_opened_is_closed_when_its_worker_goes(tmp_path: Path) -> None:
    with Workers(1) as running:
        list(running.run(Stage(ready, str(tmp_path / "a"), act, write_down), [Task(1, "a")]))

    assert (tmp_path / "a").read_text("utf-8") == "closed"


def with_a_count(payload: list[str]) -> dict[str, int]:
    return {"jobs": 0}


def count(state: dict[str, int], job: Any) -> int:
    state["jobs"] += 1
    return state["jobs"]


def count_twice(state: dict[str, int], job: Any) -> int:
    return count(state, job) and count(state, job)


def test_stages_with_the_same_payload_share_what_was_prepared() -> None:
    payload = ["large"]
    with Workers(1) as running:
        [first] = running.run(Stage(with_a_count, payload, count), [Task(1, "a")])
        [second] = running.run(Stage(with_a_count, payload, count_twice), [Task(1, "b")])
        [other] = running.run(Stage(with_a_count, ["large"], count), [Task(1, "c")])

    assert (first.value, second.value, other.value) == (1, 3, 1)


def test_a_worker_that_is_lost_later_is_set_up_again() -> None:
    with Workers(1) as running:
        done = outcomes(running, ["a", "kill", "b", "kill", "c"])

    assert [number for number, outcome in done.items() if outcome.failure] == [1, 3]
    assert [done[number].value[:2] for number in (0, 2, 4)] == [("state", job) for job in "abc"]


def test_closing_the_iterator_stops_what_still_runs() -> None:
    with Workers(2) as running:
        stage = Stage(ready, None, act)
        with closing(running.run(stage, [Task(1, "a"), Task(2, "hang")])) as stream:
            started = time.monotonic()
            next(stream)
        assert time.monotonic() - started < 20


def test_without_workers_tasks_run_here() -> None:
    done = outcomes(Workers(0), ["a", "raise"])

    assert done[0].value[2] == os.getpid()
    assert done[1].failure is not None


@pytest.mark.parametrize("taken", [1, 2])
def test_what_a_stage_opened_here_is_closed_when_it_is_over_or_given_up(taken: int) -> None:
    closed: list[str] = []
    stream = Workers(0).run(
        Stage(ready, "state", act, closed.append), [Task(1, "a"), Task(2, "raise"), Task(3, "b")][: taken + 1]
    )

    for _ in range(taken):
        next(stream)
    assert closed == []
    stream.close()

    assert closed == ["state"]


def test_an_explanation_never_quotes_an_exception() -> None:
    for error in (
        ValueError(SECRET),
        KeyError(SECRET),
        OSError(2, "x", SECRET),
        UnicodeDecodeError("utf-8", b"", 0, 1, SECRET),
    ):
        assert SECRET not in repr(explain(error))


def test_exceptions_that_lead_back_to_each_other_are_explained_at_once():
    first, second = UnreadableDocument("#1: corrupt"), ValueError()
    first.__context__, second.__context__ = second, first

    assert explain(first).message == "#1: corrupt"
