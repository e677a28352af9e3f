"""Draws many sheets into a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeVar

from banana_layout.batch import record as records
from banana_layout.batch.pool import Lost, Runner
from banana_layout.batch.report import Finding, Report, SheetReport
from banana_layout.batch.task import Drawn, Task, Wishes, digest_of, draw, pages
from banana_layout.render.files import write_all
from banana_layout.source import BananaError

FORMATS = ("pdf", "svg", "png")
"""What sheets may be drawn as."""

R = TypeVar("R")

Progress = Callable[[SheetReport, int, int], None]
"""Told each sheet as it is finished, how many are, and how many there are."""


class _Run:
    """One run: what was there before, what has come so far."""

    def __init__(self, names: Sequence[str], folder: Path, wishes: Wishes, progress: Progress | None) -> None:
        self.folder = folder
        self.record = records.read(folder)
        self.tasks = {
            name: Task(str(Path(name).resolve()), stem, wishes) for name, stem in zip(names, _stems(names), strict=True)
        }
        self.names = {task.path: name for name, task in self.tasks.items()}
        self.reports: dict[str, SheetReport] = {}
        self._progress = progress
        self._owners: dict[str, str] = {}

    def unchanged(self, task: Task) -> bool:
        """Tell of a sheet whose outputs still hold; False where it has to be drawn."""
        known = self.record.entries.get(task.path)
        if not records.holds(known, task, self.folder):
            return False
        assert known is not None
        outputs = tuple(name for name, _ in known.outputs)
        self._owners.update(dict.fromkeys(outputs, task.path))
        self._tell(
            task, SheetReport(self.names[task.path], "unchanged", self._shown(outputs), known.pages, known.findings)
        )
        return True

    def take(self, task: Task, result: Drawn | Lost) -> None:
        """Write a sheet's files and remember them; what fails leaves the files of an earlier run in place."""
        if isinstance(result, Lost):
            result = Drawn(findings=(Finding("error", str(result)),))
        known = self.record.entries.get(task.path)
        old = tuple(name for name, _ in known.outputs) if known is not None else ()
        if not result.failed:
            result = self._written(task, result)
        if result.failed:
            self._tell(task, SheetReport(self.names[task.path], "failed", self._shown(old), 0, result.findings))
            return
        new = tuple(name for name, _ in result.files)
        if known is not None:
            self._remove_left_over(known, new)
        self.record.entries[task.path] = records.entry(task, result)
        self._tell(task, SheetReport(self.names[task.path], "drawn", self._shown(new), result.pages, result.findings))

    def _written(self, task: Task, result: Drawn) -> Drawn:
        """Write a sheet's files, all or none; return a failure where that is not possible."""
        try:
            for name, _ in result.files:
                owner = self._owners.setdefault(name, task.path)
                if owner != task.path:
                    other = self.names.get(owner, owner)
                    raise BananaError.single(
                        f"{name} is written by {other} already", hints=("rename one of the sheets",)
                    )
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_all([(self.folder / name, data) for name, data in result.files])
        except BananaError as error:
            return Drawn(findings=(*map(Finding.of, error.diagnostics), *result.findings))
        except OSError as error:
            return Drawn(findings=(Finding("error", f"cannot write: {error.strerror or error}"), *result.findings))
        return result

    def _remove_left_over(self, known: records.Entry, new: Sequence[str]) -> None:
        """Take away pages a sheet no longer has, where the files are still as an earlier run wrote them."""
        for name, digest in known.outputs:
            if name not in new and name not in self._owners and digest_of(self.folder / name) == digest:
                (self.folder / name).unlink(missing_ok=True)

    def _shown(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return outputs as paths."""
        return tuple((self.folder / name).as_posix() for name in names)

    def _tell(self, task: Task, report: SheetReport) -> None:
        """Keep what became of a sheet and tell it."""
        self.reports[task.path] = report
        if self._progress is not None:
            self._progress(report, len(self.reports), len(self.tasks))


def draw_all(
    sheets: Iterable[str | Path],
    folder: str | Path,
    wishes: Wishes | None = None,
    *,
    executor: Executor | int | None = None,
    book: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Draw sheets into a folder, those that have not changed since the last run left as they are; return what became of each.

    `executor` is any `concurrent.futures.Executor` whose workers can read the sheets' files, a number of processes to
    start (1 for none but this one), or None for as many as there are processors. Only a few results are held at a time.
    `book` is a PDF of all pages in order, those of failed sheets left out.

    Raises BananaError where nothing can be done at all: no sheets, a format nobody knows, two sheets of one name, a
    folder that cannot be made. What is wrong with a single sheet is in the report.
    """
    names = tuple({Path(s).resolve(): str(s) for s in sheets}.values())
    wishes = wishes or Wishes()
    _check(names, wishes)
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BananaError.single(f"cannot make the folder {folder}: {error.strerror or error}") from None
    run = _Run(names, folder, wishes, progress)
    todo = [task for task in run.tasks.values() if not run.unchanged(task)]
    try:
        for task, result in _runner(draw, executor).run(todo):
            run.take(task, result)
        made = _bound(Path(book), run, executor) if book is not None else None
    finally:
        write_all([(folder / records.NAME, records.text(run.record))])
    return Report(tuple(run.reports[task.path] for task in run.tasks.values()), made)


def _runner(work: Callable[[Task], R], executor: Executor | int | None) -> Runner[Task, R]:
    """Return what runs a function over tasks."""
    jobs = executor if isinstance(executor, int) else processors()
    return Runner(work, max(1, jobs), executor if isinstance(executor, Executor) else None)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check(names: Sequence[str], wishes: Wishes) -> None:
    """Refuse what can be seen to be wrong before any work."""
    if not names:
        raise BananaError.single("there are no sheets to draw")
    unknown = [f for f in wishes.formats if f not in FORMATS]
    if unknown or not wishes.formats:
        raise BananaError.single(
            f"{unknown[0] if unknown else 'nothing'} is no format", hints=("write pdf, svg or png",)
        )


def _stems(names: Sequence[str]) -> list[str]:
    """Return what each sheet's outputs are called: its name, or its path below the folder all sheets share."""
    stems = [Path(name).stem for name in names]
    if len(set(stems)) == len(stems):
        return stems
    paths = [Path(name).resolve() for name in names]
    if len({path.anchor for path in paths}) > 1:
        raise BananaError.single("sheets of one name lie on several drives", hints=("draw each drive by itself",))
    shared = os.path.commonpath([path.parent for path in paths])
    stems = [path.relative_to(shared).with_suffix("").as_posix() for path in paths]
    twice = next((name for i, name in enumerate(names) if stems[i] in stems[:i]), None)
    if twice is not None:
        other = names[stems.index(stems[names.index(twice)])]
        raise BananaError.single(f"{other} and {twice} would be written to the same files", hints=("rename one",))
    return stems


def _bound(book: Path, run: _Run, executor: Executor | int | None) -> str | None:
    """Write the book of all sheets that could be drawn; None where there is no page for it."""
    from banana_layout.font.book import FontBook
    from banana_layout.font.own import own_face
    from banana_layout.imposition.several import joined
    from banana_layout.render.pdf.document import to_pdf

    good = [task for task in run.tasks.values() if run.reports[task.path].status != "failed"]
    key, made_from = str(book.resolve()), records.book_digest([run.record.entries[task.path] for task in good])
    if book.exists() and run.record.books.get(key) == (made_from, digest_of(book)):
        return str(book)
    found = {task.path: made for task, made in _runner(pages, executor).run(good) if not isinstance(made, Lost)}
    sheets = [found[task.path] for task in good if task.path in found]
    preset = next((chosen for _, chosen, _ in sheets if chosen is not None), None)
    scenes = joined([drawn for drawn, _, _ in sheets]) if sheets else ()
    # the sheets were laid out in other processes: this one has to know their fonts as well
    own = [own_face(Path(font)) for font in dict.fromkeys(font for _, _, fonts in sheets for font in fonts)]
    if preset is None or not scenes:
        return None
    write_all([(book, to_pdf(scenes, FontBook.standard().extended(*own), preset))])
    run.record.books[key] = made_from, digest_of(book)
    return str(book)
