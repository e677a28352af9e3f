"""What Windows does otherwise, tried here: consoles of other encodings, drive letters, files that are open elsewhere."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from banana_layout.batch import run
from banana_layout.cli.main import main
from banana_layout.source import BananaError, Diagnostic, Source, Span

ROOT = Path(__file__).resolve().parents[2]
POSIX_ONLY = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}


def spoken(encoding, *arguments, folder):
    """Run the command as a console of that encoding would."""
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "banana_layout", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, cwd=folder, check=False)


@pytest.mark.parametrize("encoding", ["cp949", "cp1252", "cp437"])
def test_consoles_of_other_encodings_are_spoken_to(folder, encoding):
    """Emoji, Hangul and signs that a console lacks become question marks, never a traceback."""
    (folder / "bad.md").write_text("---\nlayout: [{1: 🍌추론}]\n---\n\n## 🎲 추론 ×\n\nx\n", encoding="utf-8")
    for arguments, code in (
        (("layout", "sheet.md"), 0),
        (("check", "bad.md"), 1),
        (("render", "--help"), 0),
        (("batch", "sheet.md", "bad.md", "-o", "out"), 1),
    ):
        done = spoken(encoding, *arguments, folder=folder)
        assert done.returncode == code, done
        assert b"Traceback" not in done.stderr
        (done.stdout + done.stderr).decode(encoding)
    assert b"?" in spoken(encoding, "check", "bad.md", folder=folder).stderr


@pytest.mark.parametrize("arguments", [("new",), ("schema",), ("themes", "--theme", "kraft", "--toml")])
def test_what_becomes_a_file_is_utf8_in_every_console(folder, arguments):
    """Output that is a file's content is UTF-8 with plain line ends, whatever the console's encoding."""
    said = spoken("cp949", *arguments, folder=folder).stdout
    assert said == spoken("utf-8", *arguments, folder=folder).stdout
    said.decode("utf-8")
    assert b"\r" not in said


def test_places_on_drives_are_told_as_editors_read_them():
    """`C:\\…:line:column: error:` stays one place."""
    source = Source(r"C:\Users\me\sheet.md", "a\nbcd\n")
    assert Diagnostic("error", "no", Span(3, 4), (), source).render().startswith(r"C:\Users\me\sheet.md:2:2: error: no")


def test_sheets_of_one_name_on_two_drives_are_told(monkeypatch):
    """There is no folder they share."""

    class OnWindows(PureWindowsPath):
        def resolve(self):
            return self

    monkeypatch.setattr(run, "Path", OnWindows)
    with pytest.raises(BananaError, match="several drives"):
        run._stems([r"C:\a\one.md", r"D:\a\one.md"])


def test_a_file_that_another_program_holds_open_is_told(folder, monkeypatch, capsys):
    """Windows does not replace what a viewer shows; the message says what is in the way, and nothing is left behind."""

    def held(self, target):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", held)
    assert main(["render", "sheet.md", "-o", "a.pdf"]) == 1
    said = capsys.readouterr().err
    assert "a.pdf: Access is denied" in said and "hint: another program" in said
    assert [p.name for p in folder.glob("*a.pdf*")] == []


def test_modules_that_only_posix_has_are_not_imported():
    """The package can be imported on Windows."""
    found = []
    for path in (ROOT / "banana_layout").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path.name}: {name}" for name in names if name.split(".")[0] in POSIX_ONLY]
    assert found == []
