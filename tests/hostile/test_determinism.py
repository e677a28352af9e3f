"""The same input gives the same page: hashes of scene dumps and bytes over hash seeds, locales, places and Pythons."""

from __future__ import annotations

import builtins
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from banana_layout.pipeline import layout, read, to_pdf, to_svg

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = [
    *sorted(ROOT.glob("assets/samples/*.md")),
    *sorted(ROOT.glob("assets/gallery/*.md")),
    *sorted(ROOT.glob("tests/cases/sheets/*.md")),
]
MORE = [*SAMPLES, *sorted(ROOT.glob("tests/cases/brief*/*.md"))]
"""Samples and briefs: what is compared over machines and Pythons."""
PROGRAM = """
import hashlib, sys
from pathlib import Path
from banana_layout.pipeline import layout, read, scenes, to_pdf, to_svg
from banana_layout.scene.dump import dump
for name in sys.argv[1:]:
    laid = layout(read(Path(name)))
    drawn = "".join(dump(s) for s in scenes(laid)).encode()
    pages = "".join(to_svg(laid, i) for i in range(len(laid.pages))).encode() + to_pdf(laid)
    print(hashlib.sha256(drawn).hexdigest()[:24], hashlib.sha256(pages).hexdigest()[:24])
"""
RECORDED = ROOT / "tests/fixtures/scene_hashes.json"
"""What every sample's scenes hash to; `pytest --accept` writes it anew."""


def hashes(
    python: str = sys.executable, folder: Path = ROOT, pages: list[Path] = SAMPLES, **environment: str
) -> list[tuple[str, str]]:
    """Return two hashes of every page, of its drawn scenes and of its SVG and PDF, as another process finds them."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        [python, "-B", "-c", PROGRAM, *map(str, pages)],
        capture_output=True, text=True, timeout=120, check=False, cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(scene, files) for scene, files in map(str.split, done.stdout.splitlines())]


@pytest.fixture(scope="module")
def expected() -> list[tuple[str, str]]:
    """The hashes with hash seed 0."""
    found = hashes(PYTHONHASHSEED="0")
    assert len(found) == len(SAMPLES)
    return found


@pytest.fixture(scope="module")
def scenes_found() -> dict[str, str]:
    """The hash of every sample's and every brief's scenes, by its name."""
    found = hashes(pages=MORE, PYTHONHASHSEED="0")
    return {path.relative_to(ROOT).as_posix(): scene for path, (scene, _) in zip(MORE, found, strict=True)}


def test_scenes_are_the_same_on_every_machine(scenes_found: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Scenes hash to what was recorded, whichever Python, system and processor this is."""
    if request.config.getoption("--accept"):
        RECORDED.write_text(json.dumps(scenes_found, indent=1) + "\n", encoding="utf-8")
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    other = [name for name in {**recorded, **scenes_found} if recorded.get(name) != scenes_found.get(name)]
    assert not other, f"look at {', '.join(other[:5])}, then run pytest --accept {Path(__file__).relative_to(ROOT)}"


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "random", "TZ": "Asia/Seoul", "LC_ALL": "ko_KR.UTF-8", "COLUMNS": "20"},
        {"PYTHONHASHSEED": "7", "PYTHONOPTIMIZE": "2", "HOME": "/nonexistent", "SOURCE_DATE_EPOCH": "1"},
    ],
    ids=["C locale", "another place", "optimised"],
)
def test_pages_do_not_depend_on_their_surroundings(
    expected: list[tuple[str, str]], environment: dict[str, str]
) -> None:
    """Hash seed, locale, time zone, home and optimisation change not a byte of scene, SVG or PDF."""
    assert hashes(**environment) == expected


def test_pages_do_not_depend_on_the_folder_they_are_made_in(expected: list[tuple[str, str]], tmp_path: Path) -> None:
    """Another working folder changes nothing."""
    assert hashes(folder=tmp_path) == expected


def others() -> list[str]:
    """Return other Pythons that have what the engine needs; BANANA_PYTHONS may name more, separated by colons."""
    names = [shutil.which(f"python3.{minor}") for minor in range(11, 16)]
    names += os.environ.get("BANANA_PYTHONS", "").split(":")
    found = []
    for python in names:
        if python and Path(python).resolve() != Path(sys.executable).resolve():
            check = [
                python,
                "-c",
                "import msgspec, uharfbuzz, reportlab, svgwrite, fontTools, markdown_it, regex, yaml, PIL, uniseg, pygments",
            ]
            if subprocess.run(check, capture_output=True, check=False, timeout=30).returncode == 0:
                found.append(python)
    return found


def test_pages_do_not_depend_on_the_python(scenes_found: dict[str, str]) -> None:
    """Every other Python that is there with the engine's packages gives the same scenes."""
    found = {python: [scene for scene, _ in hashes(python, pages=MORE)] for python in others()}
    assert [python for python, scenes in found.items() if scenes != list(scenes_found.values())] == []


def test_floats_are_summed_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No float goes through `sum`, whose last bits differ from Python 3.12 on: one of two equal drawings would win elsewhere."""
    plain, wrong = builtins.sum, []

    def watched(values: Iterable[Any], /, start: Any = 0) -> Any:
        taken = list(values)
        caller = sys._getframe(1).f_globals["__name__"]
        # Numbers of a path are only asked whether they are finite.
        if caller.startswith("banana_layout.") and caller != "banana_layout.sketch.scene":
            wrong.extend(caller for v in taken if isinstance(v, float))
        return plain(taken, start)

    monkeypatch.setattr(builtins, "sum", watched)
    for path in (*SAMPLES, *sorted(ROOT.glob("tests/cases/briefs/*.md"))):
        laid = layout(read(path))
        to_svg(laid)
        to_pdf(laid, preset="print")
    assert sorted(set(wrong)) == []
