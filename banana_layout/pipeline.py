"""read -> place -> sketch -> render: the one page that names every stage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from banana_layout.source import BananaError, Diagnostic, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banana_layout.authoring import Sheet
    from banana_layout.font.book import FontBook
    from banana_layout.layout.contract import Context, Placer, Room
    from banana_layout.layout.result import LaidPage, Layout
    from banana_layout.model.document import Document, Overrides
    from banana_layout.model.flowchart import Flowchart
    from banana_layout.model.mindmap import MindMap
    from banana_layout.render.pdf.preset import Preset as PdfPreset
    from banana_layout.scene.frame import Frame
    from banana_layout.scene.item import Scene
    from banana_layout.theme.theme import Theme

    Diagram = Flowchart | MindMap

Preset = Literal["screen", "print", "print-x1a"]
"""What a PDF is for."""

MAX_INPUT = 1_000_000
"""Most bytes a source may have."""


def read(source: str | Path, overrides: Overrides | None = None) -> Document:
    """Return the document a sheet's Markdown or JSON describes; a str is the text itself, a Path names a file.

    A file is JSON where its name ends in .json, a text where it starts with a brace and ends with one. Raises BananaError for what cannot be read or understood, with line, column and hint.
    """
    return read_warned(source, overrides)[0]


def read_warned(source: str | Path, overrides: Overrides | None = None) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the document and what was found while reading it."""
    from banana_layout.syntax.nature import check_text, is_brief, is_json

    if isinstance(source, Path):
        text, name, base = read_file(source), str(source), str(source.resolve().parent)
    else:
        text, name, base = check_text(source), "<text>", None
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if is_json(source, text):
        from banana_layout.interchange import read_json

        found = read_json(Source(name, text), overrides, base)
    elif is_brief(text):
        from banana_layout.syntax import brief

        found = brief.read(Source(name, text), overrides, base)
    else:
        from banana_layout.syntax import markdown

        found = markdown.read(Source(name, text), overrides, base)
    return found.value, found.warnings


def read_file(path: Path) -> str:
    """Return a file's text; BananaError where it is missing, no text in UTF-8, or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_INPUT + 1)
    except FileNotFoundError:
        raise BananaError.single(f"no such file: {path}") from None
    except OSError as e:
        hints = ("name a file in it; `banana batch` draws folders",) if isinstance(e, IsADirectoryError) else ()
        raise BananaError.single(f"cannot read {path}: {e.strerror or e}", hints=hints) from None
    except ValueError:  # a NUL, or half a surrogate pair: no system has such names
        raise BananaError.single(f"cannot read {path}: that is no file name") from None
    if len(data) > MAX_INPUT:
        raise BananaError.single(f"{path} has more than {MAX_INPUT:,} bytes, which is the limit")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        message = f"{path}: line {line}: byte 0x{data[e.start]:02x} is no UTF-8 text"
        text = not data.startswith((b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8"))
        raise BananaError.single(
            message, hints=("save the file as UTF-8" if text else "sheets are text, Markdown or JSON",)
        ) from None


def read_diagram(source: str) -> Diagram:
    """Return what a Mermaid text says; BananaError where it does not parse."""
    from banana_layout.syntax import mermaid
    from banana_layout.syntax.nature import diagram_source

    return mermaid.read(diagram_source(source)).value


def layout(
    document: Document | Sheet,
    *,
    theme: Theme | str | None = None,
    warnings: Sequence[Diagnostic] = (),
    demanding: bool = True,
) -> Layout:
    """Return the document's exact geometry; BananaError where something cannot fit.

    Constraints in the document's front matter are errors where they are broken, unless `demanding` is False.
    """
    from banana_layout.authoring import as_document
    from banana_layout.layout.own_fonts import with_own_fonts
    from banana_layout.layout.page import lay_out

    given = as_document(document)
    found = [*warnings, *given.warnings]
    look = with_own_fonts(_theme(given.value, theme), given.value, _book(), found.append)
    laid = lay_out(given.value, look, _book(), placer())
    laid = msgspec.structs.replace(laid, warnings=(*found, *laid.warnings))
    if demanding and given.value.settings.constraints:
        from banana_layout.constraints import demand

        demand(laid)
    return laid


def placer() -> Placer:
    """Return what places any block by the tables of kinds."""
    from banana_layout.blocks.table_of_kinds import KINDS as BLOCKS
    from banana_layout.diagrams.table import KINDS as DIAGRAMS
    from banana_layout.model.block import Diagram

    blocks = {k.node: k.place for k in BLOCKS}
    diagrams = {k.node: k.place for k in DIAGRAMS}

    def place(node: Any, room: Room, context: Context) -> Frame:
        kind = diagrams[type(node.diagram)] if isinstance(node, Diagram) else blocks[type(node)]
        return kind(node, room, context)

    return place


def _theme(document: Document, theme: Theme | str | None) -> Theme:
    """Return the theme asked for, or the document's own."""
    from banana_layout.theme import load

    if theme is None or isinstance(theme, str):
        try:
            theme = load.load(theme or document.settings.theme, Path(document.base) if document.base else None)
        except BananaError as error:
            from banana_layout.syntax.front_matter import at_key

            raise at_key(error, document.source, "theme") from None
    known = _book().ids
    for role, faces in msgspec.structs.asdict(theme.faces).items():
        for face in faces:
            if face.partition(":")[0] not in known:
                hints = (f"faces: {', '.join(known)}",)
                raise BananaError.single(f'theme "{theme.name}": no face "{face}" for {role}', hints=hints)
    return theme


def scenes(
    document: Document | Sheet | Layout, *, plain: bool = False, theme: Theme | str | None = None, bleed: float = 0.0
) -> tuple[Scene, ...]:
    """Return every page as it is drawn: sketched, or exact where `plain` is set.

    The paper's pattern runs `bleed` points over the edges, for printed pages that are cut.
    """
    laid = _laid(document, theme)
    return tuple(_sketched(_bled(p, laid, bleed), laid, plain) for p in laid.pages)


def _bled(page: LaidPage, laid: Layout, bleed: float) -> LaidPage:
    """Return a page whose paper runs over its edges."""
    first = page.scene.items[0] if page.scene.items else None
    if bleed <= 0 or first is None or first.key != "paper":
        return page
    from banana_layout.layout.anatomy import Anatomy
    from banana_layout.layout.paper import paper_items

    wide, tall = page.scene.width, page.scene.height
    pattern, _ = paper_items(wide, tall, laid.theme, Anatomy.of(wide, tall), bleed)
    ground = msgspec.structs.replace(first, children=pattern)
    scene = msgspec.structs.replace(page.scene, items=(ground, *page.scene.items[1:]))
    return msgspec.structs.replace(page, scene=scene)


def _laid(document: Document | Sheet | Layout, theme: Theme | str | None = None) -> Layout:
    """Return a layout, made now where a document is given; its fonts are known from then on."""
    from banana_layout.layout.own_fonts import recall
    from banana_layout.layout.result import Layout

    if not isinstance(document, Layout):
        return layout(document, theme=theme)
    recall(document.theme, document.document, _book())
    return document


def _sketched(page: LaidPage, laid: Layout, plain: bool) -> Scene:
    """Return one page's scene."""
    if plain or laid.theme.hand.wobble <= 0:
        return page.scene
    return _drawn(page.scene, laid.theme, laid.document.settings.seed)


def _drawn(scene: Scene, theme: Theme, seed: int) -> Scene:
    """Return a scene in a theme's hand; only wet markers leave bands where their passes meet."""
    from banana_layout.render.shape import outlines
    from banana_layout.sketch.hand import SketchHand
    from banana_layout.sketch.scene import sketch

    own, texture = theme.hand, theme.drawing.texture
    streaks = {"ink": 1.0, "ballpoint": 0.0, "chalk": 0.4}[texture]
    hand = SketchHand(own.wobble, own.width, own.jitter, own.overshoot, streaks=streaks, texture=texture)
    return sketch(scene, hand, seed, outlines(_book()))


def to_svg(document: Document | Sheet | Layout, page: int = 0, *, plain: bool = False) -> str:
    """Return one page as SVG."""
    from banana_layout.render.svg import to_svg as render_svg

    laid = _laid(document)
    return render_svg(_sketched(_numbered(laid, page), laid, plain), _book())


def to_pdf(document: Document | Sheet | Layout, preset: Preset | PdfPreset = "screen", *, plain: bool = False) -> bytes:
    """Return all pages as PDF: tagged for screens, or for a print shop.

    `preset` is `screen`, `print` or `print-x1a`, or what `render.pdf.preset.preset` makes of one of the last two and a `Press`.
    """
    from banana_layout.render.pdf.document import to_pdf as render_pdf

    laid = _laid(document)
    chosen = pdf_preset(preset, laid.theme)
    bleed = chosen.press.bleed if chosen.press is not None else 0.0
    return render_pdf(scenes(laid, plain=plain, bleed=bleed), _book(), chosen)


def pdf_preset(preset: str | PdfPreset, theme: Theme) -> PdfPreset:
    """Return a preset with the inks of their own that a theme's pens have; BananaError where there is none of that name."""
    from banana_layout.render.pdf.preset import preset as named

    found = named(preset) if isinstance(preset, str) else preset
    spots = tuple((pair.pen, pair.spot) for pair in theme.pairs if pair.spot)
    if found.press is None or not spots:
        return found
    return msgspec.structs.replace(
        found, press=msgspec.structs.replace(found.press, spots=(*found.press.spots, *spots))
    )


def to_png(document: Document | Sheet | Layout, page: int = 0, dpi: float = 150, *, plain: bool = False) -> bytes:
    """Return one page as PNG."""
    from banana_layout.render.png import to_png as render_png

    laid = _laid(document)
    return render_png(_sketched(_numbered(laid, page), laid, plain), _book(), dpi)


def _numbered(laid: Layout, page: int) -> LaidPage:
    """Return a page by its number from 0."""
    if not 0 <= page < len(laid.pages):
        raise BananaError.single(f"there is no page {page}: the document has {len(laid.pages)}, counted from 0")
    return laid.pages[page]


def _book() -> FontBook:
    """Return the fonts that come with the package."""
    from banana_layout.font.book import FontBook

    return FontBook.standard()


def render(
    document: Document | Sheet | Layout,
    *paths: str | Path,
    preset: Preset | PdfPreset = "screen",
    dpi: float = 150,
    plain: bool = False,
    theme: Theme | str | None = None,
) -> tuple[Path, ...]:
    """Write the document to files; the suffix says what: .pdf, .svg or .png. Return the files written.

    A document of several pages becomes one PDF, and one SVG or PNG a page, numbered from 1 before the suffix. Files appear
    whole or not at all: nothing is written where anything fails.
    """
    from banana_layout.render.files import targets, write_all

    files = targets(paths)
    laid = _laid(document, theme)
    made: list[tuple[Path, bytes]] = []
    for target in files:
        made += rendered(laid, target, preset=preset, dpi=dpi, plain=plain)
    return write_all(made)


def rendered(
    laid: Layout, target: Path, *, preset: Preset | PdfPreset = "screen", dpi: float = 150, plain: bool = False
) -> list[tuple[Path, bytes]]:
    """Return the files a target asks for and their bytes, unwritten."""
    kind = target.suffix.lower().lstrip(".")
    if kind == "pdf":
        return [(target, to_pdf(laid, preset, plain=plain))]
    if kind not in ("svg", "png"):
        hint = ("use .pdf, .svg or .png",)
        raise BananaError.single(f"cannot tell the format of {target.name!r} by its suffix", hints=hint)
    out = []
    for i in range(len(laid.pages)):
        name = target if len(laid.pages) == 1 else target.with_name(f"{target.stem}-{i + 1}{target.suffix}")
        data = to_svg(laid, i, plain=plain).encode() if kind == "svg" else to_png(laid, i, dpi, plain=plain)
        out.append((name, data))
    return out


def diagram_scene(
    source: str | Source,
    width: float | None = None,
    height: float | None = None,
    *,
    theme: Theme | str | None = None,
    plain: bool = False,
    ground: bool = True,
) -> tuple[Scene, tuple[Diagnostic, ...]]:
    """Return one Mermaid diagram as a page of its own, and what was found on the way.

    `width` and `height` are in points; without them the diagram has its natural size at the theme's node size. `ground`
    False leaves the paper out. Pictures of nodes are read below the folder of the file that `source` names.
    """
    from banana_layout.layout.limits import check_diagram
    from banana_layout.layout.lone import lone_diagram, without_paper
    from banana_layout.model.block import Diagram as Block
    from banana_layout.syntax import mermaid
    from banana_layout.syntax.nature import diagram_source
    from banana_layout.theme import load

    text = diagram_source(source)
    found = mermaid.read(text)
    look = load.load(theme or "nano-banana") if theme is None or isinstance(theme, str) else theme
    warnings: list[Diagnostic] = list(found.warnings)
    block = Block(diagram=found.value, source=text.text)
    check_diagram(block, text)
    scene = lone_diagram(block, (width, height), look, (_book(), placer(), warnings.append, text, _folder_of(text)))
    if not ground:
        scene = without_paper(scene)
    if plain or look.hand.wobble <= 0:
        return scene, tuple(warnings)
    return _drawn(scene, look, 0), tuple(warnings)


def _folder_of(text: Source) -> str | None:
    """Return the folder of the file a text came from; None for text from elsewhere."""
    return None if text.name.startswith("<") else str(Path(text.name).resolve().parent)


def diagram_to_svg(
    source: str,
    width: float | None = None,
    height: float | None = None,
    *,
    theme: str | None = None,
    plain: bool = False,
) -> str:
    """Return a Mermaid diagram as SVG; sizes in points, natural where none is given."""
    from banana_layout.render.svg import to_svg as render_svg

    return render_svg(diagram_scene(source, width, height, theme=theme, plain=plain)[0], _book())


def diagram_to_pdf(
    source: str,
    width: float | None = None,
    height: float | None = None,
    *,
    theme: str | None = None,
    plain: bool = False,
) -> bytes:
    """Return a Mermaid diagram as a PDF page of its size."""
    from banana_layout.render.pdf.document import to_pdf as render_pdf

    return render_pdf([diagram_scene(source, width, height, theme=theme, plain=plain)[0]], _book())


def diagram_to_png(
    source: str,
    width: float | None = None,
    height: float | None = None,
    *,
    theme: str | None = None,
    plain: bool = False,
    dpi: float = 150,
) -> bytes:
    """Return a Mermaid diagram as PNG."""
    from banana_layout.render.png import to_png as render_png

    return render_png(diagram_scene(source, width, height, theme=theme, plain=plain)[0], _book(), dpi)
