"""`banana new`: a sheet to start from, and the sheet a brief describes."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from banana_layout import pipeline
from banana_layout.cli.main import main  # noqa: F401  (the entry point must import)
from banana_layout.cli.new import START, command

BRIEF = Path(__file__).parent.parent / "cases" / "briefs" / "two-zones.md"


def run(*arguments: str):
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_new_sheet_is_a_page(tmp_path):
    """The sheet to start from renders as it is."""
    path = tmp_path / "my.md"
    assert run(path).exit_code == 0
    layout = pipeline.layout(pipeline.read(path))
    assert (len(layout.pages), layout.warnings) == (1, ())


def test_new_writes_to_stdout_and_never_over_a_file(tmp_path):
    """Without a name the sheet goes to stdout; a file that is there stays unless --force is given."""
    assert run().output == START
    path = tmp_path / "my.md"
    path.write_text("mine")
    assert run(path).exit_code != 0
    assert path.read_text() == "mine"
    assert run(path, "--force").exit_code == 0


def test_new_from_a_brief(tmp_path):
    """The sheet of a brief is Markdown that gives the same page."""
    path = tmp_path / "sheet.md"
    assert run("--from", BRIEF, path).exit_code == 0
    assert "layout:" in path.read_text()
    assert pipeline.to_svg(pipeline.read(path)) == pipeline.to_svg(pipeline.read(BRIEF))
