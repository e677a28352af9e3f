"""The documentation is true: its examples run, its site builds without a warning, and it names all there is."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

import banana_layout
from banana_layout.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md"))

FENCE = re.compile(r"^(?P<mark>`{3,})(?P<head>[^\n`]*)\n(?P<body>.*?)^(?P=mark)$", re.MULTILINE | re.DOTALL)
CAPTION = re.compile(r":caption: (?P<name>\S+)\n\n?")


def fences(page):
    """Yield each fence of a page: what it is, and its text."""
    for found in FENCE.finditer((DOCS / page).read_text(encoding="utf-8")):
        yield found["head"].strip(), found["body"]


@pytest.mark.parametrize("page", [p for p in PAGES if any(h in ("python", "console") for h, _ in fences(p))])
def test_examples_run(page, tmp_path, monkeypatch, capsys):
    """Python runs top to bottom in one module; each `$ banana …` ends as the page says, with the output it shows."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path, str(ROOT)])
    for head, body in fences(page):
        if head.startswith("{code-block}") and (caption := CAPTION.match(body)):
            path = tmp_path / caption["name"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(body[caption.end() :], encoding="utf-8")
    names = {"__name__": "example"}
    for head, body in fences(page):
        if head == "python":
            exec(compile(body, page, "exec"), names)
        elif head == "console":
            for command in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                line, _, shown = command.partition("\n")
                line, _, code = line.partition("  # exit ")
                program, *arguments = shlex.split(line)
                assert program == "banana"
                capsys.readouterr()
                assert main(arguments) == int(code or 0), line
                said = capsys.readouterr()
                assert all(one in said.err + said.out for one in shown.splitlines()), said


def test_the_site_builds_without_a_warning(tmp_path):
    """The one command says nothing, draws every picture, and explains every public name and command."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(DOCS), str(tmp_path / "site")]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    drawn = {
        p: len(re.findall(r"^`{3,}(?:mermaid|banana)$", (DOCS / p).read_text("utf-8"), re.MULTILINE)) for p in PAGES
    }
    index = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert index.count("<svg role=") == 1
    how = (tmp_path / "site/how-to/sites.html").read_text(encoding="utf-8")
    assert how.count("<svg role=") == drawn["how-to/sites.md"] == 1
    reference = (tmp_path / "site/reference/python.html").read_text(encoding="utf-8")
    names = [n for n in banana_layout.__all__ if n not in ("__version__", "constraints")]
    assert [n for n in names if f'id="banana_layout.{n}"' not in reference] == []
    for module in ("constraints", "content", "batch", "testing"):
        found = importlib.import_module(f"banana_layout.{module}")
        assert [n for n in public(found) if f"{module}.{n}" not in reference] == []
    commands = (tmp_path / "site/reference/command.html").read_text(encoding="utf-8")
    assert [n for n in COMMANDS if f'id="banana-{n}"' not in commands] == []


def public(module):
    """Return the names a module offers."""
    own = [
        n for n, v in vars(module).items() if not n.startswith("_") and getattr(v, "__module__", "") == module.__name__
    ]
    return getattr(module, "__all__", own)


class Links(HTMLParser):
    """What a page of the site links to, and the places it has."""

    def __init__(self, page):
        super().__init__()
        self.places, self.targets = {""}, []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        """Note an element's id and what it points to."""
        found = dict(attributes)
        self.places.add(found.get("id", ""))
        self.targets += [found[key] for key in ("href", "src") if key in found]


def test_every_link_of_the_site_leads_to_a_place_there_is(tmp_path):
    """Pages, anchors, pictures and styles of the finished site are all there."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(DOCS), str(tmp_path)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)
    pages = {page.resolve(): Links(page) for page in tmp_path.rglob("*.html")}
    dead = []
    for page, links in pages.items():
        for target in links.targets:
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not file.exists() or (file in pages and unquote(parts.fragment) not in pages[file].places):
                dead.append((page.name, target))
    assert dead == []


def test_links_between_pages_lead_somewhere():
    """Every relative link of a page is a file."""
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", (DOCS / page).read_text(encoding="utf-8")):
            assert ((DOCS / page).parent / target).exists(), (page, target)


def test_hooks_and_action_call_what_there_is(tmp_path, monkeypatch, capsys):
    """The pre-commit hooks' commands run on several files, and the action's and container's files say what they should."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.md").write_text("---\npage: A6\n---\n# T\n\n## P\n\nx\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("---\npage: A66\n---\n# T\n", encoding="utf-8")
    hooks = {h["id"]: h for h in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert set(hooks) == {"banana-check", "banana-batch"}
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for files, code in ((["good.md", "good.md"], 0), (["good.md", "bad.md"], 1)):
        for hook in hooks.values():
            program, *arguments = [*shlex.split(hook["entry"]), *hook.get("args", ()), *files]
            assert program in ("banana", "banana-check-all")
            if program == "banana":
                assert main(arguments) == code
            else:
                from banana_layout.integrations.pre_commit import main as check_all

                assert check_all(arguments) == code
    capsys.readouterr()
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    script = action["runs"]["steps"][-1]["run"]
    given = {"INPUT_SHEETS": "good.md", "INPUT_OUTPUT": "drawn", "INPUT_FORMATS": "pdf svg", "INPUT_OPTIONS": "--plain"}
    shim = tmp_path / "bin/banana"
    shim.parent.mkdir()
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m banana_layout "$@"\n')
    shim.chmod(0o755)
    path = f"{shim.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["bash", "-c", script], check=True, env=environment | given | {"PATH": path}, capture_output=True)
    assert sorted(p.name for p in (tmp_path / "drawn").glob("[!.]*")) == ["good.pdf", "good.svg"]


def test_podman_and_docker_leave_out_the_same():
    """The two lists of what an image is not built from are one."""
    lists = [(ROOT / name).read_text("utf-8").splitlines()[1:] for name in (".containerignore", ".dockerignore")]
    assert lists[0] == lists[1] and ".git" in lists[0]


def test_no_page_tells_of_a_publication_that_may_not_be():
    """The project is installed from a checkout or a wheel; addresses that a reader must fill in say so."""
    for page in (*(DOCS / p for p in PAGES), ROOT / "README.md"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"install '?banana-layout'?(?!\[)|--from banana-layout|nano-banana/banana_layout", text), (
            page
        )
