"""Inline markup: markdown-it's flat tokens become nested inlines with exact places."""

from __future__ import annotations

import bisect
import html
import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from banana_layout.model.inline import (
    AnyInline,
    Code,
    Emphasis,
    FootnoteRef,
    HardBreak,
    InlineImage,
    Link,
    Mark,
    SoftBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    plain_text,
)
from banana_layout.model.target import target
from banana_layout.source import Span
from banana_layout.syntax.links import bare_addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class Offsets(NamedTuple):
    """Where the characters of a text that was cut together stand in the source."""

    inside: tuple[int, ...]
    """Offsets in the text at which a new stretch begins; the first is 0."""
    outside: tuple[int, ...]
    """Where each stretch begins in the source."""

    def at(self, position: int) -> int:
        """Return a character's offset in the source."""
        index = bisect.bisect_right(self.inside, position) - 1
        return self.outside[index] + position - self.inside[index]

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the text stands."""
        if end <= start:
            at = self.at(start)
            return Span(at, at)
        return Span(self.at(start), self.at(end - 1) + 1)

    def after(self, start: int) -> Offsets:
        """Return the offsets of the text from a character on."""
        index = bisect.bisect_right(self.inside, start)
        inside = (0, *(i - start for i in self.inside[index:]))
        return Offsets(inside, (self.at(start), *self.outside[index:]))


class Surroundings(Protocol):
    """What inlines need to know of the document around them."""

    def inline_tokens(self, content: str) -> list[Token]:
        """Return markdown-it's tokens of a text."""

    def note_number(self, label: str) -> int:
        """Return the number of the footnote with a label on this sheet."""

    def written_note(self, content: str, offsets: Offsets) -> tuple[str, int]:
        """Take a footnote written where it is used; return its label and number."""

    def page_target(self, url: str) -> str | None:
        """Return the `#id` a link within the page leads to, or None where nothing has that id."""

    def warn(self, message: str, span: Span | None, *hints: str, once: str = "") -> None:
        """Note a finding; a second one with the same `once` is left out."""


class _Frame(msgspec.Struct):
    """A piece of markup still open."""

    kind: str
    """`strong`, `em`, `s`, `mark`, `link`, `code`, `sup`, `sub`, or empty for one that changes nothing."""
    closer: str
    """Type of the token that closes it, or `</name>` for an HTML element."""
    start: int
    """Where it begins in the text."""
    children: list[AnyInline]
    """What it holds so far."""
    url: str = ""
    """A link's target."""
    title: str = ""
    """A link's tooltip."""


_KINDS = {
    "strong_open": "strong",
    "em_open": "em",
    "s_open": "s",
    "mark_open": "mark",
    "link_open": "link",
}
_ELEMENTS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "s": "s",
    "del": "s",
    "strike": "s",
    "mark": "mark",
    "sub": "sub",
    "sup": "sup",
    "kbd": "code",
    "code": "code",
    "samp": "code",
    "tt": "code",
    "a": "link",
}
_DEEPEST = 16
"""Markup nested deeper changes nothing more."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")


class InlineReader:
    """Reads one text's inlines."""

    def __init__(self, around: Surroundings, content: str, offsets: Offsets) -> None:
        self._around = around
        self._content = content
        self._offsets = offsets
        self._stack = [_Frame("", "", 0, [])]
        self._pieces: list[tuple[str, int, int]] = []
        self._active: list[str] = []

    def read(self) -> tuple[AnyInline, ...]:
        """Return the inlines."""
        for token in self._around.inline_tokens(self._content):
            start, end = token.map or (0, 0)
            kind = token.type
            if kind in ("text", "text_special"):
                if token.content:
                    self._pieces.append((token.content, start, end))
                continue
            self._flush()
            if kind in _KINDS:
                if kind == "strong_open":
                    start -= 1
                self._open(_KINDS[kind], kind.replace("_open", "_close"), start, token)
            elif kind.endswith("_close"):
                self._close(kind, end + 1 if kind == "strong_close" else end)
            else:
                self._leaf(token, start, end)
        self._flush()
        while len(self._stack) > 1:
            self._abandon()
        return tuple(self._stack[0].children)

    def _add(self, item: AnyInline) -> None:
        """Put an inline into the innermost open markup."""
        self._stack[-1].children.append(item)

    def _leaf(self, token: Token, start: int, end: int) -> None:
        """Take a token that holds nothing else."""
        span = self._offsets.span(start, end)
        if token.type == "code_inline":
            self._add(Code(span=span, text=token.content))
        elif token.type == "softbreak":
            self._add(SoftBreak(span=span))
        elif token.type == "hardbreak":
            self._add(HardBreak(span=span))
        elif token.type == "image":
            self._image(str(token.attrs.get("src", "")), _words(token), str(token.attrs.get("title", "")), span)
        elif token.type == "footnote_ref":
            self._note(token, start, end)
        elif token.type == "html_inline":
            self._html(token.content, start, end)
        else:  # pragma: no cover  (no other token is made)
            self._pieces.append((token.content, start, end))

    def _image(self, path: str, alt: str, title: str, span: Span) -> None:
        """Take an image."""
        self._add(InlineImage(span=span, path=path, alt=alt, title=title))

    def _note(self, token: Token, start: int, end: int) -> None:
        """Take a footnote mark."""
        if token.meta.get("inline"):
            inner = self._offsets.after(start + 2)
            label, number = self._around.written_note(token.content, inner)
        else:
            label = str(token.meta["label"])
            number = self._around.note_number(label)
        self._add(FootnoteRef(span=self._offsets.span(start, end), label=label, number=number))

    def _open(self, kind: str, closer: str, start: int, token: Token | None, url: str = "") -> None:
        """Begin a piece of markup."""
        title = ""
        if token is not None and kind == "link":
            url, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
        if kind == "link" and kind not in self._active:
            url = self._followed(
                url, self._offsets.span(start, max(start + 1, (token.map or [0, 0])[1] if token else 0))
            )
            if not url:
                kind = ""
        if kind in self._active or len(self._active) >= _DEEPEST:
            kind = ""
        if kind:
            self._active.append(kind)
        self._stack.append(_Frame(kind, closer, start, [], url, title))

    def _followed(self, url: str, span: Span) -> str:
        """Return a link's target, or nothing, with a warning, where it may not be followed."""
        found = target(url)
        if not found.url:
            self._around.warn(
                f"the link to “{url[:80]}” is dropped, its text kept: {found.reason}",
                span,
                "links may be http:, https:, mailto: or #panel-id",
            )
            return ""
        if found.url.startswith("#"):
            inside = self._around.page_target(found.url)
            if inside is None:
                self._around.warn(f"the link to “{url[:80]}” is dropped, its text kept: nothing has that id", span)
                return ""
            return inside
        return found.url

    def _close(self, closer: str, end: int) -> None:
        """End a piece of markup, and any HTML left open in it."""
        if all(frame.closer != closer for frame in self._stack):
            return
        while self._stack[-1].closer != closer:
            self._abandon()
        frame = self._stack.pop()
        if frame.kind:
            self._active.pop()
            self._add(_made(frame, self._offsets.span(frame.start, end)))
        else:
            self._stack[-1].children.extend(frame.children)

    def _abandon(self) -> None:
        """Give an element that was never closed back as the text it holds."""
        frame = self._stack.pop()
        if frame.kind:
            self._active.pop()
        if frame.closer.startswith("</"):
            self._around.warn(
                f"<{frame.closer[2:]} is never closed",
                self._offsets.span(frame.start, frame.start + len(frame.closer) - 1),
                f"write {frame.closer} after the words it is meant for",
            )
        self._stack[-1].children.extend(frame.children)

    def _html(self, tag: str, start: int, end: int) -> None:
        """Take an HTML tag: known ones become markup, comments nothing, others leave their text."""
        span = self._offsets.span(start, end)
        if tag.startswith("<!--"):
            return
        if tag.startswith("<![CDATA["):
            self._pieces.append((" ".join(tag[9:-3].split()), start + 9, end - 3))
            return
        found = _TAG.match(tag)
        if found is None:
            self._around.warn("an HTML declaration or instruction says nothing on a page", span)
            return
        name, closing = found[2].lower(), bool(found[1])
        if name == "br":
            self._add(HardBreak(span=span))
        elif name == "img":
            attributes = _attributes(tag)
            self._image(attributes.get("src", ""), attributes.get("alt", ""), attributes.get("title", ""), span)
        elif name in _ELEMENTS:
            if tag.endswith("/>"):
                return
            if not closing:
                self._open(_ELEMENTS[name], f"</{name}>", start, None, _attributes(tag).get("href", ""))
            elif self._closable(f"</{name}>"):
                self._close(f"</{name}>", end)
            else:
                self._around.warn(f"</{name}> closes nothing", span)
        elif name != "wbr":
            self._around.warn(f"HTML <{name}> is not drawn; its text is kept", span, once=f"html {name}")

    def _closable(self, closer: str) -> bool:
        """Tell whether an element is open with nothing but HTML open inside it."""
        for frame in reversed(self._stack):
            if frame.closer == closer:
                return True
            if not frame.closer.startswith("</"):
                return False
        return False

    def _flush(self) -> None:
        """Make the text gathered so far into inlines, addresses in it into links."""
        pieces = self._pieces
        if not pieces:
            return
        self._pieces = []
        text = "".join(piece[0] for piece in pieces) if len(pieces) > 1 else pieces[0][0]
        places = _Places(pieces, self._offsets)
        at = 0
        linked = "link" in self._active or any(frame.closer == "link_close" for frame in self._stack)
        for bare in () if linked else bare_addresses(text):
            if bare.start > at:
                self._add(Text(span=places.span(at, bare.start), text=text[at : bare.start]))
            span = places.span(bare.start, bare.end)
            self._add(Link(span=span, url=bare.url, children=(Text(span=span, text=text[bare.start : bare.end]),)))
            at = bare.end
        if at < len(text):
            self._add(Text(span=places.span(at, len(text)), text=text[at:]))


class _Places:
    """Where the characters of text put together from several tokens stand."""

    def __init__(self, pieces: Sequence[tuple[str, int, int]], offsets: Offsets) -> None:
        self._pieces = pieces
        self._offsets = offsets
        self._starts: list[int] = []
        at = 0
        for text, _, _ in pieces:
            self._starts.append(at)
            at += len(text)

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the text stands; escapes and entities count whole."""
        first = bisect.bisect_right(self._starts, start) - 1
        last = bisect.bisect_right(self._starts, end - 1) - 1
        text, begin, stop = self._pieces[first]
        out_start = begin + (start - self._starts[first] if stop - begin == len(text) else 0)
        text, begin, stop = self._pieces[last]
        out_end = begin + end - self._starts[last] if stop - begin == len(text) else stop
        return self._offsets.span(out_start, out_end)


def _made(frame: _Frame, span: Span) -> AnyInline:
    """Return a finished piece of markup."""
    children = tuple(frame.children)
    match frame.kind:
        case "strong":
            return Strong(span=span, children=children)
        case "em":
            return Emphasis(span=span, children=children)
        case "s":
            return Strike(span=span, children=children)
        case "mark":
            return Mark(span=span, children=children)
        case "sup":
            return Superscript(span=span, children=children)
        case "sub":
            return Subscript(span=span, children=children)
        case "code":
            return Code(span=span, text=plain_text(children))
        case _:
            return Link(span=span, url=frame.url, children=children, title=frame.title)


def _words(token: Token) -> str:
    """Return an image's description without its markup."""
    out: list[str] = []
    for child in token.children or ():
        if child.type in ("text", "text_special", "code_inline"):
            out.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif child.type == "image":
            out.append(_words(child))
        elif child.type == "footnote_ref":
            out.append(child.content or f"[{child.meta.get('label', '')}]")
    return "".join(out)


def _attributes(tag: str) -> dict[str, str]:
    """Return an HTML tag's attributes."""
    return {
        found[1].lower(): html.unescape(next((v for v in found.groups()[1:] if v is not None), ""))
        for found in _ATTRIBUTE.finditer(tag)
    }
