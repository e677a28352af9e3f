"""Golden pages: scene dumps of small sheets; `--accept` writes them anew, `tests/review/` shows what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from banana_layout.pipeline import layout, read, scenes, to_svg
from banana_layout.scene.dump import dump

CASES = sorted(Path(__file__).parent.joinpath("cases/sheets").glob("*.md"))
GOLDEN = Path(__file__).parent / "golden"
REVIEW = Path(__file__).parent / "review"


@pytest.mark.parametrize("case", CASES, ids=lambda p: p.stem)
def test_page_is_as_accepted(case: Path, request: pytest.FixtureRequest) -> None:
    """The exact scene of a sheet is what was last looked at and accepted."""
    laid = layout(read(case))
    actual = "\n".join(dump(s) for s in scenes(laid, plain=True))
    golden = GOLDEN / f"{case.stem}.txt"
    if request.config.getoption("--accept"):
        golden.write_text(actual, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if expected != actual:
        REVIEW.mkdir(exist_ok=True)
        (REVIEW / f"{case.stem}.svg").write_text(to_svg(laid), encoding="utf-8")
        (REVIEW / f"{case.stem}.txt").write_text(actual, encoding="utf-8")
    assert expected == actual, f"look at tests/review/{case.stem}.svg, then run pytest --accept"


def test_no_golden_is_dead() -> None:
    """Every golden file has a case."""
    assert {p.stem for p in GOLDEN.glob("*.txt")} == {c.stem for c in CASES}
