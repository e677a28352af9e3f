"""The YAML block a sheet may begin with: settings, layout and connectors, each mistake told at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from banana_layout.model.document import Connector, Fit, Overrides, PageSize, Settings
from banana_layout.model.zone import Zone
from banana_layout.source import BananaError, Diagnostic, Source, Span
from banana_layout.syntax import paper, toml_matter, yaml_tree
from banana_layout.syntax.arrow_list import arrow_of
from banana_layout.syntax.demands import read_demands
from banana_layout.syntax.layout_rows import LayoutReader
from banana_layout.syntax.spelling import did_you_mean
from banana_layout.syntax.track import parse_length
from banana_layout.syntax.yaml_tree import Items, Node, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

_FENCE = re.compile(r"\ufeff?---[ \t]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
DRAWN = re.compile(r"^[ \t]*(?:[┌┏╔╭╒╓┍┎├┠┣│┃║]|\+[-=+]{3})", re.MULTILINE)
"""What a layout drawn in box characters holds."""
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

FITS: tuple[Fit, ...] = ("strict", "rebalance", "paginate", "keep", "gentle")
"""What `fit` may be."""

ROLES = ("body", "heading", "quote", "title", "code")
"""What a font may be used for."""

_ORIENTATIONS = {"portrait": False, "세로": False, "landscape": True, "가로": True}


class FrontMatter(msgspec.Struct, frozen=True):
    """What the front matter says."""

    settings: Settings
    """Of the whole document."""
    zones: tuple[Zone, ...] | None = None
    """The layout; None for an automatic one."""
    layout_span: Span | None = None
    """Where `layout` stands."""
    drawn: Span | None = None
    """Where `layout` stands as a drawing in box characters."""
    connectors: tuple[Connector, ...] = ()
    """Arrows between panels, their ids not yet compared with the headings."""
    end: int = 0
    """Offset of the first character after the front matter."""
    lang_said: bool = False
    """Whether the language is the author's word and not the default."""
    subtitle: Scalar | None = None
    """The line under the first page's title."""

    @property
    def has_layout(self) -> bool:
        """Whether the author places the panels."""
        return self.zones is not None or self.drawn is not None


class Findings:
    """Errors and warnings gathered while reading; errors are told all at once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        """What spans count in."""
        self.errors: list[Diagnostic] = []
        """What stops the work."""
        self.warnings: list[Diagnostic] = []
        """What does not."""

    def error(self, message: str, span: Span | None, *hints: str) -> None:
        """Note an error."""
        self.errors.append(Diagnostic("error", message, span, tuple(h for h in hints if h), self.source))

    def warn(self, message: str, span: Span | None, *hints: str) -> None:
        """Note a warning."""
        self.warnings.append(Diagnostic("warning", message, span, tuple(h for h in hints if h), self.source))

    def stop(self) -> None:
        """Raise what was found, if anything must stop the work."""
        if self.errors:
            raise BananaError(*sorted(self.errors, key=lambda d: d.span.start if d.span else -1))


def at_key(error: BananaError, source: Source | None, key: str) -> BananaError:
    """Return an error placed at what the front matter gives for a key, where nothing else says its place.

    In a document without a text of its own, which a program or JSON has made, the place is the key's path.
    """
    if source is None:
        told = (msgspec.structs.replace(d, message=f"{d.message} (at $.{key})") for d in error.diagnostics)
        return BananaError(*told)
    found = re.search(rf"(?m)\A---\n(?:.*\n)*?{key}:[ ]*(\S.*?)[ ]*$", source.text)
    if found is None or any(d.source is not None for d in error.diagnostics):
        return error
    span = Span(found.start(1), found.end(1))
    return BananaError(*(msgspec.structs.replace(d, source=source, span=span) for d in error.diagnostics))


def read(source: Source, findings: Findings, overrides: Overrides | None = None) -> FrontMatter:
    """Return what a sheet's front matter says; a sheet without one gets the defaults."""
    overrides = overrides or Overrides()
    opening = _FENCE.match(source.text)
    reader = _Reader(findings)
    end = 0
    if opening:
        closing = _END.search(source.text, opening.end())
        if closing is None:
            if re.match(r"[ \t]*[\w-]+[ \t]*:(?:\s|$)", source.text[opening.end() : opening.end() + 200]):
                raise BananaError.single(
                    "the front matter has no end", Span(0, 3), ("close it with a line of three hyphens: ---",), source
                )
        else:
            tree = yaml_tree.parse(source, opening.end(), closing.start())
            if isinstance(tree, Pairs):
                reader.read(tree)
                end = closing.end()
            elif tree is None or (isinstance(tree, Scalar) and tree.is_null):
                end = closing.end()
            elif isinstance(tree, Items):
                findings.error("the front matter is a list", tree.span, "write keys and values, such as “page: A4”")
    elif source.text.startswith(("+++", "\ufeff+++")):
        end = _read_toml(source, reader, findings)
    return reader.result(overrides, end)


def _read_toml(source: Source, reader: _Reader, findings: Findings) -> int:
    """Read front matter in TOML; return where it ends, 0 where there is none."""
    opening = toml_matter.OPENING.match(source.text)
    closing = toml_matter.ENDING.search(source.text, opening.end()) if opening else None
    if opening is None or closing is None:
        return 0
    tree = toml_matter.parse(source, opening.end(), closing.start())
    if isinstance(tree, str):
        findings.warn(f"the front matter is no TOML and is left out: {tree}", Span(0, 3))
    else:
        reader.read(tree)
    return closing.end()


class _Reader:
    """Reads the keys one by one."""

    def __init__(self, findings: Findings) -> None:
        self._found = findings
        self._values: dict[str, Any] = {}
        self._page = paper.named("A4")
        self._landscape: bool | None = None
        self._zones: tuple[Zone, ...] | None = None
        self._layout_span: Span | None = None
        self._drawn: Span | None = None
        self._connectors: tuple[Connector, ...] = ()
        self._subtitle: Scalar | None = None
        self._keys: dict[str, Callable[[str, Node], None]] = {
            "page": self._read_page,
            "orientation": self._read_orientation,
            "theme": self._read_text,
            "layout": self._read_layout,
            "connectors": self._read_connectors,
            "fit": self._read_fit,
            "seed": self._read_seed,
            "lang": self._read_lang,
            "title": self._read_text,
            "subtitle": self._read_subtitle,
            "author": self._read_text,
            "subject": self._read_text,
            "keywords": self._read_keywords,
            "fonts": self._read_fonts,
            "pens": self._read_pens,
            "constraints": self._read_constraints,
        }

    def read(self, tree: Pairs) -> None:
        """Take all keys; unknown ones are errors where there is a layout, else the file is some other tool's too."""
        ours = any(key.value == "layout" and _places(value) for key, value in tree.pairs)
        foreign: list[Scalar] = []
        for key, value in tree.pairs:
            reader = self._keys.get(key.value)
            if reader is not None:
                if not (isinstance(value, Scalar) and value.is_null):
                    reader(key.value, value)
                continue
            close = did_you_mean(key.value, self._keys)
            if not ours and not close:
                foreign.append(key)
                continue
            note = self._found.error if ours else self._found.warn
            note(f"the front matter has no key “{key.value[:80]}”", key.span, close or self._known())
        if foreign:
            names = ", ".join(f"“{key.value[:80]}”" for key in foreign[:8]) + (" …" if len(foreign) > 8 else "")
            word = "key" if len(foreign) == 1 else "keys"
            self._found.warn(f"the front matter has no {word} {names}", foreign[0].span, self._known())

    def _known(self) -> str:
        """Return a hint with all keys."""
        return f"known keys are {', '.join(self._keys)}"

    def result(self, overrides: Overrides, end: int) -> FrontMatter:
        """Return everything read, under what the command line says."""
        page = self._page or PageSize(1.0, 1.0)
        if overrides.page is not None:
            asked = paper.named(overrides.page)
            if asked is None or not paper.is_possible(asked):
                self._found.error(f"“{overrides.page}” is no page size", None, _page_hint(overrides.page))
            else:
                page = asked
        if overrides.landscape:
            page = paper.turned(page, landscape=True)
        elif self._landscape is not None:
            page = paper.turned(page, landscape=self._landscape)
        if overrides.theme is not None:
            self._values["theme"] = overrides.theme
        if overrides.seed is not None:
            self._values["seed"] = overrides.seed
        settings = Settings(page, **self._values)
        said = "lang" in self._values
        arrows = self._connectors
        return FrontMatter(settings, self._zones, self._layout_span, self._drawn, arrows, end, said, self._subtitle)

    def _text(self, key: str, value: Node) -> str | None:
        """Return a text, or None, with an error, where the value is none."""
        if isinstance(value, Scalar):
            return value.value
        self._found.error(f"“{key}” must be a text", value.span)
        return None

    def _read_text(self, key: str, value: Node) -> None:
        """Take a text."""
        text = self._text(key, value)
        if text is not None:
            self._values[key] = text.strip()
            if key == "theme" and not text.strip():
                del self._values[key]

    def _read_subtitle(self, key: str, value: Node) -> None:
        """Take the line under the title."""
        if self._text(key, value) and isinstance(value, Scalar):
            self._subtitle = value

    def _read_page(self, key: str, value: Node) -> None:
        """Take a paper size: a name, a measure, or `{width: …, height: …}`."""
        page: PageSize | None
        if isinstance(value, Pairs):
            extents: dict[str, float] = {}
            for name, extent in value.pairs:
                if name.value not in ("width", "height"):
                    self._found.error(f"“page” has no key “{name.value}”", name.span, "it has width and height")
                    return
                length = parse_length(extent.value) if isinstance(extent, Scalar) else None
                if length is None:
                    self._found.error(
                        f"the page's {name.value} is no length", extent.span, "write it like 200mm or 8.5in"
                    )
                    return
                extents[name.value] = length
            if len(extents) != 2:
                self._found.error("“page” needs width and height", value.span, "write {width: 200mm, height: 100mm}")
                return
            page = PageSize(extents["width"], extents["height"])
        else:
            text = self._text(key, value)
            if text is None:
                return
            page = paper.named(text)
            if page is None:
                self._found.error(f"“{text}” is no page size", value.span, _page_hint(text))
                return
        if not paper.is_possible(page):
            self._found.error("the page is not between 20 and 5080 mm wide and high", value.span)
            return
        self._page = page

    def _read_orientation(self, key: str, value: Node) -> None:
        """Take portrait or landscape."""
        text = self._text(key, value)
        if text is None:
            return
        self._landscape = _ORIENTATIONS.get(text.strip().lower())
        if self._landscape is None:
            hint = did_you_mean(text, _ORIENTATIONS) or "write portrait or landscape"
            self._found.error(f"“{text}” is no orientation", value.span, hint)

    def _read_fit(self, key: str, value: Node) -> None:
        """Take what may give when text is long."""
        text = self._text(key, value)
        if text is not None and text not in FITS:
            self._found.error(
                f"“{text}” is no way to fit", value.span, did_you_mean(text, FITS) or f"write {', '.join(FITS)}"
            )
        elif text is not None:
            self._values["fit"] = text

    def _read_seed(self, _key: str, value: Node) -> None:
        """Take a whole number."""
        if not isinstance(value, Scalar) or not _INTEGER.fullmatch(value.value):
            self._found.error("“seed” must be a whole number", value.span)
            return
        self._values["seed"] = int(value.value)

    def _read_lang(self, key: str, value: Node) -> None:
        """Take a language tag."""
        text = self._text(key, value)
        if text is not None and not _LANG.fullmatch(text):
            self._found.error(f"“{text}” is no language tag", value.span, "write one like ko, en or ja (BCP 47)")
        elif text is not None:
            self._values["lang"] = text

    def _read_keywords(self, key: str, value: Node) -> None:
        """Take a list of texts, or one with commas."""
        if isinstance(value, Items):
            words = [self._text(key, item) or "" for item in value.items]
        else:
            words = (self._text(key, value) or "").split(",")
        self._values["keywords"] = tuple(w.strip() for w in words if w.strip())

    def _read_fonts(self, _key: str, value: Node) -> None:
        """Take the author's own fonts by role."""
        if not isinstance(value, Pairs):
            hint = "write fonts: {body: fonts/My.ttf, heading: fonts/Other.ttf}"
            self._found.error("“fonts” must say roles and files", value.span, hint)
            return
        fonts: list[tuple[str, str]] = []
        for role, file in value.pairs:
            if role.value not in ROLES:
                hint = did_you_mean(role.value, ROLES) or f"roles are {', '.join(ROLES)}"
                self._found.error(f"no text has the role “{role.value[:80]}”", role.span, hint)
                continue
            path = self._text(role.value, file)
            if path is not None and path.strip():
                fonts.append((role.value, path.strip()))
        self._values["fonts"] = tuple(fonts)

    def _read_pens(self, _key: str, value: Node) -> None:
        """Take words and their pens."""
        if not isinstance(value, Pairs):
            self._found.error(
                "“pens” must say words and their pens", value.span, "write pens: {token: blue, 학습: coral}"
            )
            return
        named = ((word.value.strip(), self._text(word.value[:80], pen)) for word, pen in value.pairs)
        self._values["pens"] = tuple((word, pen.strip()) for word, pen in named if pen is not None)

    def _read_layout(self, _key: str, value: Node) -> None:
        """Take the rows, or a drawing; a layout that is neither belongs to another tool."""
        if isinstance(value, Items):
            self._layout_span = value.span
            self._zones = LayoutReader(self._found).rows(value)
        elif isinstance(value, Scalar) and DRAWN.search(value.value):
            self._drawn = value.span

    def _read_constraints(self, _key: str, value: Node) -> None:
        """Take what must hold of the layout."""
        self._values["constraints"] = read_demands(value, self._found)

    def _read_connectors(self, _key: str, value: Node) -> None:
        """Take the arrows between panels."""
        if not isinstance(value, Items):
            self._found.error("“connectors” must be a list", value.span, "write - {from: one-panel, to: another}")
            return
        found = (arrow_of(item, self._found) for item in value.items)
        self._connectors = tuple(c for c in found if c is not None)


def _places(layout: Node) -> bool:
    """Tell whether a layout is a list of rows or a drawing."""
    return isinstance(layout, Items) or (isinstance(layout, Scalar) and DRAWN.search(layout.value) is not None)


def _page_hint(text: str) -> str:
    """Return what a page may be."""
    close = did_you_mean(text, {name.lower(): name for name in paper.NAMES})
    known = (
        f"write {', '.join(paper.NAMES)}, 200x100mm or {{width: 200mm, height: 100mm}}, landscape behind it to turn it"
    )
    return f"{close} Or {known}" if close else known
