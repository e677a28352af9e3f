"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import shlex
import textwrap
from pathlib import Path

import pytest

import banana_layout
from banana_layout import pipeline
from banana_layout.cli.main import COMMANDS
from banana_layout.source import BananaError
from banana_layout.theme.load import names

ROOT = Path(__file__).resolve().parent.parent


def section(title):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def codes_of(title):
    """The section's indented blocks."""
    blocks = re.findall(r"(?:^ {4}.*\n|^\n)+", section(title) + "\n", re.MULTILINE)
    return [textwrap.dedent(b).strip() + "\n" for b in blocks if b.strip()]


def code_of(title):
    """The section's first indented block."""
    return codes_of(title)[0]


def test_the_sheet_in_the_readme_is_laid_out_without_a_word():
    """The example sheet fits its page and gives no warning."""
    document, warnings = pipeline.read_warned(code_of("A sheet"))
    page = banana_layout.layout(document)
    assert (warnings, page.warnings) == ((), ())
    assert [p.id for p in page.pages[0].panels] == ["title", "what-is-inference", "key-takeaways"]
    assert len(page.pages[0].diagrams()) == 1


def test_the_python_in_the_readme_runs(tmp_path, monkeypatch):
    """The example writes its three files beside the sheet."""
    (tmp_path / "inference.md").write_text(code_of("A sheet"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for code in codes_of("From Python"):
        exec(compile(code, "README.md", "exec"), {})
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "inference.md", "inference.pdf", "inference.png", "inference.svg",
    ]  # fmt: skip


def test_the_readme_names_every_key_command_and_theme():
    """Nothing that can be said is left out of the reference."""
    with pytest.raises(BananaError) as caught:
        banana_layout.read("---\nzzz: 1\nlayout:\n  - 1: x\n---\n\n## x\n")
    known = next(h for d in caught.value.diagnostics for h in d.hints if "known keys" in h)
    keys = re.findall(r"\w+", known.partition("known keys are")[2])
    table = section("A sheet")
    assert len(keys) > 8
    assert [key for key in keys if f"`{key}`" not in table] == []
    assert [name for name in names() if f"`{name}`" not in table] == []
    commands = section("The command")
    assert [name for name in COMMANDS if f"banana {name}" not in commands] == []


def test_the_readme_s_first_command_draws_a_sheet_that_is_there():
    """The setting-up line names a sample of this repository and the command it installs."""
    line = code_of("Two commands")
    words = shlex.split(line)
    assert re.match(r"python3 -m venv \.venv && ", line)
    assert (ROOT / words[words.index("render") + 1]).is_file()
