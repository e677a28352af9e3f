"""The other commands, and the frame around all of them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from banana_layout.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent


def test_layout_prints_the_contract_as_json(banana):
    """The geometry has the keys other tools rely on, and zones in proportion."""
    done = banana("layout", "sheet.md", "--json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert (told["version"], told["unit"], told["warnings"]) == (1, "pt", [])
    (page,) = told["pages"]
    assert set(page) == {
        "width", "height", "content", "body_size", "zones", "panels", "lines", "diagrams", "connectors",
    }  # fmt: skip
    assert [p["id"] for p in page["panels"]] == ["title", "one"]
    whole = page["content"]["h"]
    assert [z["rect"]["h"] for z in page["zones"]] == pytest.approx([whole * 0.2, whole * 0.8], abs=1e-9)


def test_layout_prints_a_table_for_people(banana):
    """Without --json each panel has a line, in millimetres."""
    out = banana("layout", "sheet.md").out.decode()
    assert out.startswith("page 1: 105.0 x 148.0 mm")
    assert [line.split()[:2] for line in out.splitlines()[2:]] == [["zone-1", "title"], ["zone-2", "one"]]


def test_layout_takes_the_look_s_options(banana):
    """The page asked for is the page laid out."""
    page = json.loads(banana("layout", "sheet.md", "--page", "A5", "--landscape", "--json").out)["pages"][0]
    assert (page["width"], page["height"]) == pytest.approx((210 / 25.4 * 72, 148 / 25.4 * 72))


def test_layout_tells_errors_as_json(banana):
    """A failing layout still prints JSON where JSON was asked for."""
    done = banana("layout", "absent.md", "--json")
    assert done.code == 1
    (found,) = json.loads(done.out)["errors"]
    assert "absent.md" in found["message"]


def test_check_is_content_with_a_good_sheet(banana):
    """Nothing violated, exit 0."""
    done = banana("check", "sheet.md", "--json")
    assert done.code == 0
    assert json.loads(done.out) == {"version": 1, "ok": True, "violations": [], "warnings": []}
    assert banana("check", "sheet.md").out.decode().strip() == "sheet.md: all constraints hold"


def test_check_refuses_what_does_not_fit(banana, folder):
    """Overflow is an error with exit 1."""
    (folder / "long.md").write_text("---\npage: A6\n---\n# x\n\n## y\n\n" + "word " * 3000, encoding="utf-8")
    done = banana("check", "long.md")
    assert done.code == 1
    assert "error:" in done.err


def test_check_tells_each_violation_and_fails(banana, monkeypatch):
    """What is violated is named with its panel, for people and for programs, and the exit code is 1."""
    from banana_layout import constraints

    broken = constraints.Violation("panels-disjoint", "one overlaps two", 1, "one", amount=3.5, hint="less text")
    monkeypatch.setattr(constraints, "check", lambda _layout: (broken,))
    done = banana("check", "sheet.md")
    assert (done.code, done.out) == (1, b"")
    assert done.err == "sheet.md: error: panels-disjoint: one overlaps two (page 1)\n  hint: less text\n"
    told = json.loads(banana("check", "sheet.md", "--json").out)
    assert told["ok"] is False
    assert told["violations"][0]["panel"] == "one"


def test_diagram_writes_beside_its_input_by_default(banana, folder):
    """Without -o the file is the input's name with .svg, as mmdc has it."""
    assert banana("diagram", "flow.mmd").code == 0
    assert (folder / "flow.mmd.svg").read_bytes().startswith(b"<")


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_diagram_draws_every_format(banana, folder, kind):
    """mmdc's -i and -o work for each."""
    done = banana("diagram", "-i", "flow.mmd", "-o", f"f.{kind}")
    assert (done.code, done.err) == (0, "")
    assert (folder / f"f.{kind}").stat().st_size > 500


def test_diagram_draws_several_outputs_at_once(banana, folder):
    """Every -o is written, not only the last."""
    done = banana("diagram", "flow.mmd", "-o", "a.svg", "-o", "a.pdf")
    assert (done.code, done.err) == (0, "")
    assert (folder / "a.svg").read_bytes().startswith(b"<")
    assert (folder / "a.pdf").read_bytes().startswith(b"%PDF")


def test_diagram_reads_stdin_and_writes_stdout(banana):
    """`-` on both sides, the format said."""
    done = banana("diagram", "-", "-o", "-", "-f", "svg", stdin="mindmap\n  뿌리\n    가지\n".encode())
    assert (done.code, done.err) == (0, "")
    assert "가지" in done.out.decode()


def test_diagram_fills_the_size_asked_for(banana):
    """-w and -H are CSS pixels: 400 by 200 are 300 by 150 points."""
    out = banana("diagram", "flow.mmd", "-o", "-", "-f", "svg", "-w", "400", "-H", "200").out.decode()
    assert 'viewBox="0 0 300 150"' in out


def test_diagram_scale_enlarges_a_png(banana):
    """-s 2 doubles the dots."""
    sizes = []
    for scale in ("1", "2"):
        out = banana("diagram", "flow.mmd", "-o", "-", "-f", "png", "-w", "400", "-H", "200", "-s", scale).out
        sizes.append(int.from_bytes(out[16:20], "big"))
    assert sizes == [400, 800]


def test_diagram_takes_a_background(banana):
    """-b paints the paper in one colour, without the theme's pattern."""
    usual = banana("diagram", "flow.mmd", "-o", "-", "-f", "svg").out.decode()
    asked = banana("diagram", "flow.mmd", "-o", "-", "-f", "svg", "-b", "#abcdef").out.decode()
    assert "#cfdde6" in usual
    assert "#cfdde6" not in asked
    assert 'fill="#abcdef"' in asked


def test_a_transparent_background_lets_the_ground_show(banana):
    """-b transparent draws neither paper nor pattern."""
    import cairosvg
    from PIL import Image

    out = banana("diagram", "flow.mmd", "-o", "-", "-f", "svg", "-b", "transparent").out
    picture = Image.open(io.BytesIO(cairosvg.svg2png(bytestring=out))).convert("RGBA")
    assert picture.getpixel((1, 1))[3] == 0
    assert picture.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize("ground", ["transparent", "white"])
def test_a_background_of_one_s_own_shows_nothing_of_the_board(banana, ground):
    """On a dark theme -b leaves no smear of an eraser behind, which only a board has."""
    board = banana("diagram", "flow.mmd", "-o", "-", "-f", "svg", "-t", "dark").out
    out = banana("diagram", "flow.mmd", "-o", "-", "-f", "svg", "-t", "dark", "-b", ground).out
    smear = b'fill-opacity=".022"'
    assert smear in board
    assert smear not in out


@pytest.mark.parametrize("theme", ["default", "dark", "forest", "neutral", "exam-notes"])
def test_diagram_knows_mermaid_s_themes_and_ours(banana, theme):
    """-t takes both."""
    assert banana("diagram", "flow.mmd", "-o", "-", "-f", "svg", "-t", theme).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["absent.mmd"], 1, "absent.mmd"),
        (["flow.mmd", "-o", "x.gif"], 2, ".gif"),
        (["flow.mmd", "-t", "nope"], 1, "unknown theme"),
        (["flow.mmd", "-b", "blurple"], 2, "blurple"),
        (["flow.mmd", "-w", "3"], 2, "-w"),
        (["flow.mmd", "-i", "flow.mmd"], 2, "twice"),
        ([], 2, "input"),
    ],
)
def test_diagram_refuses_what_it_cannot_do(banana, untouched, arguments, code, said):
    """Input errors are exit 1, usage errors 2; nothing is written."""
    done = banana("diagram", *arguments)
    assert done.code == code
    assert said in done.err
    assert untouched()


def test_a_diagram_that_does_not_parse_is_told_with_its_place(banana, folder):
    """file:line:col, as for sheets."""
    (folder / "bad.mmd").write_text("flowchart LR\n  A --> ]\n", encoding="utf-8")
    done = banana("diagram", "bad.mmd")
    assert done.code == 1
    assert done.err.startswith("bad.mmd:2:")
    assert not (folder / "bad.mmd.svg").exists()


def test_themes_are_listed(banana):
    """Every packaged theme, for people and for programs."""
    told = json.loads(banana("themes", "--json").out)
    names = [t["name"] for t in told["themes"]]
    assert names == ["blueprint", "chalkboard", "exam-notes", "kraft", "nano-banana", "plain"]
    assert [line.split()[0] for line in banana("themes").out.decode().splitlines()] == names


def test_fonts_are_listed_with_files_that_exist(banana):
    """Every face, its file and its roles."""
    from banana_layout import resources

    fonts = json.loads(banana("fonts", "--json").out)["fonts"]
    assert all((resources.root() / "fonts" / f["file"]).is_file() for f in fonts)
    assert {"id": "nanum-pen", "file": "NanumPen/NanumPen.ttf", "roles": ["quote"]} in fonts
    assert len(banana("fonts").out.splitlines()) == len(fonts)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(banana, name):
    """--help works and says what the list of commands says it does."""
    done = banana(name, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: banana {name}".encode())


def test_the_list_of_commands_is_complete(banana):
    """`banana --help` names every command."""
    out = banana("--help").out.decode()
    assert all(f"\n  {name}" in out for name in COMMANDS)


def test_an_unknown_command_is_answered_with_the_nearest(banana):
    """A slip is a usage error with a hint."""
    done = banana("rendr", "sheet.md")
    assert done.code == 2
    assert "Did you mean 'render'?" in done.err


def test_help_is_a_command_too(banana):
    """`banana help` says what `banana --help` says, and `banana help render` what `banana render --help` says."""
    assert banana("help").out == banana("--help").out
    assert banana("help", "render").out == banana("render", "--help").out
    assert banana("help", "rendr").code == 2


def test_the_module_runs_as_a_program():
    """`python -m banana_layout` is the command, and its exit code is the process's."""
    good = subprocess.run(
        [sys.executable, "-m", "banana_layout", "--version"], check=False, capture_output=True, text=True
    )
    assert (good.returncode, good.stdout.split()[0]) == (0, "banana,")
    bad = subprocess.run([sys.executable, "-m", "banana_layout", "render"], check=False, capture_output=True, text=True)
    assert bad.returncode == 2


def test_a_refusing_stdout_is_one_message(banana, monkeypatch):
    """What cannot be printed is said without a traceback, exit 1."""

    def refuse(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("banana_layout.cli.themes.print_json", refuse)
    done = banana("themes", "--json")
    assert (done.code, done.err) == (1, "banana: error: cannot read or write: No space left on device\n")


def test_a_reader_that_has_gone_is_no_error_to_complain_about(folder):
    """`banana layout … | head` ends quietly."""
    line = f"{sys.executable} -m banana_layout layout sheet.md --json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, check=True, cwd=folder, env={"PYTHONPATH": str(ROOT)}
    )
    assert (done.stdout, done.stderr) == (b"{", b"")


def test_listing_commands_reads_none_of_them():
    """`banana --help` starts without the engine."""
    code = (
        "import sys; from banana_layout.cli.main import main; main(['--help']);"
        "print(*[m for m in sys.modules if m.startswith('banana_layout.')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stderr.split()) <= {
        "banana_layout.cli", "banana_layout.cli.main", "banana_layout.cli.message", "banana_layout.cli.terminal",
        "banana_layout.source",
    }  # fmt: skip


def test_preflight_judges_a_file_and_says_so_to_machines(banana, folder):
    """A print file is ready; a screen file is not, with exit 1 and each finding as data."""
    import json

    assert banana("render", "sheet.md", "-o", "p.pdf", "-o", "p.svg", "--preset", "print").code == 0
    ready = banana("preflight", "p.pdf")
    assert (ready.code, b"ready" in ready.out) == (0, True)
    assert banana("render", "sheet.md", "-o", "s.pdf").code == 0
    unready = banana("preflight", "s.pdf", "--json")
    told = json.loads(unready.out)
    assert (unready.code, told["ok"]) == (1, False)
    assert {"boxes", "color-space", "intent"} <= {f["rule"] for f in told["findings"]}
    assert banana("preflight", "s.pdf", "--preset", "screen").code == 0
    assert banana("preflight", "sheet.md").code == 1


def test_check_holds_print_presets_to_preflight(banana):
    """With a print preset, the file it would make is judged too."""
    import json

    done = banana("check", "sheet.md", "--preset", "print", "--json")
    assert (done.code, json.loads(done.out)["preflight"]) == (0, [])


TWO_DIAGRAMS = (
    "# Notes\n\n```mermaid\nflowchart LR\n  A --> B\n```\n\ntext\n\n::: mermaid\nmindmap\n  r\n    a\n:::\n\nend\n"
)


def test_every_diagram_of_a_markdown_file_is_drawn(banana, folder):
    """As mmdc does: out-1.svg, out-2.svg."""
    (folder / "in.md").write_text(TWO_DIAGRAMS, encoding="utf-8")
    assert banana("diagram", "-i", "in.md", "-o", "out.svg").code == 0
    assert (folder / "out-1.svg").exists()
    assert (folder / "out-2.svg").exists()


def test_markdown_comes_back_with_pictures_in_place_of_its_diagrams(banana, folder):
    """An output ending in .md is the text, naming the pictures beside it."""
    (folder / "in.md").write_text(TWO_DIAGRAMS, encoding="utf-8")
    assert banana("diagram", "-i", "in.md", "-o", "out.md", "-e", "png").code == 0
    text = (folder / "out.md").read_text(encoding="utf-8")
    assert text == "# Notes\n\n![diagram](./out-1.png)\n\ntext\n\n![diagram](./out-2.png)\n\nend\n"
    assert (folder / "out-2.png").read_bytes().startswith(b"\x89PNG")


def test_errors_in_a_markdown_file_s_diagram_are_told_at_the_file_s_line(banana, folder):
    """The line counts from the file's first."""
    (folder / "bad.md").write_text("a\n\n```mermaid\nflowchart LR\n  A --> ]\n```\n", encoding="utf-8")
    done = banana("diagram", "-i", "bad.md", "-o", "out.svg")
    assert done.code == 1
    assert done.err.startswith("bad.md:5:")
    assert not (folder / "out-1.svg").exists()


def test_mmdc_s_other_options_do_no_harm(banana, folder):
    """Scripts written for mmdc run: settings, style sheets, ids and pdfFit are taken."""
    (folder / "c.json").write_text('{"theme": "dark"}', encoding="utf-8")
    said = ("-I", "id", "-p", "puppeteer.json", "-C", "x.css", "-c", "c.json", "-f")
    assert banana("diagram", "-i", "flow.mmd", "-o", "f.pdf", *said).code == 0
    assert (folder / "f.pdf").read_bytes().startswith(b"%PDF")


def test_an_interrupted_batch_says_how_to_go_on(banana, monkeypatch):
    """Ctrl-C ends a batch with the usual code and a line that says what stays."""
    from banana_layout.cli import batch

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "_drawn", interrupted)
    done = banana("batch", "sheet.md", "-o", "out")
    assert (done.code, "the same command draws the rest" in done.err) == (130, True)
