"""What an earlier run left in a folder, so that only changed sheets are drawn again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

import banana_layout
from banana_layout.batch.report import Finding
from banana_layout.batch.task import Drawn, Task, digest_of
from banana_layout.source import json_bytes

NAME = ".banana-batch.json"
"""The record's file in the folder of outputs."""


class Entry(msgspec.Struct, frozen=True):
    """What is known of one sheet's outputs."""

    wishes: str
    """Digest of how it was to be drawn, and of the engine's version."""
    needs: tuple[tuple[str, str], ...]
    """The files it was made from and the digests of their content."""
    outputs: tuple[tuple[str, str], ...]
    """Names below the folder of outputs and the digests of their content."""
    pages: int
    """How many pages it has."""
    findings: tuple[Finding, ...]
    """The warnings it had, told again when it has not changed."""


class Record(msgspec.Struct):
    """All that is known, by the sheets' files."""

    version: int = 1
    """Of this form; another one counts as nothing known."""
    entries: dict[str, Entry] = msgspec.field(default_factory=dict)
    """By absolute path."""
    books: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    """For each book's absolute path the digest of what it was made from, and that of its file."""


LARGEST = 100_000_000
"""Bytes that a record may have: more than a folder of a hundred thousand sheets has."""


def read(folder: Path) -> Record:
    """Return the record of a folder; an empty one where there is none that can be understood.

    Whoever wrote the folder may have written the record, too: entries that name files outside it count as not there.
    """
    path = folder / NAME
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return Record()
        found = msgspec.convert(json.loads(path.read_bytes()), Record)
    except (OSError, ValueError, RecursionError):
        return Record()
    if found.version != 1:
        return Record()
    kept = {k: e for k, e in found.entries.items() if all(_is_below(name, folder) for name, _ in e.outputs)}
    return Record(found.version, kept, found.books)


def _is_below(name: str, folder: Path) -> bool:
    """Tell whether a name leads to a place below a folder, links followed."""
    if "\0" in name or ".." in Path(name).parts or Path(name).is_absolute():
        return False
    return (folder / name).parent.resolve().is_relative_to(folder.resolve())


def text(record: Record) -> bytes:
    """Return the record as it is kept: in order, so that the same run leaves the same bytes."""
    entries = dict(sorted(record.entries.items()))
    kept = Record(record.version, entries, dict(sorted(record.books.items())))
    return json_bytes(kept, 1) + b"\n"


def entry(task: Task, drawn: Drawn) -> Entry:
    """Return what is to be remembered of a sheet that was drawn."""
    outputs = tuple((name, hashlib.blake2s(data, digest_size=16).hexdigest()) for name, data in drawn.files)
    return Entry(wishes_digest(task), drawn.needs, outputs, drawn.pages, drawn.findings)


def holds(known: Entry | None, task: Task, folder: Path, digest: Callable[[str | Path], str] = digest_of) -> bool:
    """Whether a sheet would come out as its files are: same content, same wishes, same engine, files untouched."""
    return (
        known is not None
        and known.wishes == wishes_digest(task)
        and all(digest(name) == had for name, had in known.needs)
        and all(digest(folder / name) == had for name, had in known.outputs)
    )


def book_digest(entries: Sequence[Entry]) -> str:
    """Return the digest of what decides a book: its sheets in order, what they were made from and how."""
    said = json_bytes([(e.wishes, e.needs) for e in entries])
    return hashlib.blake2s(said, digest_size=16).hexdigest()


def wishes_digest(task: Task) -> str:
    """Return the digest of everything but content that decides a sheet's outputs."""
    said = json_bytes((banana_layout.__version__, task.stem, task.wishes))
    return hashlib.blake2s(said, digest_size=16).hexdigest()
