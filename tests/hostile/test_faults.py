"""Disks that fill, folders that vanish, runs that are cut short, writers that meet: never half a file."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from banana_layout.cli import render as command
from banana_layout.cli.main import main
from banana_layout.pipeline import read_file
from banana_layout.render.files import write_all
from banana_layout.source import BananaError

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = "# T\n\n## P\n\n- one\n- two\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A sheet in a folder of its own."""
    path = tmp_path / "sheet.md"
    path.write_text(SHEET, encoding="utf-8")
    return path


def run(*arguments: str, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, in which no file may grow beyond `limit` bytes."""

    def full() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-B", "-m", "banana_layout", *arguments],
        capture_output=True, text=True, timeout=60, check=False, preexec_fn=full, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def leftovers(folder: Path) -> list[str]:
    """Return files that nobody asked for."""
    return sorted(p.name for p in folder.iterdir() if p.name != "sheet.md")


def test_a_full_disk_leaves_nothing_and_says_so(sheet: Path) -> None:
    """Where the file cannot be written whole, none is there, no part is left, and exit code 1 comes with a message."""
    done = run("render", str(sheet), "-o", str(sheet.with_suffix(".pdf")), limit=2000)
    assert done.returncode == 1
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert leftovers(sheet.parent) == []


def test_a_full_disk_keeps_what_was_there(sheet: Path) -> None:
    """An older file of the name stays as it was, and so do all others of the same run."""
    pdf, svg = sheet.with_suffix(".pdf"), sheet.with_suffix(".svg")
    pdf.write_bytes(b"older")
    done = run("render", str(sheet), "-o", str(pdf), "-o", str(svg), limit=2000)
    assert done.returncode == 1
    assert pdf.read_bytes() == b"older"
    assert leftovers(sheet.parent) == ["sheet.pdf"]


def test_a_folder_that_vanishes_is_told(sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder removed while the page is drawn gives one message and exit code 1."""
    folder = tmp_path / "out"
    folder.mkdir()
    deliver = command.deliver

    def late(results: object) -> None:
        shutil.rmtree(folder)
        deliver(results)  # type: ignore[arg-type]

    monkeypatch.setattr(command, "deliver", late)
    with CliRunner().isolation() as (_, err, _both):
        code = main(["render", str(sheet), "-o", str(folder / "a.svg"), "-o", str(folder / "b.pdf")])
        text = err.getvalue().decode()
    assert code == 1
    assert "does not exist" in text
    assert not folder.exists()


def test_a_folder_that_may_not_be_written_is_told(sheet: Path) -> None:
    """/proc takes no files: one message, exit code 1."""
    done = run("render", str(sheet), "-o", "/proc/nothing/out.svg")
    assert done.returncode == 1
    assert "cannot write /proc/nothing/out.svg" in done.stderr


def writer(path: str, letter: str, count: int) -> None:
    """Write the same file again and again."""
    for _ in range(count):
        write_all([(Path(path), letter.encode() * 300_000)])


def test_two_writers_never_mix_their_files(tmp_path: Path) -> None:
    """While two processes write one file, whoever reads it sees one writer's whole file; no part stays behind."""
    path = tmp_path / "page.svg"
    write_all([(path, b"a" * 300_000)])
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=writer, args=(str(path), letter, 60)) for letter in "ab"]
    for one in both:
        one.start()
    seen = set()
    while any(one.is_alive() for one in both):
        data = path.read_bytes()
        assert len(data) == 300_000
        seen.add(data[:1] == data[-1:] and len(set(data[::997])) == 1)
    assert seen == {True}
    assert [one.exitcode for one in both] == [0, 0]
    assert [p.name for p in tmp_path.iterdir()] == ["page.svg"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda s: s.name)
@pytest.mark.parametrize("after", [0.15, 0.5, 0.8])
def test_an_interrupted_run_leaves_the_old_file_or_the_new(sheet: Path, how: signal.Signals, after: float) -> None:
    """Stopped at any moment, a run leaves a whole file, and after an interruption by hand no parts."""
    path = sheet.with_suffix(".pdf")
    path.write_bytes(b"older")
    process = subprocess.Popen(
        [sys.executable, "-B", "-m", "banana_layout", "render", str(sheet), "-o", str(path)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    time.sleep(after)
    process.send_signal(how)
    process.communicate(timeout=60)
    data = path.read_bytes()
    assert data == b"older" or (data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF"))
    if how is signal.SIGINT:
        assert leftovers(sheet.parent) == ["sheet.pdf"]


SLOW = """
import pathlib, sys, time
from banana_layout.cli.main import main

def replace(self, target):
    print("writing", flush=True)
    time.sleep(30)

pathlib.Path.replace = replace
sys.argv = ["banana", "render", {sheet!r}, "-o", {out!r}]
sys.exit(main())
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda s: s.name)
def test_a_run_asked_to_end_while_it_writes_leaves_no_part(sheet: Path, how: signal.Signals) -> None:
    """What is written and not yet in its place is taken away when somebody, or a system that shuts down, ends the run."""
    path = sheet.with_suffix(".svg")
    path.write_bytes(b"older")
    script = SLOW.format(sheet=str(sheet), out=str(path))
    process = subprocess.Popen(
        [sys.executable, "-B", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    assert len(leftovers(sheet.parent)) == 2
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + how
    assert b"Traceback" not in said
    assert (leftovers(sheet.parent), path.read_bytes()) == (["sheet.svg"], b"older")


def test_a_reader_that_goes_away_is_no_error_to_shout_about(sheet: Path) -> None:
    """`banana render … -o - | head -c 10` ends quietly."""
    line = f'"{sys.executable}" -B -m banana_layout render "{sheet}" -o - --format svg | head -c 10'
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout.startswith("<")
    assert "Traceback" not in done.stderr


def test_one_bad_file_of_many_stops_all(sheet: Path) -> None:
    """Nothing is written where any output cannot be: not even those that could."""
    good, bad = sheet.with_suffix(".svg"), sheet.parent / "absent" / "x.pdf"
    with pytest.raises(BananaError, match="absent"):
        write_all([(good, b"x"), (bad, b"y")])
    assert leftovers(sheet.parent) == []


@pytest.mark.parametrize("name", ["a\0.svg", "\ud800.svg", f"{'x' * 300}.svg"], ids=["NUL", "half a pair", "long"])
def test_names_no_system_has_are_told(name: str, tmp_path: Path) -> None:
    """A name that cannot be one is a message for a reader and a writer, not a traceback."""
    with pytest.raises(BananaError, match="cannot write"):
        write_all([(tmp_path / name, b"x")])
    with pytest.raises(BananaError, match="cannot read"):
        read_file(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
