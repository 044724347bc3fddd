"""Work spread over processes that may crash or hang without taking the rest along."""

from __future__ import annotations

import multiprocessing as mp
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerLost(RuntimeError):
    """The process that had a task died or was stopped. ``why`` is ``crashed`` or ``too slow``."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    at: int | None = None
    since: float = field(default_factory=time.monotonic)


def spread(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, jobs: int, seconds: float, memory: int = 0
) -> Iterator[tuple[int, Result | WorkerLost]]:
    """Yield (index, result) as tasks finish, in any order, over ``jobs`` processes.

    ``work`` must be importable and must return its own failures. A worker that dies, or takes
    longer than ``seconds`` over one task, gives :class:`WorkerLost` for that task; another takes
    its place. A worker that asks for more than ``memory`` bytes (0: no limit; only where the system
    can limit it) meets a MemoryError. Leaving the iterator early ends the workers.
    """
    context = mp.get_context("spawn")  # fork would copy the threads of a progress bar
    waiting = list(range(len(tasks)))[::-1]
    crew: list[_Worker[Task]] = []
    try:
        while waiting or any(w.at is not None for w in crew):
            while waiting and len(crew) < min(jobs, len(tasks)):
                crew.append(_hire(context, work, memory))
            for worker in crew:
                if worker.at is None and waiting:
                    _hand(worker, waiting.pop(), tasks)
            for worker, outcome in _listen(crew, seconds):
                at, worker.at = worker.at, None
                if isinstance(outcome, WorkerLost):
                    _dismiss(worker)
                    crew.remove(worker)
                assert at is not None
                yield at, outcome
    finally:
        for worker in crew:
            _dismiss(worker)


def _hire(context: Any, work: Callable[[Task], Result], memory: int) -> _Worker[Task]:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, memory), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _hand(worker: _Worker[Task], at: int, tasks: Sequence[Task]) -> None:
    worker.at, worker.since = at, time.monotonic()
    with suppress(BrokenPipeError):  # died while idle: found out at the next listening
        worker.pipe.send(tasks[at])


def _listen(crew: Sequence[_Worker[Task]], seconds: float) -> list[tuple[_Worker[Task], Any]]:
    """What busy workers have to say, after a wait of at most half a second."""
    busy = [w for w in crew if w.at is not None]
    ready = set(map(id, wait([w.pipe for w in busy], timeout=0.5)))
    heard: list[tuple[_Worker[Task], Any]] = []
    for worker in busy:
        if id(worker.pipe) in ready:
            try:
                started, outcome = worker.pipe.recv()
                if started:
                    worker.since = time.monotonic()  # what it took to start is not the task's
                else:
                    heard.append((worker, outcome))
            except (EOFError, ConnectionResetError):
                heard.append((worker, WorkerLost("crashed")))
        elif time.monotonic() - worker.since > seconds:
            heard.append((worker, WorkerLost("too slow")))
    return heard


def _dismiss(worker: _Worker[Task]) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _serve(pipe: Connection, work: Callable[[Any], Any], memory: int) -> None:
    """Life of a worker: do one task after another until the pipe closes."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    if memory:
        _limit(memory)
    pipe.send((True, None))
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        pipe.send((False, work(task)))


def _limit(memory: int) -> None:
    """Sets the most memory this process may ask for, where the system has such a limit."""
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    with suppress(ValueError, OSError):  # a system that has the limit and does not let it be set
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
