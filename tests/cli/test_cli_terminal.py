"""What a terminal is good for: colours, silence, completion, opening what was made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from banana_layout.cli.main import COMMANDS, banana
from banana_layout.cli.terminal import colored

ROOT = Path(__file__).resolve().parents[2]
MESSAGE = "s.md:3:1: error: no\n  x\n  ^\n  hint: yes"
WARNS = "---\npage: A6\n---\n# T\n\n## P\n\nx\n\n[unused]: https://example.org\n"


class Terminal:
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_colours_come_to_terminals_that_want_them(monkeypatch):
    """A terminal gets colours; NO_COLOR, a dumb terminal and a pipe get the text as it is."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert click.unstyle(colored(MESSAGE)) == MESSAGE
    assert colored(MESSAGE).count("\x1b[") >= 6
    monkeypatch.setenv("NO_COLOR", "1")
    assert colored(MESSAGE) == MESSAGE
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert colored(MESSAGE) == MESSAGE
    monkeypatch.undo()
    assert colored(MESSAGE) == MESSAGE


def test_quiet_leaves_warnings_unsaid_and_errors_not(banana_run, folder):
    """With -q a warning is not told; an error is; without it both are."""
    (folder / "w.md").write_text(WARNS, encoding="utf-8")
    assert "warning:" in banana_run("render", "w.md", "-o", "w.svg").err
    assert banana_run("render", "w.md", "-o", "w.svg", "-q").err == ""
    assert banana_run("render", "no.md", "-o", "w.svg", "-q").err != ""


def test_open_shows_the_first_output(banana_run, folder, monkeypatch):
    """--open hands the first file to the system."""
    opened = []
    monkeypatch.setattr(click, "launch", opened.append)
    assert banana_run("render", "sheet.md", "-o", "a.pdf", "-o", "a.svg", "--open").code == 0
    assert banana_run("diagram", "flow.mmd", "-o", "f.svg", "--open").code == 0
    assert banana_run("render", "sheet.md", "-o", "a.pdf").code == 0
    assert opened == [str(folder / "a.pdf"), str(folder / "f.svg")]


@pytest.fixture
def banana_run(banana):
    """The command, run in this process."""
    return banana


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(banana, shell):
    """Each shell gets a script that asks the command itself."""
    done = banana("completion", shell)
    assert done.code == 0 and b"_BANANA_COMPLETE" in done.out


def test_commands_and_options_are_completed():
    """What the shell's script asks is answered."""
    environment = os.environ | {"_BANANA_COMPLETE": "bash_complete", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from banana_layout.cli.main import main; main()"]
    for words, at, wanted in (("banana ren", "1", "plain,render"), ("banana render --pl", "2", "plain,--plain")):
        asked = environment | {"COMP_WORDS": words, "COMP_CWORD": at}
        done = subprocess.run(command, capture_output=True, text=True, env=asked, check=False)
        assert wanted in done.stdout, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    """Help says what the command does; those that take a file show an example."""
    command = banana.get_command(click.Context(banana), name)
    assert command.help
    if any(isinstance(p, click.Argument) for p in command.params):
        assert command.epilog and "banana " in command.epilog


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_and_plain_words(name):
    """Every command shows an example, and no option is called after the class that reads it."""
    command = banana.get_command(click.Context(banana), name)
    text = command.get_help(click.Context(command, info_name=f"banana {name}"))
    assert "Example" in text and "RANGE" not in text


@pytest.mark.parametrize(
    ("words", "at", "wanted"),
    [
        ("banana render sh", 2, "file,sh"),
        ("banana batch -o ", 3, "dir,"),
        ("banana render --theme ch", 3, "plain,chalkboard"),
        ("banana render --theme looks/m", 3, "file,looks/m"),
        ("banana layout --page let", 3, "plain,letter"),
        ("banana preflight ", 2, "file,"),
    ],
)
def test_files_themes_and_papers_are_completed(words, at, wanted):
    """A shell learns which names there are, and where to look for files or folders itself."""
    asked = os.environ | {"_BANANA_COMPLETE": "bash_complete", "PYTHONPATH": str(ROOT)}
    asked |= {"COMP_WORDS": words, "COMP_CWORD": str(at)}
    command = [sys.executable, "-c", "from banana_layout.cli.main import main; main()"]
    done = subprocess.run(command, capture_output=True, text=True, env=asked, check=False)
    assert wanted in done.stdout.split("\n"), (done.stdout, done.stderr)


def test_a_real_bash_completes(tmp_path):
    """The script is loaded by bash itself, which then fills in a theme's name."""
    shim = tmp_path / "banana"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m banana_layout "$@"\n')
    shim.chmod(0o755)
    script = (
        'eval "$(banana completion bash)"; complete -p banana; '
        "COMP_WORDS=(banana render --theme ch); COMP_CWORD=3; _banana_completion banana; echo ${COMPREPLY[@]}"
    )
    environment = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert "_banana_completion banana" in done.stdout and done.stdout.endswith("chalkboard\n"), done


def test_a_bare_zsh_loads_its_completion_first(banana):
    """Without any configuration zsh knows no `compdef`."""
    script = banana("completion", "zsh").out.decode()
    assert script.index("compinit") < script.index("compdef _banana")


def test_a_theme_can_be_printed_to_start_from(banana, folder):
    """`themes --toml` prints a file that is a theme again; without a name, or with one nobody knows, it says so."""
    (folder / "mine.toml").write_bytes(banana("themes", "--theme", "kraft", "--toml").out)
    assert banana("render", "sheet.md", "-o", "a.svg", "--theme", "mine.toml").code == 0
    assert banana("themes", "--toml").code == 2
    assert b"did you mean" in banana("themes", "--theme", "craft", "--toml").err.encode()


def test_the_bare_command_is_its_help_in_lines(banana):
    """`banana` alone shows the help as it is written, lines and all, and is a wrong command."""
    done = banana()
    assert done.code == 2
    assert done.err.startswith("Usage: banana [OPTIONS] COMMAND")
    assert "\nCommands:\n  batch " in done.err
    assert "␊" not in done.err


def test_a_forgotten_output_is_told_with_what_to_write(banana):
    """`banana render sheet.md` alone says how to name the output."""
    done = banana("render", "sheet.md")
    assert (done.code, "such as -o sheet.pdf" in done.err) == (2, True)


def test_a_new_sheet_tells_a_terminal_how_to_go_on(banana, folder, monkeypatch, capsysbinary):
    """In a terminal `banana new` names the next command; in a script it says nothing."""
    assert banana("new", "one.md").err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert "banana watch two-more.md --open" in banana("new", "two-more.md").err


def test_many_sheets_are_followed_by_a_bar(banana_run, folder, monkeypatch):
    """A terminal sees how far eight sheets and more are; a pipe, a few sheets and --quiet have no bar."""
    for n in range(8):
        (folder / f"n{n}.md").write_text(f"# T{n}\n\n## A\n\nx\n", encoding="utf-8")
    names = [f"n{n}.md" for n in range(8)]
    assert "laying out" not in banana_run("render", *names, "-o", "x.pdf").err
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    said = banana_run("render", *names, "-o", "x.pdf").err
    assert "laying out" in said and "drawing" in said and "8/8" in said
    assert "laying out" not in banana_run("render", *names[:3], "-o", "x.pdf").err
    assert "laying out" not in banana_run("render", *names, "-o", "x.pdf", "-q").err
