"""What a hostile author may try: one row an attack. SECURITY.md says what is promised."""

from __future__ import annotations

import io
import re
import socket
import struct
import zlib
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pikepdf
import pytest

from banana_layout import constraints
from banana_layout.model.document import Overrides
from banana_layout.pipeline import diagram_to_svg, layout, read, to_pdf, to_png, to_svg
from banana_layout.source import BananaError

SECRET = "TOP-SECRET-4711"
HARMLESS = re.compile(r"(?:https?://|mailto:|#|data:image/(?:png|jpeg);base64,)", re.IGNORECASE)


def svg_of(text: str, folder: Path | None = None) -> str:
    """Return a sheet's page as SVG; read from a file where a folder is given."""
    if folder is None:
        return to_svg(layout(read(text)), plain=True)
    path = folder / "sheet.md"
    path.write_text(text, encoding="utf-8")
    return to_svg(layout(read(path)), plain=True)


def dangers(svg: str) -> list[str]:
    """Return what in an SVG may act or reach out; parsing it is part of the test."""
    found = []
    for element in fromstring(svg).iter():
        name = element.tag.rsplit("}", 1)[-1].lower()
        if name in ("script", "foreignobject", "iframe", "object", "embed", "animate", "set", "handler"):
            found.append(name)
        for key, value in element.attrib.items():
            bare = key.rsplit("}", 1)[-1].lower()
            if bare.startswith("on") or (bare in ("href", "src") and not HARMLESS.match(value)):
                found.append(f"{bare}={value[:60]}")
            if "url(" in value and "url(#" not in value:
                found.append(f"{bare}={value[:60]}")
        if name == "style" and re.search(r"@import|url\((?!#)", element.text or ""):
            found.append("style that reaches out")
    return found


def pdf_dangers(data: bytes) -> list[str]:
    """Return what in a PDF may act or reach out."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found += [key for key in ("/AA", "/AcroForm") if key in pdf.Root]
        if not isinstance(pdf.Root.get("/OpenAction", pikepdf.Array()), pikepdf.Array):
            found.append("/OpenAction")
        if "/Names" in pdf.Root and {"/JavaScript", "/EmbeddedFiles"} & set(pdf.Root.Names.keys()):
            found.append("names")
        for page in pdf.pages:
            for note in page.get("/Annots", []):
                action = note.get("/A", {})
                if action.get("/S", "/URI") not in ("/URI", "/GoTo"):
                    found.append(str(action.get("/S")))
                uri = str(action.get("/URI", "http://"))
                if not HARMLESS.match(uri):
                    found.append(uri)
    return found


SCRIPTED = {
    "javascript link": "[x](javascript:alert(1))",
    "javascript link in capitals": "[x](JaVaScRiPt:alert(1))",
    "javascript link with a tab": "[x](java&Tab;script:alert(1))",
    "javascript link with a newline": "[x](java&#10;script:alert(1))",
    "javascript link with a control character": "[x](&#1;javascript:alert(1))",
    "javascript link in entities": "[x](&#106;&#97;vascript:alert(1))",
    "javascript autolink": "<javascript:alert(1)>",
    "javascript by reference": "[x][y]\n\n[y]: javascript:alert(1)",
    "data link": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "vbscript link": "[x](vbscript:msgbox)",
    "file link": "[x](file:///etc/passwd)",
    "link that closes its attribute": '[x](https://a.b/"onload="alert(1))',
    "link with markup": "[x](<https://a.b/><script>alert(1)</script>>)",
    "script element": "<script>alert(1)</script>",
    "script in a block": "<div>\n<script>alert(1)</script>\n</div>",
    "image with a handler": "<img src=x onerror=alert(1)>",
    "svg in text": "<svg onload=alert(1)>",
    "iframe": '<iframe src="javascript:alert(1)"></iframe>',
    "style": "<style>@import 'https://evil.example'</style>",
    "markup in code": "`</text><script>alert(1)</script>`",
    "markup in a fence": "```html\n]]></svg><script>alert(1)</script>\n```",
    "markup in a fence's name": "```<script>\nx\n```",
    "markup in a heading": "### </text><script>alert(1)</script>",
    "markup in an id": '### H {#a"><script>}',
    "markup in alternative text": '![</desc><script>alert(1)</script>](x.png "t</title><script>")',
    "Mermaid click with script": '```mermaid\nflowchart LR\na-->b\nclick a "javascript:alert(1)"\n```',
    "Mermaid click with a function": "```mermaid\nflowchart LR\na-->b\nclick a call alert(1)\n```",
    "Mermaid label with script": '```mermaid\nflowchart LR\na["<script>alert(1)</script><img src=x onerror=alert(1)>"]\n```',
    "Mermaid style with a URL": "```mermaid\nflowchart LR\na\nstyle a fill:url(https://evil.example)\n```",
    "Mermaid theme CSS": "```mermaid\n%%{init: {'themeCSS': '@import \"https://evil.example\"'}}%%\nflowchart LR\na\n```",
    "Mermaid image": '```mermaid\nflowchart LR\na@{ img: "https://evil.example/x.svg" }\n```',
    "CDATA end": "]]>",
    "processing instruction": "<?xml-stylesheet href='https://evil.example'?>",
    "doctype": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
}
"""Text that would act in a browser or a viewer."""


@pytest.mark.parametrize("name", SCRIPTED)
def test_nothing_written_ever_acts(name: str) -> None:
    """Neither SVG nor PDF holds a script, a handler, an element that loads, or a link that is not http, https or mailto."""
    laid = layout(read(f"# T\n\n## P\n\nbefore\n\n{SCRIPTED[name]}\n\nafter\n"))
    assert dangers(to_svg(laid)) == []
    assert pdf_dangers(to_pdf(laid)) == []


@pytest.mark.parametrize("key", ["title", "author", "subject", "keywords"])
def test_metadata_is_escaped(key: str) -> None:
    """What the front matter says of the document cannot leave its place in SVG, in PDF's Info or in XMP."""
    evil = "</title><script>alert(1)</script> ) /JS (x) ]]> \\ &amp; <?x?> \u0000 \x1b"
    quoted = evil.replace("\\", "\\\\").replace('"', '\\"').replace("\u0000", "\\0").replace("\x1b", "\\e")
    laid = layout(read(f'---\n{key}: "{quoted}"\n---\n\n# T\n\n## P\n\nx\n'))
    assert dangers(to_svg(laid)) == []
    data = to_pdf(laid)
    assert pdf_dangers(data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/JS" not in pdf.Root
        if "/Metadata" in pdf.Root:
            fromstring(pdf.Root.Metadata.read_bytes().partition(b"?>")[2].rpartition(b"<?xpacket")[0])


CONTROLS = [
    *(chr(c) for c in range(0x20) if c not in (9, 10, 13)),
    "\x7f",
    "\x85",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
]
BIDI = [
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
]


@pytest.mark.parametrize("char", [*CONTROLS, *BIDI], ids=lambda c: f"U+{ord(c):04X}")
def test_characters_that_hide_or_break_never_reach_the_output(char: str) -> None:
    """Control characters, half surrogates and direction overrides are left out everywhere; the text around them stays."""
    text = f"# T{char}T\n\n## P{char}P\n\nab{char}cd `x{char}y`\n\n```\ne{char}f\n```\n\n"
    text += f'```mermaid\nflowchart LR\nn["g{char}h"]\n```\n\n[l](https://a.b/{char}c)\n'
    laid = layout(read(text))
    svg = to_svg(laid)
    fromstring(svg)
    assert char not in svg
    shown = "".join(g.text for _, g in constraints.pieces.in_panels(laid.pages[0].scene.items) if hasattr(g, "glyphs"))
    assert "abcd" in shown.replace("\ufffd", "").replace(char, "")
    assert to_pdf(laid).startswith(b"%PDF")


def test_a_name_in_reverse_shows_its_true_order() -> None:
    """`exe.gpj` cannot be made to look like `jpg.exe` by a direction override."""
    shown = "".join(n.text for n in layout(read("# T\n\n## P\n\nphoto\u202egpj.exe\n")).pages[0].lines())
    assert "photogpj.exe" in shown


def secret(folder: Path) -> Path:
    """Write a file that must not be read, outside the document's folder."""
    path = folder / "secret.svg"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{SECRET}</title><path d="M1 2L3 4L7 1Z"/></svg>'
    )
    return path


ESCAPES = (
    "../secret.svg",
    "sub/../../secret.svg",
    "..%2Fsecret.svg",
    "%2e%2e/secret.svg",
    "./../secret.svg",
    "link.svg",
    "folder/secret.svg",
    "{root}/secret.svg",
    "file://{root}/secret.svg",
    "/etc/passwd",
    "..\\secret.svg",
    "/dev/zero",
    "/proc/self/environ",
    ".",
    "",
    "con\u0000.svg",
    "a" * 5000,
)
"""Paths of images that lead out of the document's folder, or nowhere."""


@pytest.mark.parametrize("path", ESCAPES, ids=lambda p: p[:24])
def test_no_image_outside_the_folder_is_read(path: str, tmp_path: Path) -> None:
    """`..`, absolute paths, links and folders that are links lead nowhere: a frame stands in, and a warning says so."""
    secret(tmp_path)
    inside = tmp_path / "docs"
    inside.mkdir()
    (inside / "link.svg").symlink_to(tmp_path / "secret.svg")
    (inside / "folder").symlink_to(tmp_path)
    text = f"# T\n\n## P\n\n![a](<{path.format(root=tmp_path)}>)\n"
    sheet = inside / "sheet.md"
    sheet.write_bytes(text.encode())
    laid = layout(read(sheet))
    assert "M1 2" not in to_svg(laid, plain=True)
    assert not any("/image" in i.key for _, i in constraints.pieces.in_panels(laid.pages[0].scene.items))


def test_a_link_inside_the_folder_may_be_followed(tmp_path: Path) -> None:
    """A link that stays below the document's folder is an image like any other."""
    secret(tmp_path)
    (tmp_path / "link.svg").symlink_to(tmp_path / "secret.svg")
    assert SECRET not in svg_of("# T\n\n## P\n\n![a](link.svg)\n", tmp_path)
    found = layout(read(tmp_path / "sheet.md"))
    assert found.warnings == ()


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "http://127.0.0.1:1/x.svg",
        "data:image/svg+xml,<svg/>",
        "ftp://x/y.png",
    ],
)
def test_no_image_is_ever_fetched(path: str, tmp_path: Path, offline: None) -> None:
    """Remote images are refused with a warning; no connection is tried."""
    laid = layout(read(f"# T\n\n## P\n\n![a]({path})\n"))
    assert "never uses the network" in str([w.message for w in laid.warnings])
    assert dangers(to_svg(laid)) == []


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every use of the network fail the test."""

    def refused(*_: Any, **__: Any) -> Any:
        raise AssertionError("the network was used")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)


def test_no_page_uses_the_network(offline: None, tmp_path: Path) -> None:
    """Everything at once, in every format, without a socket: links, images, SVG with references, themes, diagrams."""
    (tmp_path / "x.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="http://evil.example/x.png" width="9" height="9"/><use href="http://evil.example/y.svg#a"/><rect width="5" height="5"/></svg>'
    )
    sheet = tmp_path / "sheet.md"
    sheet.write_text("# T\n\n## P\n\n![a](x.svg)\n\n[l](https://evil.example)\n\n![b](https://evil.example/b.png)\n")
    laid = layout(read(sheet))
    assert dangers(to_svg(laid)) == []
    assert pdf_dangers(to_pdf(laid)) == []
    assert to_png(laid, dpi=40).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "theme", ["../evil.toml", "/etc/passwd", "link.toml", "sub/../../evil.toml", "nano-banana/../../x"]
)
def test_no_theme_outside_the_folder_is_read(theme: str, tmp_path: Path) -> None:
    """A document's theme file is looked for below its folder only, links included."""
    (tmp_path / "evil.toml").write_text(f"# {SECRET}\nname = 3\n")
    inside = tmp_path / "docs"
    inside.mkdir()
    (inside / "link.toml").symlink_to(tmp_path / "evil.toml")
    sheet = inside / "sheet.md"
    sheet.write_text(f"---\ntheme: {theme}\n---\n\n# T\n\n## P\n\nx\n")
    with pytest.raises(BananaError) as caught:
        layout(read(sheet))
    assert SECRET not in str(caught.value)
    assert "outside" in str(caught.value)


SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="30"'
HOSTILE_SVG = {
    "script": f"{SVG_HEAD}><script>alert(1)</script><rect width='9' height='9'/></svg>",
    "handler": f"{SVG_HEAD} onload='alert(1)'><rect width='9' height='9' onclick='alert(1)'/></svg>",
    "foreign object": f"{SVG_HEAD}><foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject></svg>",
    "remote image": f"{SVG_HEAD}><image xlink:href='https://evil.example/x.png' width='9' height='9'/></svg>",
    "local image": f"{SVG_HEAD}><image href='file:///etc/passwd' width='9' height='9'/></svg>",
    "use of another file": f"{SVG_HEAD}><use href='../secret.svg#a'/></svg>",
    "style import": f"{SVG_HEAD}><style>@import 'https://evil.example/x.css';</style><rect width='9' height='9'/></svg>",
    "fill from afar": f"{SVG_HEAD}><rect width='9' height='9' fill='url(https://evil.example/#a)'/></svg>",
    "script link": f"{SVG_HEAD}><a xlink:href='javascript:alert(1)'><rect width='9' height='9'/></a></svg>",
    "animation": f"{SVG_HEAD}><set attributeName='href' to='javascript:alert(1)'/></svg>",
    "external entity": f"<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{SVG_HEAD}><text>&e;</text></svg>",
    "parameter entity": f"<!DOCTYPE svg [<!ENTITY % e SYSTEM 'http://evil.example/x.dtd'>%e;]>{SVG_HEAD}/>",
    "billion laughs": "<!DOCTYPE svg [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{i} '" + f"&a{i - 1};" * 10 + "'>" for i in range(1, 10))
    + f"]>{SVG_HEAD}><text>&a9;</text></svg>",
    "quadratic blow-up": "<!DOCTYPE svg [<!ENTITY a '"
    + "x" * 50_000
    + "'>]>"
    + SVG_HEAD
    + "><text>"
    + "&a;" * 50_000
    + "</text></svg>",
    "use of itself": f"{SVG_HEAD}><g id='a'><use href='#a'/></g></svg>",
    "uses of uses": SVG_HEAD
    + "><rect id='u0' width='1' height='1'/>"
    + "".join(f"<g id='u{i}'>" + f"<use href='#u{i - 1}'/>" * 10 + "</g>" for i in range(1, 9))
    + "</svg>",
    "deep groups": SVG_HEAD + ">" + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
    "many shapes": SVG_HEAD + ">" + '<rect width="1" height="1"/>' * 30_000 + "</svg>",
    "long path": SVG_HEAD + "><path d='M0 0" + " l1 1" * 200_000 + "'/></svg>",
    "not a number": f"{SVG_HEAD}><path d='M nan inf L 1e999 -1e999 Z'/><rect width='1e400' height='9'/></svg>",
    "huge transform": f"{SVG_HEAD}><g transform='scale(1e300)'><g transform='scale(1e300)'><rect width='9' height='9'/></g></g></svg>",
    "no size": "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='-5'><rect width='9' height='9'/></svg>",
    "many transforms": SVG_HEAD + "><g transform='" + "rotate(1)" * 20_000 + "'><rect width='9' height='9'/></g></svg>",
    "cut off": f"{SVG_HEAD}><rect width='9'",
    "no SVG": "<html><script>alert(1)</script></html>",
    "not UTF-8": SVG_HEAD.encode() + b"><title>\xff\xfe</title></svg>",
    "UTF-7": b"<?xml version='1.0' encoding='UTF-7'?>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "empty": "",
}
"""Pictures that would act, reach out or never end."""


@pytest.mark.parametrize("name", HOSTILE_SVG)
def test_svg_images_are_only_ever_shapes(name: str, tmp_path: Path, offline: None) -> None:
    """A picture becomes plain shapes, or a frame stands in for it; nothing it says acts, loads or is copied."""
    data = HOSTILE_SVG[name]
    (tmp_path / "x.svg").write_bytes(data if isinstance(data, bytes) else data.encode())
    svg = svg_of("# T\n\n## P\n\n![a](x.svg)\n", tmp_path)
    assert dangers(svg) == []
    assert "root:" not in svg
    assert "evil.example" not in svg
    assert "nan" not in re.sub(r"<(?:title|desc|text)[^>]*>[^<]*", "", svg).lower().replace("nano-banana", "").replace(
        "banana", ""
    )
    assert len(svg) < 8_000_000


def png(width: int, height: int, body: bytes = b"") -> bytes:
    """Return a PNG that claims a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", body or zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


HOSTILE_RASTER = {
    "bomb.png": png(100_000, 100_000, zlib.compress(b"\0" * 10_000_000)),
    "large.png": png(8_000, 8_000),
    "zero.png": png(0, 0),
    "cut.png": png(10, 10)[:40],
    "short.png": png(500, 500),
    "noise.png": bytes(range(256)) * 20,
    "script.png": b"<script>alert(1)</script>",
    "cut.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
    "text.jpg": b"not a picture",
    "empty.png": b"",
    "archive.png": b"PK\x03\x04" + b"\0" * 100,
    "document.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n",
}
"""Pictures that lie about themselves."""


@pytest.mark.parametrize("name", HOSTILE_RASTER)
def test_pictures_that_lie_are_framed_notes(name: str, tmp_path: Path) -> None:
    """Bombs, cut files and files of another kind give a warning and a frame, in every format."""
    (tmp_path / name).write_bytes(HOSTILE_RASTER[name])
    sheet = tmp_path / "sheet.md"
    sheet.write_text(f"# T\n\n## P\n\n![what it shows]({name})\n")
    laid = layout(read(sheet))
    assert dangers(to_svg(laid)) == []
    assert to_pdf(laid).startswith(b"%PDF")
    assert to_png(laid, dpi=40).startswith(b"\x89PNG")
    assert any(name in w.message for w in laid.warnings)
    assert not any(" at 0x" in w.message for w in laid.warnings)
    assert "what it shows" in "".join(n.text for n in laid.pages[0].lines())


def test_pictures_cut_short_are_refused_whatever_pillow_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another library may tell Pillow to accept cut files; ours are refused all the same, and its setting stays."""
    from PIL import ImageFile

    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (tmp_path / "short.png").write_bytes(HOSTILE_RASTER["short.png"])
    (tmp_path / "sheet.md").write_text("## P\n\n![words](short.png)\n")
    assert any("short.png" in w.message for w in layout(read(tmp_path / "sheet.md")).warnings)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


HOSTILE_YAML = {
    "anchors": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
    "python object": "title: !!python/object/apply:os.system ['id']",
    "merge key": "<<: {title: x}",
    "binary": "title: !!binary aGVsbG8=",
    "two documents": "title: a\n--- \ntitle: b",
    "flow bomb": "title: " + "{a: " * 3000,
    "tabs": "title:\t\tx\n\t- y",
    "same key": "title: a\ntitle: b",
    "complex key": "? [a, b]\n: c",
    "nul": "title: a\0b",
}
"""Front matter that would build objects or blow up."""


@pytest.mark.parametrize("name", HOSTILE_YAML)
def test_front_matter_is_texts_and_lists_only(name: str) -> None:
    """No tag, anchor or merge does anything: it is an error with its place, or plain text."""
    text = f"---\n{HOSTILE_YAML[name]}\n---\n\n# T\n\n## P\n\nx\n"
    try:
        laid = layout(read(text))
    except BananaError as error:
        svg, place = "<svg/>", error.diagnostics[0].location()
    else:
        svg, place = to_svg(laid), ("", None)
    assert place is not None
    assert dangers(svg) == []


def test_the_command_line_cannot_be_written_into_by_file_names(tmp_path: Path) -> None:
    """A file's name with markup, quotes and line ends is only ever a name."""
    folder = tmp_path / "a\"><script>'\n"
    folder.mkdir()
    path = folder / "<title>.md"
    path.write_text("## P\n\nx\n")
    assert dangers(to_svg(layout(read(path)))) == []


def test_overrides_are_checked_like_front_matter() -> None:
    """What the command line says goes through the same doors."""
    with pytest.raises(BananaError):
        read("# T", Overrides(page="1e9x1e9mm"))
    with pytest.raises(BananaError):
        layout(read("# T\n\n## P\n\nx", Overrides(theme="../../etc/passwd")))


def test_a_diagram_by_itself_is_as_safe() -> None:
    """`diagram_to_svg` filters links, markup and directives like a sheet."""
    svg = diagram_to_svg(
        "%%{init: {'securityLevel': 'loose'}}%%\nflowchart LR\na[\"<img src=x onerror=alert(1)>\"]-->b\nclick b \"javascript:alert(1)\" _blank\n"
        'click a "https://ok.example"\n'
    )
    assert dangers(svg) == []
    assert "javascript" not in svg
