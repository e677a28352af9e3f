"""`banana themes -o`: swatch sheets."""

from __future__ import annotations

import pypdfium2
import pytest

from banana_layout.cli.main import main
from banana_layout.cli.swatches import swatch_sheet
from banana_layout.pipeline import layout, read
from banana_layout.theme.load import load, names


@pytest.mark.parametrize("name", names())
def test_a_swatch_sheet_shows_every_pair_of_its_theme_without_warning(name):
    """Each pair has a panel in its own pen; hero, note, table, quote and diagram stand beside them."""
    theme = load(name)
    laid = layout(read(swatch_sheet(theme)), theme=theme)
    assert laid.warnings == ()
    (page,) = laid.pages
    assert [p.title for p in page.panels][1 : 1 + len(theme.pairs)] == [p.name for p in theme.pairs]
    shown = " ".join(line.text for line in page.lines())
    assert all(c in shown for p in theme.pairs for c in (p.pen.hex, p.marker.hex, p.tint.hex))
    assert len(page.diagrams()) == 1


def test_one_pdf_holds_a_page_a_theme(tmp_path):
    """All themes go into one PDF; chosen ones into as many pictures."""
    out = tmp_path / "all.pdf"
    assert main(["themes", "-o", str(out)]) == 0
    assert len(pypdfium2.PdfDocument(str(out))) == len(names())
    assert main(["themes", "--theme", "plain", "--theme", "kraft", "-o", str(tmp_path / "two.svg")]) == 0
    assert sorted(p.name for p in tmp_path.glob("*.svg")) == ["two-1.svg", "two-2.svg"]


def test_an_unknown_theme_draws_nothing(tmp_path, capsys):
    """A typing slip is told with the name that was meant, and no file is written."""
    assert main(["themes", "--theme", "krafft", "-o", str(tmp_path / "x.pdf")]) == 1
    assert 'did you mean "kraft"?' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
