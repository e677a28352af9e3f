"""What the command line's tests share: a folder with a small sheet, and a way to run the command."""

from __future__ import annotations

import io
import sys
from typing import NamedTuple

import pytest

from banana_layout.cli.main import main

SHEET = """---
page: A6
layout:
  - 20: title
  - 80: one
---

# 🍌 추론

## 🎲 One

- **Bold** and 한글
"""
TWO_PAGES = SHEET.partition("layout:")[0] + "---\n\n# A\n\n## One\n\n- one\n\n# B\n\n## Two\n\n- two\n"


class Done(NamedTuple):
    """What a run left behind."""

    code: int
    out: bytes
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder that holds `sheet.md`, `two.md` and `flow.mmd`."""
    (tmp_path / "sheet.md").write_text(SHEET, encoding="utf-8")
    (tmp_path / "two.md").write_text(TWO_PAGES, encoding="utf-8")
    (tmp_path / "flow.mmd").write_text("flowchart LR\n  A[Prefix] --> B{Sample}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def banana(folder, capsysbinary, monkeypatch):
    """Runs the command in the folder; `stdin` is what it reads from there."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        code = main([str(a) for a in arguments])
        out, err = capsysbinary.readouterr()
        return Done(code, out, err.decode())

    return run


@pytest.fixture
def untouched(folder):
    """Tells whether the folder still holds what it held in the beginning, and nothing else."""
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def check():
        return {p.name: p.read_bytes() for p in folder.iterdir()} == before

    return check
