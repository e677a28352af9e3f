"""What others wrote never reaches a terminal as an order: names, messages, quoted lines, tables of panels."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from banana_layout.source import LONGEST_MESSAGE, BananaError, Diagnostic, Source, Span, json_bytes, legible

ROOT = Path(__file__).resolve().parent.parent.parent
ORDERS = "\x1b]0;owned\x07\x1b[31m\u202e\x9b2J\x7f"
"""Retitles the window, colours, turns the line around, clears the screen, rubs out."""
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(*arguments: str | bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a folder, in colour as on a terminal that would obey."""
    return subprocess.run(
        [sys.executable, "-B", "-m", "banana_layout", *arguments], cwd=folder, capture_output=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "FORCE_COLOR": ""},
    )  # fmt: skip


SHEETS = {
    "front matter": f'---\npage: "{ORDERS}"\n---\n# T\n',
    "layout": f"---\nlayout:\n  - 10: nope{ORDERS}\n---\n# T\n\n## A\n\nx\n",
    "escape in YAML": '---\npage: "\\e]0;owned\\a\\N"\n---\n# T\n',
    "line end in YAML": '---\npage: "A4\\nevil.md:1:1: error: call 555"\n---\n# T\n',
    "panel's id": '---\nlayout:\n  - 10: "\\e[31m"\n---\n# T\n\n## A\n\nx\n',
    "image": f"# T\n\n## A\n\n![x]({ORDERS}.png)\n",
    "link": f"# T\n\n## A\n\n[x](javascript:{ORDERS})\n",
    "Mermaid": f"# T\n\n## A\n\n```mermaid\nflowchart LR\na-->{ORDERS}b[[[\n```\n",
    "constraint": '---\nconstraints:\n  - "\\e[2J": 3\n---\n# T\n\n## A\n\nx\n',
}
"""Sheets whose errors and warnings quote them."""


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("command", ["check", "layout"])
def test_messages_give_a_terminal_no_orders(name: str, command: str, tmp_path: Path) -> None:
    """A sheet's characters that steer a terminal are shown as signs, and a message stays as many lines as it has."""
    tmp_path.joinpath("sheet.md").write_text(SHEETS[name], encoding="utf-8")
    done = run(command, "sheet.md", folder=tmp_path)
    said = (done.stdout + done.stderr).decode()
    assert HARMFUL.findall(said) == []
    assert not said.startswith("evil.md")
    assert "\nevil.md" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", f"absent{ORDERS}.md"),
        ("render", "sheet.md", "-o", f"{ORDERS}.xyz"),
        ("render", "sheet.md", "-o", f"{ORDERS}/a.svg"),
        ("render", "sheet.md", "-o", "a.svg", "--theme", ORDERS),
        ("render", "sheet.md", "-o", "a.svg", "--page", ORDERS),
        (ORDERS,),
        ("render", f"--{ORDERS}"),
        ("batch", f"*{ORDERS}", "-o", "out"),
        ("preflight", f"absent{ORDERS}.pdf"),
        ("watch", f"absent{ORDERS}.md"),
        ("check", f"named{ORDERS}.md"),
        ("layout", f"named{ORDERS}.md"),
        ("batch", f"named{ORDERS}.md", "-o", "out"),
    ],
    ids=lambda a: legible(" ".join(a)),
)
def test_names_give_a_terminal_no_orders(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Names of files, themes and commands are quoted as signs too."""
    for name in ("sheet.md", f"named{ORDERS}.md"):
        tmp_path.joinpath(name).write_text("# T\n\n## A\n\n![x](absent.png)\n", encoding="utf-8")
    done = run(*arguments, folder=tmp_path)
    said = (done.stdout + done.stderr).decode()
    assert HARMFUL.findall(said) == []
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", b"\xc7\xd1.md"),
        ("check", b"\xc7\xd1.md", "--json"),
        ("layout", b"\xc7\xd1.md", "--json"),
        ("render", b"\xc7\xd1.md", "-o", b"\xb1\xdb.svg", "-o", b"\xb1\xdb.pdf"),
        ("batch", b"\xc7\xd1.md", "-o", "out", "--json", "--report", "report.txt"),
    ],
    ids=["check", "json", "layout", "render", "batch"],
)
def test_names_that_are_no_utf8_are_names(arguments: tuple[str | bytes, ...], tmp_path: Path) -> None:
    """A file from a Korean Windows, its name in CP949, is drawn, told and remembered like any other."""
    with open(os.path.join(os.fsencode(tmp_path), b"\xc7\xd1.md"), "w", encoding="utf-8") as file:  # noqa: PTH118, PTH123
        file.write("# T\n\n## A\n\n![x](absent.png)\n")
    done = run(*arguments, folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    if "--json" in arguments:
        assert json.loads(done.stdout)["version"] == 1
    if arguments[0] == "batch":
        assert b'"unchanged": 1' in run(*arguments, folder=tmp_path).stdout.replace(b'"unchanged":1', b'"unchanged": 1')


def test_what_is_quoted_is_cut() -> None:
    """A message that quotes a whole file stays readable."""
    error = BananaError.single("x" * 1_000_000, hints=("y" * 1_000_000,))
    assert len(str(error)) < 3 * LONGEST_MESSAGE


def test_carets_stay_under_what_they_mean() -> None:
    """Signs that stand in for control characters are one cell wide, as the characters were counted."""
    source = Source("a.md", "ab\x1bcd")
    assert Diagnostic("error", "m", Span(3, 5), (), source).render().split("\n")[1:] == ["  ab␛cd", "     ^^"]


def test_plain_text_stays_as_it_is() -> None:
    """Letters of any script, joined emoji and accents are not touched."""
    for text in ("추론 INFERENCE 推論", "👩‍🚀❤️", "naïve e\u0301", "“q” – …"):
        assert legible(text) == text
    assert json_bytes({"a": "한"}) == '{"a":"한"}'.encode()
    assert json.loads(json_bytes({"a": "\udcff한"}, 2)) == {"a": "\udcff한"}
