"""The house's rules, read off the syntax tree of every module: who may import whom, sizes, names, docstrings."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "banana_layout"

BASE = ("geometry", "color", "source", "resources")
EVERYTHING = "*"
KIND_ROOMS = ("blocks", "diagrams")

MAY_IMPORT = {
    "geometry": (),
    "color": (),
    "source": (),
    "resources": (),
    "font": BASE,
    "model": ("source",),
    "theme": BASE,
    "scene": ("geometry", "color", "font"),
    "syntax": (*BASE, "model"),
    "text": (*BASE, "font", "theme", "scene"),
    "graph": ("geometry",),
    "sketch": ("geometry", "color", "scene"),
    "render": (*BASE, "font", "scene"),
    "layout": (*BASE, "model", "theme", "font", "text", "scene"),
    "kind": ("model", "layout"),
    "blocks": (*BASE, "kind", "model", "theme", "text", "scene", "layout"),
    "diagrams": (*BASE, "kind", "model", "theme", "text", "scene", "layout", "graph", "syntax"),
    "constraints": (*BASE, "model", "theme", "font", "text", "scene", "sketch", "layout"),
    "preflight": BASE,
    "imposition": (*BASE, "font", "scene"),
    "book": (EVERYTHING,),
    "testing": (EVERYTHING,),
    "authoring": (*BASE, "model", "syntax"),
    "content": (*BASE, "model", "syntax"),
    "interchange": (*BASE, "model", "syntax", "authoring"),
    "sheet": (EVERYTHING,),
    "batch": (EVERYTHING,),
    "preview": (EVERYTHING,),
    "integrations": (EVERYTHING,),
    "agents": (EVERYTHING,),
    "pipeline": (EVERYTHING,),
    "cli": (EVERYTHING,),
    "__init__": (EVERYTHING,),
    "__main__": ("cli",),
}
"""For each room (a folder or a module of the package) the rooms it may import beside itself."""

IN_FUNCTIONS_ONLY = {
    "PIL", "cairosvg", "defusedxml", "distributed", "fontTools", "markdown_it", "mdit_py_plugins", "pikepdf",
    "pygments", "pypdfium2", "reportlab", "rich", "svgwrite", "tinycss2", "yaml",
}  # fmt: skip
"""Third-party modules that cost too much to be imported before they are needed."""
COMMAND_LINE_ONLY = {"click", "rich", "watchfiles"}
NO_NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "smtplib", "socket", "socketserver", "ssl", "urllib3"}
NO_CHANCE = {"datetime", "locale", "random", "secrets", "time", "uuid"}
"""Standard modules whose answers differ from run to run or place to place."""
WORDLESS_NAMES = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
DISTRIBUTIONS = {"PIL": "pillow", "fontTools": "fonttools", "markdown_it": "markdown-it-py",
                 "mdit_py_plugins": "mdit-py-plugins", "yaml": "pyyaml"}  # fmt: skip


class Import(NamedTuple):
    """One import statement's target."""

    target: str
    line: int
    late: bool
    """Whether it runs only when a function does, or never (under TYPE_CHECKING)."""


class Module(NamedTuple):
    """One file of the package."""

    name: str
    path: Path
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str:
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


@functools.cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, path, ast.parse(text), text.count("\n")))
    return tuple(found)


@functools.cache
def module_names() -> frozenset[str]:
    return frozenset(m.name for m in modules())


@functools.cache
def imports(module: Module) -> tuple[Import, ...]:
    """Every import of a module, those in function bodies and under TYPE_CHECKING too."""
    found: list[Import] = []

    def walk(node: ast.AST, inside: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend(Import(alias.name, node.lineno, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                found.append(Import(whole if whole in module_names() else base, node.lineno, inside))
        for child in ast.iter_child_nodes(node):
            late = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            late |= isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING" and child in node.body
            walk(child, inside or late)

    walk(module.tree, False)
    return tuple(found)


def own(found: Import) -> bool:
    return found.target.split(".")[0] == "banana_layout"


def room_of(target: str) -> str:
    parts = target.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def functions(module: Module):
    return [n for n in ast.walk(module.tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]


def test_every_room_has_a_row_in_the_import_map():
    """A new folder or module of the package says first whom it may import."""
    assert {m.room for m in modules()} - set(MAY_IMPORT) == set()


def test_rooms_import_only_whom_they_may():
    """Data flows one way: no room knows what is built on it."""
    found = [
        f"{m.at(i.line)}: {m.room} imports {i.target}"
        for m in modules()
        for i in imports(m)
        if own(i)
        and room_of(i.target) != m.room
        and EVERYTHING not in MAY_IMPORT[m.room]
        and room_of(i.target) not in MAY_IMPORT[m.room]
    ]
    assert found == []


def test_no_kind_imports_a_sibling_kind():
    """A block or a diagram can be taken away without touching another one."""
    found = []
    for room in KIND_ROOMS:
        kinds = {p.stem for p in (PACKAGE / room).iterdir() if defines_place(p)}
        for m in modules():
            parts = m.name.split(".")
            if m.room != room or len(parts) < 3 or parts[2] not in kinds:
                continue
            found += [
                f"{m.at(i.line)}: {parts[2]} imports {i.target}"
                for i in imports(m)
                if own(i) and i.target.split(".")[1:2] == [room] and [*i.target.split("."), ""][2] in kinds - {parts[2]}
            ]
    assert found == []


def defines_place(path: Path) -> bool:
    """Whether a file or folder of a room is a kind: it has a `place` of its own."""
    file = path / "place.py" if path.is_dir() else path
    if file.suffix != ".py" or not file.is_file():
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(n, ast.FunctionDef) and n.name == "place" for n in tree.body)


def test_imports_are_absolute():
    """Every import says in full whom it means, so that the map can be read off it."""
    assert [m.at(i.line) for m in modules() for i in imports(m) if i.target.startswith(".")] == []


def test_modules_do_not_import_in_a_circle():
    """There is an order in which the modules can be read, function bodies included."""
    waiting = {m.name: {i.target for i in imports(m) if i.target in module_names()} - {m.name} for m in modules()}
    while free := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in free}
    assert sorted(waiting) == []


def test_nothing_is_imported_by_a_computed_name():
    """Only the package's front door may look modules up by text, because the map cannot see such imports."""
    found = [
        m.at(node.lineno)
        for m in modules()
        if m.room not in ("__init__", "cli")
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("import_module", "__import__")
    ]
    assert found == []


def test_heavy_modules_are_imported_where_they_are_used():
    """A light start: what costs tens of milliseconds to import waits inside a function.

    A module that is itself imported only inside functions may do the waiting for all of its imports.
    """
    early = {i.target for m in modules() for i in imports(m) if not i.late}
    found = [
        f"{m.at(i.line)}: {i.target}"
        for m in modules()
        for i in imports(m)
        if not i.late and m.name in early and i.target.split(".")[0] in IN_FUNCTIONS_ONLY
    ]
    assert found == []


def test_only_the_command_line_knows_its_libraries():
    """The engine never prints, parses arguments or draws progress."""
    found = [
        f"{m.at(i.line)}: {i.target}"
        for m in modules()
        for i in imports(m)
        if m.room not in ("cli", "__main__") and i.target.split(".")[0] in COMMAND_LINE_ONLY
    ]
    assert found == []


def test_every_third_party_import_is_declared():
    """What is imported is a dependency or belongs to an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    declared = {re.split(r"[<>=\[ ;]", d)[0].lower() for d in wanted}
    found = set()
    for m in modules():
        for i in imports(m):
            top = i.target.split(".")[0]
            if not own(i) and top not in sys.stdlib_module_names and DISTRIBUTIONS.get(top, top) not in declared:
                found.add(f"{m.at(i.line)}: {top}")
    assert sorted(found) == []


def test_nothing_reaches_for_the_network():
    """A page is made from the files it names and nothing else; the preview serves this machine."""
    found = [
        f"{m.at(i.line)}: {i.target}"
        for m in modules()
        for i in imports(m)
        if m.room not in ("cli", "preview") and (i.target.split(".")[0] in NO_NETWORK or i.target == "urllib.request")
    ]
    assert found == []


def test_nothing_depends_on_chance_clock_or_place():
    """The same input gives the same bytes on every machine."""
    found = [
        f"{m.at(i.line)}: {i.target}"
        for m in modules()
        for i in imports(m)
        if m.room not in ("cli", "testing", "preview") and i.target.split(".")[0] in NO_CHANCE
    ]
    found += [
        f"{m.at(node.lineno)}: hash()"
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash"
    ]
    assert found == []


def test_modules_functions_and_signatures_stay_small():
    """At most 400 lines a module, 60 a function and six parameters."""
    found = [f"{m.path.relative_to(ROOT)}: {m.lines} lines" for m in modules() if m.lines > 400]
    for m in modules():
        for f in functions(m):
            if (length := f.end_lineno - f.lineno + 1) > 60:
                found.append(f"{m.at(f.lineno)}: {f.name} has {length} lines")
            names = [a.arg for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs)]
            if (count := len([n for n in names if n not in ("self", "cls")])) > 6 and not commanded(m, f):
                found.append(f"{m.at(f.lineno)}: {f.name} has {count} parameters")
    assert found == []


def commanded(module: Module, function: ast.FunctionDef) -> bool:
    """Whether a function is a command, whose parameters are its options."""
    return module.room == "cli" and bool(function.decorator_list)


def test_file_names_say_what_is_inside():
    """No drawer for odds and ends."""
    names = {part for m in modules() for part in m.name.split(".")}
    assert sorted(names & WORDLESS_NAMES) == []


def test_everything_public_is_explained():
    """Modules, public classes and functions have docstrings."""
    found = [m.at(1) for m in modules() if not ast.get_docstring(m.tree)]
    for m in modules():
        found += [
            f"{m.at(node.lineno)}: {node.name}" for node in public_definitions(m.tree) if not ast.get_docstring(node)
        ]
    assert found == []


def public_definitions(node: ast.AST):
    for child in node.body:
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not child.name.startswith("_"):
            if any(getattr(d, "id", getattr(d, "attr", "")) in ("overload", "setter") for d in child.decorator_list):
                continue
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public_definitions(child)


def test_every_public_field_is_explained():
    """Below each field of a value stands what it means, with unit and edge case."""
    found = []
    for m in modules():
        for node in public_definitions(m.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            for field, after in zip(node.body, [*node.body[1:], None], strict=True):
                if not isinstance(field, ast.AnnAssign) or field.target.id.startswith("_"):
                    continue
                if not (isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)):
                    found.append(f"{m.at(field.lineno)}: {node.name}.{field.target.id}")
    assert found == []


def test_public_lists_are_sorted():
    """`__all__` is in order, without doubles."""
    for m in modules():
        for node in m.tree.body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(getattr(t, "id", "") == "__all__" for t in targets):
                    names = ast.literal_eval(node.value)
                    assert list(names) == sorted(set(names), key=rank), m.name


def rank(name):
    """Constants first, then types, then functions, each by name."""
    return 0 if name.isupper() else 1 if name[0].isupper() else 2, name


def test_nothing_is_left_open():
    """No marks for later, no tests that are passed over."""
    marks = re.compile(
        "|".join(["TO" + "DO", "FIX" + "ME", "NotImpl" + "ementedError", r"mark\.(sk" + "ip|xf" + "ail)"])
    )
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(files)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if marks.search(line)
    ]
    assert found == []


def test_every_test_says_what_it_holds():
    """Each test has a docstring of its own."""
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [
            f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
        ]
    assert found == []


def test_importing_the_package_is_light():
    """`import banana_layout` loads nothing heavy and none of the command line."""
    code = "import sys, banana_layout; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert sorted(loaded & (IN_FUNCTIONS_ONLY | COMMAND_LINE_ONLY | {"uharfbuzz"})) == []


def test_the_front_door_is_complete():
    """Every public name can be taken from the package, and nothing else is promised."""
    import banana_layout

    assert [name for name in banana_layout.__all__ if getattr(banana_layout, name, None) is None] == []
    assert set(banana_layout.__all__) <= set(dir(banana_layout))


def test_functions_named_like_folders_stay_functions():
    """`layout` and `render` are what the package promises, however many submodules of those names are loaded."""
    code = (
        "import banana_layout as bl, banana_layout.render.svg, banana_layout.layout.page\n"
        "from banana_layout import layout, render\n"
        "page = bl.layout(bl.read('# a\\n\\n## b\\n\\nc'))\n"
        "bl.to_svg(page)\n"
        "print(callable(bl.layout), callable(bl.render), bl.layout is layout, bl.render is render)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["True"] * 4


def test_architecture_md_shows_the_map_that_is_enforced():
    """The table people read is the table the test enforces."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", text.partition("<!-- import map -->")[2], re.MULTILINE)
    shown = {room: {w.strip("` ") for w in allowed.split(",")} - {"nothing"} for room, allowed in rows}
    shown = {room: {EVERYTHING} if "everything" in allowed else allowed for room, allowed in shown.items()}
    whole = {"base": set(BASE)}
    shown = {room: {n for a in allowed for n in whole.get(a, {a})} for room, allowed in shown.items()}
    assert shown == {room: set(allowed) for room, allowed in MAY_IMPORT.items()}


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "NOTICE"])
def test_files_that_documents_name_exist(document):
    """A path given in backquotes in a document leads somewhere."""
    text = (ROOT / document).read_text(encoding="utf-8")
    paths = re.findall(r"`((?:banana_layout|tests|assets|fonts|benchmarks|\.ci)/[\w./-]*)`", text)
    assert [p for p in paths if not (ROOT / p).exists()] == []
