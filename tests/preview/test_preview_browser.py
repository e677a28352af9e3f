"""The live preview in a real browser: it follows the file, keeps its place, and shows what is wrong."""

from __future__ import annotations

import importlib.util
import io
import threading
import time
from pathlib import Path

import pytest

from banana_layout import pipeline
from banana_layout.preview.server import Preview
from banana_layout.preview.session import Session, View

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / "assets/samples/inference.md").read_text(encoding="utf-8")

_spec = importlib.util.spec_from_file_location("preview_browser", Path(__file__).with_name("browser.py"))
browser = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(browser)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """The file that is watched."""
    path = tmp_path_factory.mktemp("watched") / "sheet.md"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def server(sheet):
    """A preview of the file."""
    running = Preview(Session(sheet))
    threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def page(server, tmp_path_factory):
    """The preview's page in a browser."""
    with browser.opened(server.url, tmp_path_factory.mktemp("profile")) as tab:
        tab.wait("document.querySelectorAll('.sheet > svg').length >= 2")
        yield tab
        assert tab.complaints == []


@pytest.fixture
def saved(sheet, page):
    """Saves a text and waits until the page shows it; afterwards the sample is there again."""

    def save(text, sign):
        began = time.perf_counter()
        sheet.write_text(text, encoding="utf-8")
        page.wait(sign)
        return time.perf_counter() - began

    yield save
    if sheet.read_text(encoding="utf-8") != SAMPLE:
        save(SAMPLE, shows("NANO BANANA CHEAT SHEET"))
        page.wait("document.querySelectorAll('article.error').length == 0")


def shows(words):
    return f"document.querySelector('.sheet > svg > title').textContent.includes({words!r})"


def test_the_page_follows_the_file_and_keeps_scroll_and_zoom(page, saved, server):
    """A saved change is on the page within 200 ms, in the same place.

    The best of eight counts, because a test machine has other work; one so busy that drawing alone takes long gets
    twice that time.
    """
    page.run("by('zoom').value = 250; by('zoom').dispatchEvent(new Event('input')); stage.scrollTo(300, 700)")
    times = [saved(SAMPLE.replace("NANO BANANA", f"DRAFT {n}"), shows(f"DRAFT {n}")) for n in range(8)]
    assert page.run("[by('zoom').value, stage.scrollLeft, stage.scrollTop]") == ["250", 300, 700]
    drawing = []
    for _ in range(3):
        began = time.perf_counter()
        Session(server.session.path).state(View())
        drawing.append(time.perf_counter() - began)
    assert min(times) < max(0.2, 2 * min(drawing))


def test_what_has_not_changed_stays_on_the_screen(page, saved):
    """A word more in one panel replaces that panel's elements and leaves all others where they are; so do words less."""
    parts = "[...document.querySelector('.sheet > svg > g').children]"
    page.run(f"{parts}.forEach((one, i) => one.mark = i)")
    before = page.run(f"{parts}.length")
    text = SAMPLE.replace("더 이상 배우지 않는다", "이제 더 이상 배우지 않는다", 1)
    assert text != SAMPLE
    saved(text, f"{parts}.some(one => one.mark === undefined)")
    assert page.run(f"{parts}.filter(one => one.mark === undefined).length") == 1
    assert page.run(f"{parts}.length") == before
    saved(
        SAMPLE,
        f"document.querySelector('.sheet > svg').innerHTML && !{parts}.some(one => one.textContent.includes('이제 더'))",
    )
    marks = page.run(f"{parts}.map(one => one.mark ?? -1)")
    assert marks.count(-1) == 1 and [m for m in marks if m >= 0] == sorted(m for m in marks if m >= 0)


def test_the_pieces_make_the_page(page, server):
    """What the screen holds after many changes is what a freshly drawn page holds."""
    fresh = Session(server.session.path).state(View())["pages"][0]
    parts = "[...document.querySelector('.sheet > svg > g').children].map(one => one.drawn)"
    defs = "[...document.querySelector('.sheet > svg > defs').children].map(one => one.drawn)"
    assert page.run(parts) == list(fresh["parts"])
    assert page.run(defs) == list(fresh["defs"])


def test_errors_stand_beside_the_last_good_page(page, saved):
    """A mistake is told with its source line; the page stays, and comes back to life when it is mended."""
    saved(SAMPLE.replace("theme: nano-banana", "theme: nano-bananas"), "!!document.querySelector('article.error')")
    said = page.run("document.querySelector('article.error').innerText")
    assert "in line" in said and "theme: nano-bananas" in said and "did you mean" in said
    assert page.run("stage.classList.contains('stale') && stage.querySelectorAll('.sheet > svg').length >= 2")


def test_the_sheet_keeps_its_place_when_findings_come_and_go(page, saved):
    """Errors lie over the desk, are counted in the bar, and can be put away; the sheet never moves."""
    place = "Object.values(document.querySelector('.sheet').getBoundingClientRect().toJSON()).join()"
    before = page.run(place)
    assert page.run("getComputedStyle(by('told')).display") == "none"
    saved(SAMPLE.replace("theme: nano-banana", "theme: nano-bananas"), "!!document.querySelector('article.error')")
    assert page.run(place) == before
    assert page.run("[by('told').textContent, by('told').className]") == ["1 error", "error"]
    assert page.run("getComputedStyle(by('findings')).display") != "none"
    page.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))")
    assert page.run("getComputedStyle(by('findings')).display") == "none"
    saved(SAMPLE.replace("theme: nano-banana", "theme: kraftt"), "by('findings').innerText.includes('kraftt')")
    assert page.run("getComputedStyle(by('findings')).display") != "none"
    assert page.run(place) == before


def test_keys_zoom_and_fit(page):
    """`+` and `-` zoom by a step, `0` fits the page to the window; the bar says how large it is."""
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: %r, bubbles: true}))"
    page.run("by('zoom').value = 100; by('zoom').dispatchEvent(new Event('input'))")
    page.run(press % "+")
    assert page.run("by('percent').textContent") == "110 %"
    page.run(press % "-")
    assert page.run("by('percent').textContent") == "100 %"
    page.run(press % "0")
    assert page.run(
        "stage.scrollWidth == stage.clientWidth && document.querySelector('.sheet').clientWidth > stage.clientWidth - 60"
    )
    page.run("by('zoom').value = 110; by('zoom').dispatchEvent(new Event('input'))")


def test_a_warning_names_its_line(page, saved):
    """Warnings are beside the page, too."""
    saved(SAMPLE + "\n[unused]: https://example.org\n", "!!document.querySelector('article.warning')")
    assert "│ [unused]" in page.run("document.querySelector('article.warning').innerText")
    assert not page.run("stage.classList.contains('stale')")


def test_look_paper_and_hand_can_be_switched(page):
    """Theme, page size, orientation and plain ink are the viewer's choice."""
    before = page.run("document.querySelector('.sheet > svg').outerHTML")

    def choose(script):
        number = page.run("document.body.dataset.shown")
        page.run(script)
        page.wait(f"document.body.dataset.shown != {number!r}")
        return page.run("document.querySelector('.sheet > svg').outerHTML")

    change = "dispatchEvent(new Event('change'))"
    assert choose(f"theme.value = 'chalkboard'; theme.{change}") != before
    assert choose(f"theme.value = ''; plain.checked = true; plain.{change}") != before
    assert choose(f"plain.checked = false; plain.{change}") == before
    choose(f"by('page').value = 'A3'; by('page').{change}")
    assert page.run("Math.round(+document.querySelector('.sheet').dataset.width)") == 842
    assert choose(f"by('page').value = ''; by('page').{change}") == before


def test_overlays_show_zones_boxes_and_baselines(page):
    """Each layer is hidden until it is ticked, and lies exactly over the page."""
    for layer, mark in (("zones", "rect.zone"), ("boxes", "rect.panel"), ("baselines", "line.baseline")):
        drawn = f"[...document.querySelectorAll('.overlay {mark}')].filter(x => getComputedStyle(x).display != 'none').length"
        assert page.run(drawn) == 0
        page.run(f"document.querySelector('.layer[value={layer}]').click()")
        assert page.run(drawn) >= 4
        page.run(f"document.querySelector('.layer[value={layer}]').click()")
    same = "(a => JSON.stringify(a[0].getBoundingClientRect()) == JSON.stringify(a[1].getBoundingClientRect()))"
    assert page.run(f"{same}(document.querySelectorAll('.sheet > svg'))")


@pytest.fixture
def downloads(page, tmp_path):
    """Clicks a link of the page and returns the bytes of the file the browser saves."""
    page.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))

    def click(kind):
        path = tmp_path / f"sheet.{kind}"
        path.unlink(missing_ok=True)
        page.run(f"by('{kind}').click()")
        until = time.monotonic() + 20
        while not (path.exists() and not list(tmp_path.glob("*.crdownload"))):
            assert time.monotonic() < until, sorted(tmp_path.iterdir())
            time.sleep(0.02)
        return path.read_bytes()

    return click


def test_files_can_be_saved(downloads, server):
    """A click saves the sheet's SVG, PDF or PNG under its name, the same bytes as the engine writes."""
    laid = pipeline.layout(pipeline.read(server.session.path))
    assert downloads("svg") == pipeline.to_svg(laid).encode()
    assert downloads("pdf") == pipeline.to_pdf(laid)
    assert downloads("png") == pipeline.to_png(laid)


def test_the_preset_decides_what_a_saved_pdf_is_for(page, downloads):
    """With the preset `print` the PDF has bleed and marks around its page; the page on the screen stays."""
    import pikepdf

    before = page.run("document.querySelector('.sheet > svg').outerHTML")
    sizes = {}
    for preset in ("screen", "print", "print-x1a"):
        page.run(f"by('preset').value = '{preset}'; by('preset').dispatchEvent(new Event('change'))")
        page.wait("document.body.dataset.shown == asked")
        with pikepdf.open(io.BytesIO(downloads("pdf"))) as made:
            media, trim = ([float(v) for v in box] for box in (made.pages[0].mediabox, made.pages[0].trimbox))
            sizes[preset] = round(media[2] - media[0]), round(trim[2] - trim[0])
    page.run("by('preset').value = 'screen'; by('preset').dispatchEvent(new Event('change'))")
    assert sizes["screen"] == (595, 595)
    assert sizes["print"][1] == sizes["print-x1a"][1] == 595
    assert min(sizes["print"][0], sizes["print-x1a"][0]) > 595 + 2 * 3 / 25.4 * 72
    assert page.run("document.querySelector('.sheet > svg').outerHTML") == before


def test_what_is_not_there_is_told_where_it_was_asked_for(page, saved):
    """A broken sheet's download is refused with the reason, not saved as a file."""
    saved(SAMPLE.replace("theme: nano-banana", "theme: nope"), "!!document.querySelector('article.error')")
    assert page.run("fetch('download?format=pdf').then(async a => [a.status, await a.text()])")[0] == 409
    page.complaints.clear()  # the browser logs the refusal


def test_the_page_runs_no_script_but_its_own(page):
    """The policy stops a script that gets into the page by whatever way."""
    page.run("const s = document.createElement('script'); s.textContent = 'window.got_in = 1'; document.body.append(s)")
    assert page.run("window.got_in === undefined")
    page.complaints.clear()
