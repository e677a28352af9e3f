"""Feeds readers what nobody would write: `python benchmarks/fuzz.py READER… [--minutes N] [--engine hypothesis|atheris]`.

READER is one of sheet, brief, wireframe, mermaid, json, theme, font, image, svg, or `all`. Hypothesis takes a real input, cuts,
repeats, swaps and overwrites in it; atheris (where it is installed) is led by coverage, and ends after one reader. A reader
must return or raise BananaError, within the seconds and the memory stated below. What fails is printed, and kept in
`fuzz-findings/` under the reader's name.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import hashlib
import io
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from banana_layout.font.book import FontBook  # noqa: E402
from banana_layout.interchange import read_json  # noqa: E402
from banana_layout.layout.picture import open_picture  # noqa: E402
from banana_layout.pipeline import diagram_to_svg, layout, read  # noqa: E402
from banana_layout.source import BananaError, Source  # noqa: E402
from banana_layout.syntax.brief.read import read as read_brief  # noqa: E402
from banana_layout.theme.load import parse  # noqa: E402

SECONDS = 20
"""Seconds of computing that a single input may take; what else the machine does is not its fault."""
PATIENCE = 600
"""Seconds on the clock after which an input that does not even hear signals ends the process."""
MEMORY = 3 << 30
"""The process may grow this large, in bytes."""
LARGEST = 20_000
"""Inputs are cut to this many bytes."""

Piece = bytes


class Reader(NamedTuple):
    """Something that reads."""

    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    pieces: tuple[Piece, ...]
    """What is put in now and then."""


def text_of(data: bytes) -> str:
    """Return bytes as text, whatever they are."""
    return data.decode("utf-8", "replace")


def files(*patterns: str) -> list[bytes]:
    """Return the contents of files of the checkout."""
    return [p.read_bytes()[:LARGEST] for pattern in patterns for p in sorted(ROOT.glob(pattern))]


def fenced(pattern: str) -> list[bytes]:
    """Return the Mermaid of fenced blocks in files."""
    found = []
    for data in files(pattern):
        found += [part.split("```")[0].encode() for part in text_of(data).split("```mermaid\n")[1:]]
    return found


def with_file(data: bytes, suffix: str, use: Callable[[Path], object]) -> object:
    """Write data into a file and use it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"x{suffix}")
        path.write_bytes(data)
        return use(path)


def run_sheet(data: bytes) -> object:
    """Read and lay out a sheet."""
    return layout(read(text_of(data)))


def run_brief(data: bytes) -> object:
    """Read a brief and lay it out."""
    return layout(read_brief(Source("<brief>", text_of(data))).value)


def run_wireframe(data: bytes) -> object:
    """Read a brief that is little more than its wireframe."""
    text = f"# T\n\n```\n{text_of(data)}\n```\n\n## Zone 1\n\n- x\n"
    return read_brief(Source("<brief>", text)).value


def run_mermaid(data: bytes) -> object:
    """Read a diagram and draw it."""
    return diagram_to_svg(text_of(data), plain=True)


def run_json(data: bytes) -> object:
    """Read a sheet in JSON and lay it out."""
    return layout(read_json(Source("x.json", text_of(data))).value)


def run_theme(data: bytes) -> object:
    """Read a theme."""
    return parse(Source("x.toml", text_of(data)))


def run_font(data: bytes) -> object:
    """Open a font an author names, shape with it and draw its glyphs."""
    from banana_layout.font.face import Face, FaceFacts

    def use(path: Path) -> object:
        face = Face(FaceFacts("x", path.name, 1.0), path)
        return [face.outline(g.gid) for g in face.shape("A가b fi🎲")]

    return with_file(data, ".ttf", use)


def run_image(data: bytes) -> object:
    """Open a raster picture."""
    return with_file(data, ".png", lambda p: open_picture(p.name, p.parent, None, None))


def run_svg(data: bytes) -> object:
    """Open an SVG picture."""
    return with_file(data, ".svg", lambda p: open_picture(p.name, p.parent, None, None))


def raster_seeds() -> list[bytes]:
    """Return small pictures of every kind that is read."""
    out = []
    for mode, kind in (("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("L", "JPEG"), ("RGB", "JPEG"), ("P", "GIF"), ("RGB", "WEBP"),
                       ("RGB", "BMP"), ("RGB", "TIFF"), ("CMYK", "JPEG"), ("I;16", "PNG")):  # fmt: skip
        data = io.BytesIO()
        Image.new(mode, (9, 7)).save(data, kind)
        out.append(data.getvalue())
    return out


def mermaid_seeds() -> list[bytes]:
    """Return Mermaid's own cases."""
    lines = (ROOT / "tests/cases/mermaid/cases.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line) for line in lines]
    return [str(t.get("text", t.get("source", ""))).encode()[:LARGEST] for t in texts]


def json_seeds() -> list[bytes]:
    """Return sheets as JSON."""
    from banana_layout.model.codec import to_dict

    texts = [text_of(d) for d in files("tests/cases/sheets/*.md", "assets/samples/inference.md")]
    short = {"title": "T", "panels": [{"id": "a", "title": "A", "content": "- x"}], "layout": [{"25": ["a"]}]}
    return [json.dumps(to_dict(read(t))).encode() for t in texts] + [json.dumps(short).encode()]


SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
<g transform="rotate(9 1 2) scale(2) matrix(1 0 0 1 3 4)" style="fill:url(#g);opacity:.5"><path d="M1 2h3v4H1zm1 1a2 3 30 0 1 2 2q1 1 2 2t1 1s1 1 2 2c1 2 3 4 5 6"/>
<circle r="3"/><ellipse rx="2" ry="1"/><rect width="3" height="2" rx="1" stroke="rgb(1,2,3)" stroke-width="2"/><line x2="3"/><polygon points="1,2 3,4 5 6"/></g></svg>"""

MARKS = tuple(
    p.encode()
    for p in (
        "[", "](", "![", "**", "*", "_", "`", "```", "~~", "==", "> ", "- ", "1. ", "|", "|-|-|\n", "#", "## ", "---\n", "[^1]", "[^1]: ", "\n: ",
        "<", "<!--", "-->", "</", "&", "&#0;", "&#x110000;", "\\", "\n", "\n\n", "    ", "\t", "\0", "\ufeff", "\u202e", "\u200d", "\u0301",
        "가", "日本", "👩‍🚀", "🇰🇷", "{#a}", "{.sticky}", "{pen=blue}", "layout:", "rows:", "constraints:", "page: A4", "auto", "max(1, 2mm)", "1e999",
        "-1", "0", "99999999999999999999", "nan", "[!NOTE]", "http://x.y", "javascript:", "mermaid\n",
    )
)  # fmt: skip
ARROWS = (b"-->", b"---", b"-.->", b"==>", b"~~~", b"--o", b"x--x", b"|", b'"', b"((", b"))", b"[/", b"\\]", b"{{", b"}}", b"subgraph ", b"end\n", b":::", b"@{",
          b"}", b"click ", b"style ", b"classDef ", b"linkStyle ", b"%%{init: {", b"}}%%", b"direction LR", b"&", b";", b"<br/>", b"`", b"::icon(", b"root", b"mindmap\n  ")  # fmt: skip
BOXES = (*(c.encode() for c in "┌┐└┘├┤┬┴┼─│═║╔╗╚╝╭╮╰╯+-| \n가W"), b"  ", b"30%", b"Zone 1")
BYTES = (
    b"\0",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"IHDR",
    b"IDAT",
    b"\xff\xd8",
    b"glyf",
    b"loca",
    b"GSUB",
)
XML = (
    b"<g>",
    b"</g>",
    b"<use href='#a'/>",
    b"<!ENTITY a 'b'>",
    b"&a;",
    b"transform='",
    b"scale(1e308)",
    b"nan",
    b"-",
    b"e",
    b"1e999",
    b"0",
    b"A1 1 0 0 1",
    b"url(#g)",
    b"%",
    b"]]>",
    b"<?x?>",
)

READERS = {
    "sheet": Reader(run_sheet, lambda: files("tests/cases/sheets/*.md", "assets/samples/*.md"), MARKS),
    "brief": Reader(run_brief, lambda: files("tests/cases/briefs/*.md"), (*MARKS, *BOXES)),
    "wireframe": Reader(
        run_wireframe,
        lambda: [p.split("```")[1].encode() for d in files("tests/cases/briefs/*.md") if (p := text_of(d)).count("```") > 1],
        BOXES,
    ),
    "mermaid": Reader(run_mermaid, lambda: fenced("assets/samples/*.md") + mermaid_seeds(), ARROWS),
    "json": Reader(run_json, json_seeds, (b"{", b"}", b"[", b"]", b":", b",", b'"', b"null", b"1e999", b"-1", b"true", b'"type"', b"\\u0000", b"\\ud800")),
    "theme": Reader(run_theme, lambda: files("assets/themes/*.toml"), (b"=", b"[", b"]", b"#", b'"', b"nan", b"-1", b"1e999", b"inf", b"'''", b"\0", b"[[")),
    "font": Reader(run_font, lambda: [p.read_bytes() for p in sorted(ROOT.glob("fonts/*/*.ttf"), key=lambda p: p.stat().st_size)[:2]], BYTES),
    "image": Reader(run_image, raster_seeds, BYTES),
    "svg": Reader(run_svg, lambda: [SVG], XML),
}  # fmt: skip
"""Everything that reads what others wrote."""


class TooLateError(Exception):
    """An input that does not end."""


class TimeIsUp(BaseException):
    """The minutes are over."""


def guarded(reader: Reader, data: bytes) -> None:
    """Run a reader on an input; BananaError is an answer, anything else is a finding."""

    def late(*_: object) -> None:
        raise TooLateError(f"more than {SECONDS} s")

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        with contextlib.suppress(BananaError):
            reader.run(data)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Findings:
    """What failed so far: one input for each place in the code."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        """Inputs tried."""
        self.found: dict[str, str] = {}
        """What is told of each, by where it failed."""
        self.current = keep(name, b"")
        """Holds the input being tried, for what ends the process itself."""

    def attempt(self, data: bytes) -> None:
        """Run the reader on an input; print and keep what fails in a new place."""
        self.count += 1
        self.current.write_bytes(data)
        try:
            guarded(READERS[self.name], data)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is a finding)
            where = traceback.extract_tb(error.__traceback__)[-2 if isinstance(error, TooLateError) else -1]
            known_as = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
            if known_as not in self.found:
                kept = keep(self.name, data).relative_to(ROOT)
                self.found[known_as] = f"{known_as}: {str(error)[:200]}, kept as {kept}"
                print(f"{self.name}: {self.found[known_as]}", flush=True)

    def close(self, minutes: float, engine: str) -> None:
        """Print what the minutes brought."""
        self.current.unlink(missing_ok=True)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(
            f"{self.name}: {self.count:,} inputs by {engine} in {minutes:g} min ({used.ru_utime + used.ru_stime:.0f} s of computing), "
            f"{len(self.found)} findings, at most {used.ru_maxrss // 1024} MB",
            flush=True,
        )  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, seeds: list[bytes], pieces: tuple[Piece, ...]) -> bytes:
    """Return a real input with up to a dozen things done to it."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, max(0, len(data))))
        span = draw(st.sampled_from((1, 2, 8, 40, 400)))
        how = draw(st.sampled_from(("put", "cut", "repeat", "over", "splice", "noise", "end")))
        if how == "put":
            data = data[:at] + draw(st.sampled_from(pieces)) * draw(st.sampled_from((1, 1, 2, 30, 300))) + data[at:]
        elif how == "cut":
            data = data[:at] + data[at + span :]
        elif how == "repeat":
            data = data[:at] + data[at : at + span] * draw(st.sampled_from((2, 3, 50))) + data[at + span :]
        elif how == "over":
            piece = draw(st.sampled_from(pieces))
            data = data[:at] + piece + data[at + len(piece) :]
        elif how == "splice":
            other = draw(st.sampled_from(seeds))
            data = data[:at] + other[draw(st.integers(0, len(other))) :][: span * 10] + data[at:]
        elif how == "noise":
            data = data[:at] + draw(st.binary(max_size=8)) + data[at:]
        else:
            data = data[:at]
    return data if len(seeds[0]) > LARGEST else data[:LARGEST]


def with_hypothesis(name: str, minutes: float) -> int:
    """Fuzz a reader for a while; return how many findings there were."""
    until, findings = time.monotonic() + 60 * minutes, Findings(name)
    reader = READERS[name]

    @settings(
        max_examples=100_000_000, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,), derandomize=False,
    )  # fmt: skip
    @given(spoilt(reader.seeds(), reader.pieces))
    def attempt(data: bytes) -> None:
        if time.monotonic() > until:
            raise TimeIsUp
        if findings.count % 50 == 0:
            faulthandler.dump_traceback_later(PATIENCE, exit=True)
        findings.attempt(data)

    while time.monotonic() < until:
        with contextlib.suppress(TimeIsUp):
            attempt()
    faulthandler.cancel_dump_traceback_later()
    findings.close(minutes, "Hypothesis")
    return len(findings.found)


def keep(name: str, data: bytes) -> Path:
    """Keep an input that failed; an empty one is the place of the input being tried."""
    folder = ROOT / "fuzz-findings"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{hashlib.sha256(data).hexdigest()[:12] if data else 'current'}"
    path.write_bytes(data)
    return path


def with_atheris(name: str, minutes: float) -> int:
    """Fuzz a reader led by coverage; return how many findings there were."""
    import atheris

    findings = Findings(name)
    with tempfile.TemporaryDirectory() as corpus:
        for i, seed in enumerate(READERS[name].seeds()):
            Path(corpus, str(i)).write_bytes(seed)
            # What is imported only when needed must be there to be instrumented.
            findings.attempt(seed)
        words = Path(corpus).with_suffix(".dict")
        words.write_text("".join(f'"{_escaped(piece)}"\n' for piece in READERS[name].pieces), encoding="ascii")
        atheris.instrument_all()
        until = time.monotonic() + 60 * minutes

        def attempt(data: bytes) -> None:
            if time.monotonic() > until:
                findings.close(minutes, "atheris")
                words.unlink(missing_ok=True)
                # libFuzzer never comes back; what is open is closed here.
                shutil.rmtree(corpus, ignore_errors=True)
                os._exit(1 if findings.found else 0)
            findings.attempt(data)

        flags = [f"-timeout={PATIENCE}", "-rss_limit_mb=3072", f"-max_len={LARGEST}", f"-dict={words}"]
        atheris.Setup([sys.argv[0], corpus, *flags, f"-artifact_prefix={ROOT}/fuzz-findings/{name}-"], attempt)
        atheris.Fuzz()
    return len(findings.found)


def _escaped(piece: bytes) -> str:
    """Return bytes as libFuzzer's dictionaries write them."""
    return "".join(f"\\x{byte:02x}" for byte in piece)


def chosen(names: list[str]) -> Iterator[str]:
    """Yield the readers asked for."""
    yield from READERS if names == ["all"] else names


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="+", choices=[*READERS, "all"], metavar="READER")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    arguments = parser.parse_args()
    resource.setrlimit(
        resource.RLIMIT_AS,
        (MEMORY, MEMORY) if arguments.engine == "hypothesis" else resource.getrlimit(resource.RLIMIT_AS),
    )
    FontBook.standard()
    random.seed(0)
    failed = False
    for name in chosen(arguments.readers):
        engine = with_atheris if arguments.engine == "atheris" else with_hypothesis
        failed |= engine(name, arguments.minutes) > 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
