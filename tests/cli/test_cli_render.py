"""`banana render`: what it writes, where, and what it refuses."""

from __future__ import annotations

import json
import struct

import pytest

STARTS = {"pdf": b"%PDF-", "svg": b"<", "png": b"\x89PNG"}


def test_every_output_is_written_in_the_format_its_name_says(banana, folder):
    """One run, three formats, nothing said."""
    done = banana("render", "sheet.md", "-o", "a.pdf", "-o", "a.svg", "-o", "a.PNG")
    assert (done.code, done.out, done.err) == (0, b"", "")
    for name in ("a.pdf", "a.svg", "a.PNG"):
        assert (folder / name).read_bytes().startswith(STARTS[name[2:].lower()])


def test_two_runs_give_the_same_bytes(banana, folder):
    """Rendering is deterministic in all three formats."""
    names = [f"{run}.{kind}" for run in "ab" for kind in STARTS]
    for run in "ab":
        assert banana("render", "sheet.md", *(f"-o{run}.{kind}" for kind in STARTS)).code == 0
    first, second = ([(folder / n).read_bytes() for n in names if n.startswith(run)] for run in "ab")
    assert first == second


def test_stdin_and_stdout_stand_in_for_files(banana, folder):
    """`-` reads and writes the streams, and gives what files give."""
    banana("render", "sheet.md", "-o", "a.svg")
    done = banana("render", "-", "-o", "-", "-f", "svg", stdin=(folder / "sheet.md").read_bytes())
    assert (done.code, done.err) == (0, "")
    assert done.out == (folder / "a.svg").read_bytes()


def test_pages_of_their_own_are_numbered(banana, folder):
    """SVG and PNG hold a page each, a PDF holds all."""
    assert banana("render", "two.md", "-o", "o.pdf", "-o", "o.svg", "-o", "o.png").code == 0
    made = sorted(p.name for p in folder.glob("o*"))
    assert made == ["o-1.png", "o-1.svg", "o-2.png", "o-2.svg", "o.pdf"]


def test_several_inputs_become_one_output_s_pages(banana, folder):
    """Sheets given together are bound together, in order."""
    done = banana("render", "two.md", "sheet.md", "-o", "o.svg", "--json")
    assert json.loads(done.out)["pages"] == 3
    banana("render", "sheet.md", "-o", "alone.svg")
    assert (folder / "o-3.svg").read_bytes() == (folder / "alone.svg").read_bytes()


def test_many_pages_do_not_go_to_stdout_as_pictures(banana, untouched):
    """Two SVGs in one stream would be no SVG."""
    done = banana("render", "two.md", "-o", "-", "-f", "svg")
    assert (done.code, done.out) == (1, b"")
    assert "2 pages" in done.err
    assert untouched()


def test_json_tells_what_was_written(banana, folder):
    """A program learns the files and their sizes."""
    told = json.loads(banana("render", "sheet.md", "-o", "a.pdf", "--json").out)
    size = (folder / "a.pdf").stat().st_size
    assert told == {"version": 1, "outputs": [{"path": "a.pdf", "bytes": size}], "pages": 1, "warnings": []}


def test_dpi_sets_the_picture_s_size(banana, folder):
    """An A6 page of 105 mm at 100 dpi is 413 dots wide."""
    banana("render", "sheet.md", "-o", "a.png", "--dpi", "100")
    width, height = struct.unpack(">II", (folder / "a.png").read_bytes()[16:24])
    assert (width, height) == (pytest.approx(105 / 25.4 * 100, abs=1), pytest.approx(148 / 25.4 * 100, abs=1))


@pytest.mark.parametrize(
    "option", [("--theme", "chalkboard"), ("--page", "A5"), ("--landscape",), ("--seed", "7"), ("--plain",)]
)
def test_options_change_the_page(banana, option):
    """Each option that bears on the look is heard."""
    usual = banana("render", "sheet.md", "-o", "-", "-f", "svg").out
    other = banana("render", "sheet.md", "-o", "-", "-f", "svg", *option)
    assert (other.code, other.err) == (0, "")
    assert other.out != usual


def test_a_theme_file_may_lie_anywhere(banana, folder, tmp_path_factory):
    """The one who types the path may read the file."""
    from banana_layout import resources

    text = resources.asset("themes/plain.toml").read_text(encoding="utf-8").replace("#2a2933", "#123456")
    theme = tmp_path_factory.mktemp("elsewhere") / "mine.toml"
    theme.write_text(text, encoding="utf-8")
    done = banana("render", "sheet.md", "-o", "-", "-f", "svg", "--theme", theme)
    assert (done.code, done.err) == (0, "")
    assert b"#123456" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.md", "-o", "a.pdf"], "absent.md"),
        ([".", "-o", "a.pdf"], "cannot read"),
        (["sheet.md", "-o", "no/such/a.pdf"], "the folder no/such does not exist"),
        (["sheet.md", "-o", "a.pdf", "-o", "sheet.md/a.svg"], "is no folder"),
        (["sheet.md", "-o", "a.pdf", "--theme", "nano"], 'unknown theme "nano"'),
        (["sheet.md", "-o", "a.pdf", "--theme", "no.toml"], "cannot read theme file"),
        (["sheet.md", "-o", "a.pdf", "--page", "A99"], "A99"),
        (["sheet.md", "-o", "a.png", "--dpi", "2400", "--page", "A3"], "million pixels"),
    ],
)
def test_wrong_input_is_one_message_and_nothing_written(banana, untouched, arguments, said):
    """Exit 1, one `error:` on stderr, no file made or changed."""
    done = banana("render", *arguments)
    assert (done.code, done.out) == (1, b"")
    assert said in done.err
    assert done.err.count("error:") == 1
    assert "Traceback" not in done.err
    assert untouched()


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("a.doc", 'the suffix ".doc" is unknown; outputs end in .pdf, .svg or .png'),
        ("a.jpg", 'the suffix ".jpg" is unknown; did you mean "a.png"?'),
        ("a.pfd", 'did you mean "a.pdf"?'),
        ("a", "no suffix says its format"),
    ],
)
def test_an_output_no_format_fits_is_a_wrong_command(banana, untouched, output, said):
    """Exit 2, as for any command that is wrong; the message says what outputs end in."""
    done = banana("render", "sheet.md", "-o", output)
    assert (done.code, done.out) == (2, b"")
    assert said in " ".join(done.err.split())
    assert untouched()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("latin.md", b"# caf\xe9\n", "UTF-8"),
        ("yaml.md", b"---\npage: [A4\n---\n# x\n", "yaml.md:"),
        ("key.md", b"---\npgae: A4\nlayout:\n  - 1: y\n---\n# x\n\n## y\n", "did you mean “page”?"),
        ("theme.md", b"---\ntheme: nano-bananna\n---\n# x\n\n## y\n\nz\n", "nano-bananna"),
        ("mermaid.md", b"# x\n\n## y\n\n```mermaid\nflowchart LR\n  A --> ]\n```\n", "mermaid.md:7:"),
        ("long.md", b"---\npage: A6\n---\n# x\n\n## y\n\n" + b"word " * 3000, "error:"),
    ],
)
def test_a_bad_sheet_is_one_message_with_its_place(banana, folder, name, data, said):
    """What is wrong in a file is said with file, line and hint; nothing is written."""
    (folder / name).write_bytes(data)
    done = banana("render", name, "-o", "a.pdf", "-o", "a.svg")
    assert (done.code, done.out) == (1, b"")
    assert said in done.err
    assert "Traceback" not in done.err
    assert not list(folder.glob("a.*"))


def test_an_old_output_survives_a_failed_run(banana, folder):
    """A failing run leaves yesterday's page alone."""
    (folder / "a.pdf").write_bytes(b"yesterday")
    assert banana("render", "absent.md", "-o", "a.pdf").code == 1
    assert (folder / "a.pdf").read_bytes() == b"yesterday"


def test_bytes_that_are_no_text_on_stdin_are_refused(banana, untouched):
    """stdin is held to UTF-8 as files are."""
    done = banana("render", "-", "-o", "a.pdf", stdin=b"# caf\xe9")
    assert done.code == 1
    assert "not UTF-8" in done.err
    assert untouched()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sheet.md"],
        ["sheet.md", "-o", "-"],
        ["sheet.md", "-o", "a.pdf", "-o", "a.pdf"],
        ["sheet.md", "-o", "a.pdf", "--dpi", "0"],
        ["sheet.md", "-o", "a.pdf", "--preset", "prints"],
        ["sheet.md", "-o", "a.pdf", "--bleed", "3"],
        ["sheet.md", "-o", "a.pdf", "--preset", "print", "--bleed", "99"],
        ["sheet.md", "-o", "a.pdf", "--seed", "x"],
        ["sheet.md", "-o", "a.pdf", "--no-such"],
        ["sheet.md", "-o", "-", "-f", "svg", "--json"],
    ],
)
def test_a_wrong_command_is_a_usage_error(banana, untouched, arguments):
    """Exit 2, a word on stderr, nothing done."""
    done = banana("render", *arguments)
    assert (done.code, done.out) == (2, b"")
    assert done.err
    assert untouched()


def test_print_presets_name_their_standard(banana, folder):
    """A file for the print shop says which standard it keeps, in the place each standard asks for."""
    assert banana("render", "sheet.md", "-o", "a.pdf", "-o", "a.svg", "--preset", "print", "--slug", "job").code == 0
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4</" in (folder / "a.pdf").read_bytes()
    assert banana("render", "sheet.md", "-o", "b.pdf", "--preset", "print-x1a", "--grey").code == 0
    assert b"/GTS_PDFXVersion (PDF/X-1a:2003)" in (folder / "b.pdf").read_bytes()


def test_an_output_profile_that_is_none_is_refused(banana, folder):
    """A missing file and an RGB profile are told apart, and nothing is written."""
    from banana_layout.resources import asset

    (folder / "rgb.icc").write_bytes(asset("icc/sRGB2014.icc").read_bytes())
    for name, word in (("none.icc", "cannot read"), ("rgb.icc", "CMYK")):
        done = banana("render", "sheet.md", "-o", "c.pdf", "--preset", "print", "--profile", name)
        assert (done.code, word in done.err) == (1, True)
        assert not (folder / "c.pdf").exists()


def test_strict_makes_a_warning_an_error(banana, folder):
    """A page that renders with a warning is refused under --strict."""
    (folder / "warned.md").write_text("# x\n\n## y\n\n![gone](gone.png)\n", encoding="utf-8")
    loose = banana("render", "warned.md", "-o", "a.svg")
    assert loose.code == 0
    assert "warning:" in loose.err
    (folder / "a.svg").unlink()
    strict = banana("render", "warned.md", "-o", "a.svg", "--strict")
    assert strict.code == 1
    assert "error:" in strict.err
    assert "warning:" not in strict.err
    assert not (folder / "a.svg").exists()


def test_json_tells_errors_to_programs(banana, folder):
    """With --json the findings stand on stdout as data, with line and column from 1, and on stderr for people."""
    (folder / "key.md").write_text("---\npgae: A4\nlayout:\n  - 1: y\n---\n# x\n\n## y\n", encoding="utf-8")
    done = banana("render", "key.md", "-o", "a.pdf", "--json")
    assert done.code == 1
    (found,) = json.loads(done.out)["errors"]
    assert (found["severity"], found["file"], found["line"], found["column"]) == ("error", "key.md", 2, 1)
    assert found["hints"]
    assert "key.md:2:1: error:" in done.err


def test_warnings_stand_in_the_order_of_the_file(banana, folder):
    """What reading and laying out found is told from top to bottom, file by file."""
    text = "# T\n\n## A {pen=bleu}\n\nx\n\n[u]: https://example.org\n"
    for name in ("b.md", "a.md"):
        (folder / name).write_text(text, encoding="utf-8")
    said = banana("render", "b.md", "a.md", "-o", "x.pdf").err
    places = [line.partition(": warning")[0] for line in said.splitlines() if ": warning" in line]
    assert places == ["b.md:3:1", "b.md:7:1", "a.md:3:1", "a.md:7:1"]
    assert "did you mean “blue”?" in said
