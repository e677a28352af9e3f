"""Runs tasks on an executor with a bounded number under way, whatever happens to its workers."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from typing import Generic, TypeVar

from banana_layout.source import BananaError

T = TypeVar("T")
R = TypeVar("R")


class Lost(Exception):  # noqa: N818  # a state of a task, not a fault in the code
    """The worker that had a task died, or its executor gave the task up."""


class Runner(Generic[T, R]):
    """Runs one function over many tasks; a task's own failure is its result, so that the others go on."""

    def __init__(self, work: Callable[[T], R], jobs: int, executor: Executor | None, window: int | None = None) -> None:
        """Make a runner of `jobs` processes of its own (one: this process), or of an executor that is given.

        `window` is how many tasks are handed over at a time, so that results never pile up.
        """
        self._work = work
        self._jobs = jobs
        self._executor = executor
        self._window = window or max(8, 3 * jobs)

    def run(self, tasks: Sequence[T]) -> Iterator[tuple[T, R | Lost]]:
        """Yield each task with its result as they come, in any order."""
        if self._executor is not None:
            for task, result, _ in self._through(self._executor, tasks):
                yield task, result
            yield from ((task, Lost("no worker finished it: the executor has stopped")) for task in self._rest)
        elif self._jobs == 1 or len(tasks) == 1:
            for task in tasks:
                yield task, self._work(task)
        else:
            yield from self._own(tasks)

    def _own(self, tasks: Sequence[T]) -> Iterator[tuple[T, R | Lost]]:
        """Run in processes of our own; where one dies, find out whose task it was and go on without that one."""
        left = tasks
        while left:
            suspects = []
            drawn = False
            with _processes(min(self._jobs, len(left))) as pool:
                for task, result, broken in self._through(pool, left):
                    if broken:
                        suspects.append(task)
                    else:
                        drawn = True
                        yield task, result
            if suspects and not drawn:
                _check_start()
            for task in suspects:
                yield task, self._alone(task)
            left = self._rest

    def _alone(self, task: T) -> R | Lost:
        """Return a task's result from a process of its own."""
        with _processes(1) as pool:
            try:
                return pool.submit(self._work, task).result()
            except BrokenExecutor:
                return Lost("the process that drew it died")

    def _through(self, executor: Executor, tasks: Sequence[T]) -> Iterator[tuple[T, R | Lost, bool]]:
        """Yield tasks, results, and whether the executor broke; after that nothing more is handed over."""
        waiting: dict[Future[R], T] = {}
        coming = iter(tasks)
        self._rest: list[T] = []
        broken = False
        while True:
            while not broken and len(waiting) < self._window and (task := next(coming, None)) is not None:
                try:
                    waiting[executor.submit(self._work, task)] = task
                except (BrokenExecutor, RuntimeError) as error:
                    broken = True
                    yield task, Lost(_reason(error)), True
            if not waiting:
                break
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                task = waiting.pop(future)
                try:
                    yield task, future.result(), False
                except BrokenExecutor as error:
                    broken = True
                    yield task, Lost(_reason(error)), True
                except Exception as error:  # noqa: BLE001  # whatever an executor says when it gives a task up
                    yield task, Lost(_reason(error)), False
        self._rest = list(coming)


def _processes(jobs: int) -> ProcessPoolExecutor:
    """Return fresh processes that do not inherit this one's threads and locks.

    Where there is a fork server they are forked from it, which has the engine loaded and its caches filled; elsewhere
    they are started anew.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["banana_layout.batch.warm"])
    return ProcessPoolExecutor(jobs, mp_context=context)


def _check_start() -> None:
    """Raise BananaError where processes cannot be started at all, mostly because a script starts them when imported."""
    try:
        with _processes(1) as pool:
            pool.submit(int).result()
    except (BrokenExecutor, RuntimeError, OSError) as error:
        hints = ("in a script, call this below `if __name__ == '__main__':`", "or draw in this process: executor=1")
        raise BananaError.single(f"no worker can be started: {str(error)[:200]}", hints=hints) from None


def _reason(error: BaseException) -> str:
    """Return why a task was lost."""
    return f"no worker finished it: {type(error).__name__}: {str(error)[:200]}"
