"""What the preview draws again, and what it shows of files that are being written or that break the engine."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from PIL import Image

from banana_layout import pipeline
from banana_layout.font.book import FontBook
from banana_layout.preview import session as session_module
from banana_layout.preview.pieces import KEPT, Pieces
from banana_layout.preview.session import Session, View
from banana_layout.render.svg import fragment

ROOT = Path(__file__).resolve().parents[2]
SHEET = "---\npage: A6\nlang: en\nlayout:\n  - 20: title\n  - 80: [a, b]\n---\n# T\n\n## A\n\n- one\n\n## B\n\n- two\n"


@pytest.mark.parametrize("name", ["assets/samples/inference.md", "assets/gallery/chemistry.md"])
@pytest.mark.parametrize("plain", [False, True])
def test_pieces_are_the_page(name, plain):
    """Items drawn one by one are, together, exactly the page drawn at once."""
    laid = pipeline.layout(pipeline.read(ROOT / name))
    for number in range(len(laid.pages)):
        made = Pieces().page(laid, number, plain=plain)
        whole = fragment(pipeline.scenes(laid, plain=plain)[number], FontBook.standard())
        assert made.parts == whole.parts
        assert sorted(made.defs) == sorted(whole.defs)


def test_only_what_has_changed_is_drawn():
    """A changed panel costs its own drawing; another seed, theme or hand costs every one."""
    pieces = Pieces()

    def drawn(text, **given):
        before = pieces.drawn
        pieces.page(pipeline.layout(pipeline.read(text)), 0, **({"plain": False} | given))
        return pieces.drawn - before

    everything = drawn(SHEET)
    assert drawn(SHEET) == 0
    assert drawn(SHEET.replace("- two", "- owt")) == 1
    assert drawn(SHEET.replace("page: A6", "page: A6\nseed: 2")) == everything
    assert drawn(SHEET, plain=True) == everything
    assert drawn(SHEET) == 0


def test_memory_is_bounded():
    """Old pieces are forgotten."""
    pieces = Pieces()
    for n in range(KEPT // 3):
        pieces.page(pipeline.layout(pipeline.read(SHEET.replace("page: A6", f"page: A6\nseed: {n}"))), 0, plain=True)
    assert len(pieces._known) == KEPT


@pytest.mark.parametrize("name", ["assets/samples/inference.md", "assets/gallery/incident.md"])
def test_no_box_hangs_on_the_seed(name):
    """Two hands' layouts of a sheet are the same scenes, which is why one may be kept for the other."""
    document = pipeline.read(ROOT / name)
    other = msgspec.structs.replace(document, settings=msgspec.structs.replace(document.settings, seed=7))
    assert pipeline.layout(other).pages == pipeline.layout(document).pages


def test_another_hand_needs_no_new_layout(tmp_path, monkeypatch):
    """A seed, plain ink and a file to keep use the layout there is; words, a theme and a picture do not."""
    path, laid = tmp_path / "s.md", []
    layout = pipeline.layout
    monkeypatch.setattr(pipeline, "layout", lambda *a, **k: laid.append(1) or layout(*a, **k))
    session = Session(path)

    def layouts(text, view=View()):  # frozen
        path.write_text(text, encoding="utf-8")
        before = len(laid)
        state = session.state(view)
        assert state["pages"]
        return len(laid) - before

    seeded = SHEET.replace("page: A6", "page: A6\nseed: 1")
    assert layouts(seeded) == 1
    assert layouts(seeded.replace("seed: 1", "seed: 2")) == 0
    assert layouts(seeded, View(plain=True)) == 0
    session.file(View(), "pdf", 0)
    assert len(laid) == 1
    assert layouts(seeded.replace("- one", "- eno")) == 1
    assert layouts(seeded, View(theme="kraft")) == 1
    pictured = SHEET.replace("- one", "![p](p.png)")
    Image.new("RGB", (4, 4), "red").save(tmp_path / "p.png")
    assert layouts(pictured) == 1
    Image.new("RGB", (400, 4), "red").save(tmp_path / "p.png")
    assert layouts(pictured) == 1


def test_a_kept_layout_tells_every_warning_once(tmp_path):
    """What reading and laying out found stands beside the page, whichever of them was done again."""
    path = tmp_path / "s.md"
    text = (
        SHEET.replace("page: A6", "page: A6\nseed: 1").replace("## A", "## A {pen=nope}")
        + "\n[x]: https://example.org\n"
    )
    path.write_text(text, encoding="utf-8")
    session = Session(path)
    first = session.state(View())["findings"]
    path.write_text(text.replace("seed: 1", "seed: 2"), encoding="utf-8")
    assert session.state(View())["findings"] == first
    assert [one["line"] for one in first] == [11, 19]


def test_half_written_files_are_drawn_again_before_they_are_shown(tmp_path):
    """Where a file changes while it is drawn, it is drawn once more; one that always changes is shown all the same."""
    path = tmp_path / "s.md"
    path.write_text("---\npage: A6\nla", encoding="utf-8")
    session, seen = Session(path), []
    original = session.state

    def state(view):
        made = original(view)
        seen.append(made)
        if len(seen) == 1:
            path.write_text(SHEET, encoding="utf-8")
        return made

    session.state = state
    stamp = session.settle()
    assert [bool(made["pages"]) for made in seen] == [False, True]
    assert stamp == session.stamp()

    def restless(view):
        path.write_text(SHEET + "\nx" * (len(seen) + 1), encoding="utf-8")
        seen.append(None)
        return {"pages": []}

    session.state = restless
    session.settle()
    assert 2 < len(seen) < 20


def test_a_file_that_is_emptied_first_is_waited_for(tmp_path, monkeypatch):
    """An editor that empties the file and writes it a moment later has not shown an empty page."""
    path = tmp_path / "s.md"
    path.write_text("", encoding="utf-8")
    session, waits = Session(path), []

    class Moment:
        def wait(self, seconds):
            if not waits:
                path.write_text(SHEET, encoding="utf-8")
            waits.append(seconds)

    monkeypatch.setattr(session_module, "threading", SimpleNamespace(Event=Moment))
    session.state(View())
    stamp = session.settle()
    assert 0 < waits[0] <= session_module._MOMENT and len(waits) == 2
    assert stamp == session.stamp() and len(session._drawn) == 2


def test_a_fault_of_ours_is_told_beside_the_page(tmp_path, monkeypatch):
    """What nobody expected is a finding, and the preview goes on."""
    path = tmp_path / "s.md"
    path.write_text(SHEET, encoding="utf-8")
    session = Session(path)
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "layout", lambda *_, **__: 1 / 0)
        (found,) = session.state(View(plain=True))["findings"]
        assert found["severity"] == "error" and "ZeroDivisionError" in found["message"]
    assert session.state(View())["pages"]
