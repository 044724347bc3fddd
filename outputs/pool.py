"""Keeps answering processes warm, gives each question one, and kills the one that takes too long."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import guanlian
from guanlian.outputs.wire import HEAD, Limits, Refused, frame

_ROOT = str(Path(guanlian.__file__).parents[1])
_START = "import sys; sys.path.append(sys.argv.pop(1)); from guanlian.outputs.worker import main; main()"
_PATIENT = 60.0  # seconds a process may take to start on a busy machine
_GONE = (asyncio.IncompleteReadError, ConnectionError, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: what it says of itself, and its bytes."""

    head: dict[str, Any]
    body: bytes

    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


class _Worker:
    """One answering process."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @classmethod
    async def start(cls, place: str, limits: Limits) -> _Worker:
        # -P: a folder somebody serves from must not lend its modules.
        words = (sys.executable, "-P", "-c", _START, _ROOT, place, limits.dumps())
        said = None if os.environ.get("GUANLIAN_DEBUG") else DEVNULL
        worker = cls(await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE, stderr=said))
        ready = False
        try:
            async with asyncio.timeout(_PATIENT):
                await worker._read()
            ready = True
        except (TimeoutError, *_GONE) as error:
            raise Refused(503, "查询进程启动不了", "no answering process would start") from error
        finally:
            if not ready:
                worker.kill()
        return worker

    async def ask(self, job: Mapping[str, Any]) -> Reply:
        assert self.process.stdin is not None
        self.process.stdin.write(frame(dict(job)))
        await self.process.stdin.drain()
        return await self._read()

    async def _read(self) -> Reply:
        assert self.process.stdout is not None
        lengths = HEAD.unpack(await self.process.stdout.readexactly(HEAD.size))
        head, body = [await self.process.stdout.readexactly(length) for length in lengths]
        return Reply(json.loads(head), body)

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    def kill(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        if self.alive:
            self.process.kill()


class Pool:
    """Answering processes for one store. Lanes, so that neither anybody's queries nor the long making of an index or
    of the explorer can keep our pages waiting."""

    def __init__(self, place: str, limits: Limits | None = None) -> None:
        self.place, self.limits = place, limits or Limits()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        places = {"queries": self.limits.queries, "pages": self.limits.pages, "making": 2}
        self._lanes = {name: asyncio.Semaphore(most) for name, most in places.items()}
        self._waiting = dict.fromkeys(self._lanes, 0)

    async def start(self) -> None:
        """Makes one process ready."""
        self._closed = False
        self._restock()
        await asyncio.gather(*self._starting)

    async def close(self) -> None:
        """Ends every process."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for worker in (*self._idle, *self._busy):
            self._end(worker)
        self._idle.clear()
        await asyncio.gather(*self._ending)

    @property
    def processes(self) -> list[int]:
        """Process ids of all that live, those at work last."""
        return [worker.process.pid for worker in (*self._idle, *self._busy) if worker.alive]

    @property
    def busy(self) -> int:
        """How many are at work."""
        return len(self._busy)

    async def ask(self, job: Mapping[str, Any], lane: str = "pages", seconds: float = 0.0) -> Reply:
        """Answer to a job; raises Refused when it fails, takes too long, or too many wait already.

        A caller that is cancelled takes the process at work with it.
        """
        await self._queue(lane)
        try:
            reply = await self._run(job, seconds or self.limits.seconds)
        finally:
            self._lanes[lane].release()
        if reply.head["status"] != 200:
            raise Refused(reply.head["status"], reply.head["zh"], reply.head["en"])
        return reply

    async def _queue(self, lane: str) -> None:
        busy = Refused(503, "查询太多，请稍后再试", "too many questions at once; try again later")
        if self._waiting[lane] >= self.limits.waiting:
            raise busy
        self._waiting[lane] += 1
        try:
            async with asyncio.timeout(self.limits.patience):
                await self._lanes[lane].acquire()
        except TimeoutError:
            raise busy from None
        finally:
            self._waiting[lane] -= 1

    async def _run(self, job: Mapping[str, Any], seconds: float) -> Reply:
        worker = await self._take()
        self._busy.add(worker)
        self._restock()
        done = False
        try:
            async with asyncio.timeout(seconds):
                reply = await worker.ask({**job, "seconds": seconds})
            done = True
            return reply
        except TimeoutError:
            raise Refused(504, f"超过 {seconds:g} 秒，查询已终止", f"ended: it took more than {seconds:g} s") from None
        except _GONE:
            raise Refused(
                500, "查询进程中断，可能占用内存太多", "the answering process died: it may have run out of memory"
            ) from None
        finally:
            self._busy.discard(worker)
            if done and not self._closed:
                self._idle.append(worker)
            else:
                self._end(worker)
                self._restock()

    def _end(self, worker: _Worker) -> None:
        """Kills a process and sees it off, so that the system keeps nothing of it."""
        worker.kill()
        task = asyncio.create_task(worker.process.wait())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _take(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._end(worker)
        while self._starting:
            await asyncio.wait(self._starting, return_when=asyncio.FIRST_COMPLETED)
            if self._idle:
                return self._idle.pop()
        return await _Worker.start(self.place, self.limits)

    def _restock(self) -> None:
        """There is always one process more than questions, so that the next one need not wait for its start."""
        if not (self._idle or self._starting or self._closed):
            task = asyncio.create_task(self._add())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        try:
            self._idle.append(await _Worker.start(self.place, self.limits))
        except Refused:
            return  # whoever needs it starts one in the open and hears why
