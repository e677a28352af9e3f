"""Many sheets: each told, only changed ones drawn, and none stopping another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from banana_layout.batch import Wishes, draw_all, record
from banana_layout.batch.pool import Lost, Runner
from banana_layout.batch.task import digest_of
from banana_layout.cli.main import main
from banana_layout.source import BananaError

SHEET = "---\npage: A6\n---\n# 시트 {n}\n\n## One\n\n- **굵게** {n}\n"
BROKEN = "# T\n\n## A\n\n```mermaid\nflowchart LR\n  A -->\n```\n"


@pytest.fixture
def sheets(tmp_path, monkeypatch):
    """A working folder with four small sheets, the third of which is broken."""
    monkeypatch.chdir(tmp_path)
    for n in range(4):
        (tmp_path / f"s{n}.md").write_text(BROKEN if n == 2 else SHEET.format(n=n), encoding="utf-8")
    return [f"s{n}.md" for n in range(4)]


def statuses(report):
    return [s.status for s in report.sheets]


def test_one_failing_sheet_does_not_stop_the_rest(sheets):
    """The others are drawn; the report names the broken one with its line."""
    report = draw_all(sheets, "out", Wishes(formats=("pdf", "svg")), executor=1)
    assert statuses(report) == ["drawn", "drawn", "failed", "drawn"]
    assert not report.ok
    (found,) = report.sheets[2].findings
    assert found.line == 7
    assert found.excerpt == ("    A -->", "         ^")
    assert "s2.md:7:8: error: " in report.text() and "\n    A -->\n         ^\n" in report.text()
    assert sorted(p.name for p in Path("out").glob("[!.]*")) == sorted(
        f"s{n}.{s}" for n in (0, 1, 3) for s in ("pdf", "svg")
    )
    assert report.text().splitlines()[-1] == "4 sheets: 3 drawn, 0 unchanged, 1 failed"
    assert json.loads(json.dumps(report.to_dict()))["failed"] == 1


def test_only_changed_sheets_are_drawn_again(sheets):
    """Content decides, not the clock: of sheets, wishes, and the outputs themselves."""
    first = draw_all(sheets, "out", executor=1)
    before = Path("out/s0.pdf").read_bytes()
    os.utime("s0.md", (1, 1))
    assert statuses(draw_all(sheets, "out", executor=1)) == ["unchanged", "unchanged", "failed", "unchanged"]
    Path("s1.md").write_text(SHEET.format(n="neu"), encoding="utf-8")
    Path("out/s3.pdf").write_bytes(b"spoiled")
    Path("s2.md").write_text(SHEET.format(n="ok"), encoding="utf-8")
    second = draw_all(sheets, "out", executor=1)
    assert statuses(second) == ["unchanged", "drawn", "drawn", "drawn"]
    assert Path("out/s0.pdf").read_bytes() == before
    assert Path("out/s3.pdf").read_bytes().startswith(b"%PDF")
    assert statuses(draw_all(sheets, "out", Wishes(plain=True), executor=1)) == ["drawn"] * 4
    assert first.sheets[0].outputs == ("out/s0.pdf",)


def test_a_changed_picture_counts_as_a_change(tmp_path, monkeypatch):
    """Files a sheet is made from are part of its content."""
    from PIL import Image

    monkeypatch.chdir(tmp_path)
    Path("s.md").write_text("---\npage: A6\n---\n# T\n\n## P\n\n![a](p.png)\n", encoding="utf-8")
    Image.new("RGB", (8, 8), "red").save("p.png")
    draw_all(["s.md"], "out", executor=1)
    assert statuses(draw_all(["s.md"], "out", executor=1)) == ["unchanged"]
    Image.new("RGB", (8, 8), "blue").save("p.png")
    assert statuses(draw_all(["s.md"], "out", executor=1)) == ["drawn"]


def test_what_is_no_file_is_not_read(tmp_path, monkeypatch):
    """A sheet that names a device, a pipe, a drive or a file elsewhere is drawn; none of them is opened."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.png")
    names = ("/dev/zero", "pipe.png", "C:/x.png", "../elsewhere.png")
    Path("s.md").write_text(SHEET.format(n=1) + "".join(f"\n![x]({n})\n" for n in names), encoding="utf-8")
    report = draw_all(["s.md"], "out", executor=1)
    assert statuses(report) == ["drawn"]
    assert len(report.sheets[0].findings) == 4
    needs = json.loads(Path("out/.banana-batch.json").read_text("utf-8"))["entries"][str(tmp_path / "s.md")]["needs"]
    assert [name for name, digest in needs if digest] == [str(tmp_path / "s.md")]


def test_pages_that_are_no_longer_there_are_taken_away(tmp_path, monkeypatch):
    """A sheet that shrinks to one page leaves no second page behind."""
    monkeypatch.chdir(tmp_path)
    Path("s.md").write_text("---\npage: A6\n---\n# A\n\n## a\n\nx\n\n# B\n\n## b\n\ny\n", encoding="utf-8")
    assert draw_all(["s.md"], "out", Wishes(formats=("svg",)), executor=1).sheets[0].pages == 2
    assert sorted(p.name for p in Path("out").glob("*.svg")) == ["s-1.svg", "s-2.svg"]
    Path("s.md").write_text(SHEET, encoding="utf-8")
    draw_all(["s.md"], "out", Wishes(formats=("svg",)), executor=1)
    assert [p.name for p in Path("out").glob("*.svg")] == ["s.svg"]


@pytest.mark.parametrize("way", ["up", "absolute", "link", "nul"])
def test_a_record_that_was_tampered_with_reaches_no_file_outside(way, tmp_path, monkeypatch):
    """Who hands out a folder with a record in it cannot have files elsewhere deleted, not even ones whose content is known."""
    monkeypatch.chdir(tmp_path)
    Path("s.md").write_text("# T\n\n## A\n\nx\n")
    draw_all(["s.md"], "out", Wishes(formats=("svg",)), executor=1)
    precious = tmp_path / "precious.txt"
    precious.write_text("known")
    Path("out/link").symlink_to(tmp_path)
    name = {"up": "../precious.txt", "absolute": str(precious), "link": "link/precious.txt", "nul": "a\0b"}[way]
    found = json.loads(Path("out/.banana-batch.json").read_text())
    for entry in found["entries"].values():
        entry["outputs"].append([name, digest_of(precious)])
    Path("out/.banana-batch.json").write_text(json.dumps(found))
    Path("s.md").write_text("# T\n\n## A\n\ny\n")
    assert statuses(draw_all(["s.md"], "out", Wishes(formats=("svg",)), executor=1)) == ["drawn"]
    assert precious.read_text() == "known"


def test_a_record_that_never_ends_counts_as_none(tmp_path, monkeypatch):
    """A device, a pipe or gigabytes under the record's name are not read."""
    monkeypatch.chdir(tmp_path)
    Path("out").mkdir()
    Path("out/.banana-batch.json").symlink_to("/dev/zero")
    assert record.read(Path("out")).entries == {}
    Path("out/.banana-batch.json").unlink()
    with Path("out/.banana-batch.json").open("wb") as file:
        file.truncate(1 << 40)
    assert record.read(Path("out")).entries == {}


def test_any_executor_draws_the_same_bytes(sheets):
    """Processes, threads and this process agree."""
    draw_all(sheets, "here", executor=1)
    draw_all(sheets, "processes", executor=2)
    with ThreadPoolExecutor(2) as threads:
        draw_all(sheets, "threads", executor=threads)
    for n in (0, 1, 3):
        assert len({Path(f"{folder}/s{n}.pdf").read_bytes() for folder in ("here", "processes", "threads")}) == 1


def test_sheets_of_one_name_keep_their_folders(tmp_path, monkeypatch):
    """`a/x.md` and `b/x.md` do not overwrite one another; `x.md` and `x.json` cannot both be `x.pdf`."""
    monkeypatch.chdir(tmp_path)
    for name in ("a/x.md", "b/x.md"):
        Path(name).parent.mkdir()
        Path(name).write_text(SHEET.format(n=name), encoding="utf-8")
    report = draw_all(["a/x.md", "b/x.md", "./a/x.md"], "out", executor=1)
    assert [s.outputs for s in report.sheets] == [("out/a/x.pdf",), ("out/b/x.pdf",)]
    Path("a/x.json").write_text('{"title": "T"}', encoding="utf-8")
    with pytest.raises(BananaError, match="same files"):
        draw_all(["a/x.md", "a/x.json"], "out", executor=1)


def test_the_book_holds_all_pages_in_order(sheets):
    """A PDF of every sheet that could be drawn, made again only when one of them changed."""
    import pikepdf

    report = draw_all(sheets, "out", executor=1, book="book.pdf")
    assert report.book == "book.pdf"
    with pikepdf.open("book.pdf") as book:
        assert len(book.pages) == 3
    stamp = Path("book.pdf").stat().st_mtime_ns
    draw_all(sheets, "out", executor=1, book="book.pdf")
    assert Path("book.pdf").stat().st_mtime_ns == stamp
    draw_all(sheets[:2], "out", executor=1, book="book.pdf")
    with pikepdf.open("book.pdf") as book:
        assert len(book.pages) == 2


def square_or_die(n):
    if n == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n


def test_a_dying_process_takes_only_its_own_task_along():
    """The task that kills its worker is lost; every other one has its result."""
    found = dict(Runner(square_or_die, 2, None).run(list(range(40))))
    assert isinstance(found.pop(5), Lost)
    assert found == {n: n * n for n in range(40) if n != 5}


def test_a_given_executor_that_breaks_ends_in_losses_not_in_silence():
    """Every task is accounted for."""
    with ProcessPoolExecutor(1) as pool:
        found = dict(Runner(square_or_die, 1, pool).run(list(range(40))))
    assert len(found) == 40
    assert isinstance(found[5], Lost) and isinstance(found[39], Lost)
    assert found[0] == 0


def test_results_never_pile_up():
    """Only a window of tasks is handed over at a time."""
    under_way = []

    class Counting(ThreadPoolExecutor):
        def submit(self, *a):
            under_way.append(0)
            return super().submit(*a)

    with Counting(2) as threads:
        most = 0
        for _ in Runner(abs, 2, threads, 6).run(list(range(100))):
            under_way.pop()
            most = max(most, len(under_way))
    assert most <= 6


def test_the_command_reports_and_fails_softly(sheets, capsysbinary):
    """Exit code 1 with one broken sheet, the report as JSON and text, folders and patterns as inputs."""
    assert main(["batch", ".", "-o", "out", "-j", "1", "--report", "r.json", "--report", "r.txt"]) == 1
    out, err = capsysbinary.readouterr()
    assert out.decode() == "4 sheets: 3 drawn, 0 unchanged, 1 failed\n"
    assert b"s2.md:7:" in err
    assert json.loads(Path("r.json").read_text())["drawn"] == 3
    assert Path("r.txt").read_text().endswith("1 failed\n")
    assert main(["batch", "s[01].md", "-o", "out", "-j", "1", "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["unchanged"] == 2
    assert main(["batch", "s[01].md", "-o", "out", "-j", "1", "--force", "-q"]) == 0
    assert capsysbinary.readouterr().out == b""
    assert main(["batch", "nothing*.md", "-o", "out"]) == 1
    assert main(["batch", ".", "-o", "out", "--scheduler", "tcp://127.0.0.1:1", "-j", "2"]) == 2


def test_print_presets_hold_for_sheets_and_book(sheets):
    """With `print` every PDF, the book too, has a trim box inside its bleed."""
    import pikepdf

    draw_all(sheets[:2], "out", Wishes(preset="print"), executor=1, book="book.pdf")
    for name in ("out/s0.pdf", "book.pdf"):
        with pikepdf.open(name) as made:
            trim, media = (made.pages[0][key] for key in ("/TrimBox", "/MediaBox"))
            assert float(media[2] - media[0]) > float(trim[2] - trim[0])
    report = draw_all(sheets[:1], "out", Wishes(preset="nope"), executor=1)
    assert statuses(report) == ["failed"]


def test_a_script_without_a_guard_is_told_what_to_do(sheets, tmp_path):
    """Workers read the script that starts them again; one that starts workers when it is read cannot have any."""
    script = "from banana_layout.batch import draw_all\ndraw_all(['s0.md', 's1.md', 's3.md'], 'out', executor=2)\n"
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, str(tmp_path / "script.py")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 1
    assert "if __name__ == '__main__':" in done.stderr
