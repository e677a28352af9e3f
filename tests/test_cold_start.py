"""A cold start loads only what its page needs: each module here costs milliseconds that every run would pay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "assets" / "samples" / "inference.md"
PROGRAM = """
import sys
from banana_layout.cli.main import main
code = main(["render", sys.argv[1], "-o", sys.argv[2]])
print(" ".join(sorted(sys.modules)))
sys.exit(code)
"""
ALWAYS = {
    "PIL.ImageDraw", "cairosvg", "fontTools", "hypothesis", "numpy", "pikepdf", "pygments", "pypdfium2", "regex", "rich",
    "uniseg", "banana_layout.syntax.brief.read", "banana_layout.layout.automatic", "banana_layout.layout.connectors",
    "banana_layout.diagrams.mindmap.place", "banana_layout.diagrams.shape.mark", "banana_layout.interchange",
}  # fmt: skip
"""What a sheet with zones, text, a table and a flowchart of classic shapes needs in no format."""
HEAVY = {"pdf": {"svgwrite"}, "svg": {"reportlab"}}
"""What one format needs and the other does not."""


def loaded(*arguments: str) -> set[str]:
    """The modules a new process has loaded when a program ends."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-c", *arguments], check=True, capture_output=True, text=True, env=environment
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("suffix", ["pdf", "svg"])
def test_a_sheet_loads_only_what_it_needs(suffix: str, tmp_path: Path) -> None:
    """Rendering the sample leaves out readers, kinds, libraries and renderers that it does not use."""
    modules = loaded(PROGRAM, str(SAMPLE), str(tmp_path / f"out.{suffix}"))
    assert "banana_layout.diagrams.flowchart.place" in modules
    assert modules & (ALWAYS | HEAVY[suffix]) == set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    """`import banana_layout` reads no other module of ours and none of the libraries."""
    modules = loaded("import sys, banana_layout; print(' '.join(sys.modules))")
    assert {m for m in modules if m.startswith("banana_layout.")} == set()
    assert modules & {"click", "markdown_it", "msgspec", "reportlab", "svgwrite", "uharfbuzz", "yaml"} == set()
