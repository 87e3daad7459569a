"""Runs tasks in worker processes that may crash, hang, be killed or eat all memory: each costs one task.

The pools of the standard library do not do that: when one worker dies,
`ProcessPoolExecutor` fails every task that is pending, and `multiprocessing.Pool` waits
for the lost one forever. Here each slot has one process and one pipe, every task has a
deadline, and a process that is gone is replaced. Processes are spawned, never forked:
threads of numeric libraries do not survive a fork.

What comes back from a worker is a value or a `Failure`; the text of an exception is passed
on only when deid itself wrote it, because any other may quote the document.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Literal

from deid.errors import DeidError, ProjectError

Perform = Callable[[Any, Any], Any]
"""What a worker does: `(state, job)`."""
Cause = Literal["error", "crash", "timeout", "memory", "disk", "system"]
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_WINDOWS_FULL = {39, 112}
_STARTING = 300.0
_FALSE_STARTS = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """What workers do: `state = prepare(payload)` once each, then `perform(state, job)` per task.

    `release(state)` closes what the state holds open when another is prepared. The functions must
    be importable by name. Stages with the same payload share the states: it may be large.
    """

    prepare: Callable[[Any], Any]
    payload: Any = field(repr=False)
    perform: Perform
    release: Callable[[Any], None] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One job, what to call it, and how many seconds it may take."""

    number: int
    job: Any = field(repr=False)
    seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no value: no text of a document, no path."""

    cause: Cause
    kind: str
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the task `number`: a value, or a failure."""

    number: int
    value: Any = field(default=None, repr=False)
    failure: Failure | None = None


class _Setting:
    """What a stage is set up by, pickled for as long as a worker may need it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._packed: bytes | None = None

    def fits(self, stage: Stage) -> bool:
        """Whether a worker that is set up so is set up for that stage."""
        own = self._stage
        return stage.payload is own.payload and (stage.prepare, stage.release) == (own.prepare, own.release)

    def packed(self) -> bytes:
        if self._packed is None:
            self._packed = pickle.dumps(self._stage, protocol=pickle.HIGHEST_PROTOCOL)
        return self._packed

    def forget(self) -> None:
        """All workers have it; for one that is lost it is pickled again."""
        self._packed = None


class Workers:
    """Up to `count` processes, each limited to `memory` bytes where the system can do that.

    With `count=0` tasks run in this process, one after the other, unprotected.
    """

    def __init__(self, count: int, *, memory: int | None = None) -> None:
        self.count = count
        self._slots = [_Slot(memory) for _ in range(count)]
        self._setting: _Setting | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for slot in self._slots:
            slot.stop()

    def get_ready(self, *modules: str) -> None:
        """Start a process that imports `modules` while this one does something else."""
        for slot in self._slots[:1]:
            slot.get_ready(modules)

    def run(
        self, stage: Stage, tasks: Iterable[Task], *, started: Callable[[int], None] = lambda number: None
    ) -> Generator[Outcome, None, None]:
        """Outcomes in the order in which tasks end. Closing the iterator kills what still runs."""
        pending = deque(tasks)
        if not pending:
            return
        if not self._slots:
            yield from _run_here(stage, pending, started)
            return
        if self._setting is None or not self._setting.fits(stage):
            self._setting = _Setting(stage)
        setting = self._setting
        busy: set[_Slot] = set()
        try:
            while pending or busy:
                for slot in self._slots:
                    if pending and slot not in busy:
                        task = pending.popleft()
                        started(task.number)
                        slot.give(setting, stage.perform, task)
                        busy.add(slot)
                if all(slot.is_set_up(setting) for slot in self._slots):
                    setting.forget()
                for slot in _talking(busy):
                    outcome = slot.take()
                    if outcome is not None:
                        busy.discard(slot)
                        yield outcome
        finally:
            setting.forget()
            for slot in busy:
                slot.kill()


class _Slot:
    """One place for a process: starts it, gives it a task, takes the answer, replaces it."""

    def __init__(self, memory: int | None) -> None:
        self._memory = memory
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._setting: _Setting | None = None
        self._perform: Perform | None = None
        self._task: Task | None = None
        self._ready = False
        self._false_starts = 0
        self.deadline = 0.0

    def get_ready(self, modules: tuple[str, ...]) -> None:
        self._start()
        assert self._pipe is not None
        with suppress(OSError):
            self._pipe.send(_Modules(modules))

    def is_set_up(self, setting: _Setting) -> bool:
        """Whether the process was given that setting."""
        return self._setting is setting

    def give(self, setting: _Setting, perform: Perform, task: Task) -> None:
        if not self._alive():
            self.kill()
            self._start()
        assert self._pipe is not None
        self._perform, self._task = perform, task
        # What a dead worker cannot take shows when its answer is read.
        with suppress(OSError):
            if self._setting is not setting:
                self._ready = False
                self._setting = setting
                self._pipe.send_bytes(setting.packed())
            self._pipe.send(_Order(perform, task.job))
        self.deadline = time.monotonic() + (task.seconds if self._ready else _STARTING)

    def sources(self) -> list[Any]:
        """What to wait for: the pipe, and the end of the process."""
        assert self._process is not None
        return [self._pipe, self._process.sentinel]

    def late(self) -> bool:
        return time.monotonic() >= self.deadline

    def take(self) -> Outcome | None:
        """The outcome, if there is one by now."""
        task, perform, pipe, setting = self._task, self._perform, self._pipe, self._setting
        assert task is not None
        assert perform is not None
        assert pipe is not None
        assert setting is not None
        try:
            if pipe.poll():
                return self._answer(task, pipe.recv())
            if self._alive() and not self.late():
                return None
        except (EOFError, OSError):
            pass
        failure = self._diagnosis(task)
        ready = self._ready
        self.kill()
        if ready:
            return Outcome(task.number, failure=failure)
        # Lost before it had begun: that is no fault of the document.
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise ProjectError(
                f"workers cannot start: {failure.message}",
                hint="give them more memory (--max-memory) or use fewer (--workers)",
            )
        self.give(setting, perform, task)
        return None

    def _answer(self, task: Task, answer: Any) -> Outcome | None:
        if isinstance(answer, _Ready):
            if answer.failure is not None:
                raise ProjectError(
                    f"a worker could not start: {answer.failure.message or answer.failure.kind}",
                    hint=answer.failure.hint,
                )
            self._ready = True
            self._false_starts = 0
            self.deadline = time.monotonic() + task.seconds
            return None
        if isinstance(answer, Failure):
            if answer.cause == "memory":
                self.kill()
            return Outcome(task.number, failure=answer)
        return Outcome(task.number, answer)

    def _diagnosis(self, task: Task) -> Failure:
        assert self._process is not None
        if self._alive() and self.late():
            return Failure(
                "timeout", "Timeout", f"no result after {task.seconds:.0f} seconds; the worker was stopped"
            )
        self._process.join(5)
        code = self._process.exitcode
        how = f"killed by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
        return Failure("crash", "Crash", f"the worker process was lost ({how})")

    def _alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        self._process.start()
        theirs.close()
        self._setting = None

    def kill(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = self._setting = None
        self._ready = False
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def stop(self) -> None:
        """Let an idle worker go by itself (it sees the end of its pipe), then make sure."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None and self._setting is not None:
            self._process.join(2)
        self.kill()


def _talking(busy: set[_Slot]) -> list[_Slot]:
    """Waits until at least one slot has something to say, or is late."""
    sources = {source: slot for slot in busy for source in slot.sources()}
    nearest = min(slot.deadline for slot in busy)
    ready = wait(list(sources), timeout=max(0.0, nearest - time.monotonic()))
    return list({sources[source] for source in ready} | {slot for slot in busy if slot.late()})


@dataclass(frozen=True, slots=True)
class _Modules:
    """What a worker imports before it knows what to do."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Order:
    """A job, and what is to be done with it."""

    perform: Perform
    job: Any


@dataclass(frozen=True, slots=True)
class _Ready:
    """A worker's first answer to a stage."""

    failure: Failure | None = None


def _serve(pipe: Connection, memory: int | None) -> None:
    """The life of a worker: a stage (bytes), then orders, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's business
    _be_silent()
    _limit_memory(memory)
    stage: Stage | None = None
    state: Any = None
    with suppress(EOFError, OSError):
        while True:
            packed = pipe.recv_bytes()
            message = pickle.loads(packed)
            if isinstance(message, _Modules):
                for name in message.names:
                    import_module(name)
                continue
            if isinstance(message, Stage):
                _release(stage, state)
                stage, answer = message, _Ready()
                state = None
                try:
                    state = stage.prepare(stage.payload)
                except BaseException as error:
                    answer = _Ready(explain(error))
            else:
                answer = _attempt(state, message)
            pipe.send(answer)
    _release(stage, state)
    os._exit(0)  # to take down what is loaded, piece by piece, takes a quarter of a second


def _attempt(state: Any, order: _Order) -> Any:
    try:
        return order.perform(state, order.job)
    except BaseException as error:
        return explain(error)


def _run_here(stage: Stage, tasks: Iterable[Task], started: Callable[[int], None]) -> Iterator[Outcome]:
    state = stage.prepare(stage.payload)
    try:
        for task in tasks:
            started(task.number)
            try:
                outcome = Outcome(task.number, stage.perform(state, task.job))
            except Exception as error:
                outcome = Outcome(task.number, failure=explain(error))
            yield outcome
    finally:
        _release(stage, state)


def _release(stage: Stage | None, state: Any) -> None:
    if stage is not None and stage.release is not None and state is not None:
        stage.release(state)


def explain(error: BaseException) -> Failure:
    """What may be said of an exception: everything if deid raised it, else its type and where in the code."""
    kind = type(error).__name__
    if is_disk_full(error):
        return Failure("disk", kind, os.strerror(errno.ENOSPC))
    if isinstance(error, DeidError):
        return Failure("error", kind, error.message, error.hint)
    if isinstance(error, MemoryError):
        return Failure("memory", kind, "not enough memory for this file")
    if isinstance(error, OSError) and error.errno:
        return Failure("system", kind, os.strerror(error.errno))
    return Failure("system", kind, f"unexpected {kind}{_place(error)}")


def is_disk_full(error: BaseException | None) -> bool:
    """Whether an exception, or the one it was raised for, says that the disk is full."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:  # of generators one may lead back to another
        seen.add(id(error))
        if isinstance(error, OSError):
            if error.errno in _FULL or getattr(error, "winerror", None) in _WINDOWS_FULL:
                return True
        elif type(error).__name__ == "OperationalError" and "is full" in str(error):  # SQLite
            return True
        error = error.__cause__ or error.__context__
    return False


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    module = trace.tb_frame.f_globals.get("__name__", "?")
    return f" in {module}, line {trace.tb_lineno}"


def _be_silent() -> None:
    """Nothing a library prints in a worker reaches the terminal: it may quote the document."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(memory: int | None) -> None:
    if memory is None or sys.platform == "win32":
        return  # Windows has no such limit for a process that limits itself
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
