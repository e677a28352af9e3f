"""What `benchmarks/fuzz.py` found once must not come back; the command itself stays alive."""

from __future__ import annotations

import contextlib
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from banana_layout.diagrams.mindmap import fit
from banana_layout.diagrams.mindmap.fit import _splits
from banana_layout.diagrams.mindmap.grow import plan
from banana_layout.pipeline import diagram_to_svg
from banana_layout.source import BananaError

ROOT = Path(__file__).resolve().parent.parent.parent
FOUND = sorted(ROOT.joinpath("tests/cases/fuzz").iterdir())


def fuzz() -> Any:
    """Return the fuzzing script as a module."""
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "benchmarks/fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> Any:
    """The fuzzing script."""
    return fuzz()


@pytest.mark.parametrize("path", FOUND, ids=lambda p: p.name)
def test_inputs_that_once_failed_are_answered(path: Path, script: Any) -> None:
    """Each input that crashed a reader now gives a result or a BananaError."""
    reader = script.READERS[path.name.split("-")[0]]
    assert script.guarded(reader, path.read_bytes()) is None


@pytest.mark.parametrize("name", ["sheet", "brief", "wireframe", "mermaid", "json", "theme", "font", "image", "svg"])
def test_every_reader_has_inputs_it_accepts(name: str, script: Any) -> None:
    """The fuzzers start from real inputs that their reader takes without a complaint."""
    reader = script.READERS[name]
    seeds = reader.seeds()
    assert len(seeds) >= 1
    taken = 0
    for seed in seeds[:5]:
        try:
            reader.run(seed)
        except script.BananaError:
            continue
        taken += 1
    assert taken >= 1


def test_a_mind_map_may_have_one_branch_that_outweighs_all_others() -> None:
    """Four branches, one of them with forty leaves: no split is even, and the map is still drawn."""
    leaves = "\n".join(f"      leaf {i}" for i in range(40))
    svg = diagram_to_svg(f"mindmap\n  root\n    a\n    b\n    c\n    d\n{leaves}\n")
    assert "leaf 39" in svg
    assert list(_splits([], "both"))


def test_the_search_for_a_mind_map_does_not_grow_with_the_square_of_its_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty branches of forty nodes are placed anew about as many times as five of eight, not forty times as often."""
    placed: list[int] = []

    def counted(*given: Any) -> Any:
        placed.append(1)
        return plan(*given)

    monkeypatch.setattr(fit, "plan", counted)
    tries = []
    for branches, twigs in ((5, 8), (40, 39)):
        lines = [f"    b{b}\n" + "".join(f"      t {b} {t}\n" for t in range(twigs)) for b in range(branches)]
        placed.clear()
        with contextlib.suppress(BananaError):
            diagram_to_svg("mindmap\n  root\n" + "".join(lines), plain=True)
        tries.append(len(placed))
    assert tries[1] <= 1.5 * tries[0] + 10
