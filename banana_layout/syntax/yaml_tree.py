"""YAML read as a tree of texts, each with its place, and nothing more: no tags, no aliases, no surprises of YAML 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from banana_layout.source import BananaError, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEPTH = 40
"""Lists and mappings may be nested this deep."""

_LONGEST = 100_000
"""A front matter may have this many characters."""


class Scalar(NamedTuple):
    """A text, a number or nothing: the reader of a key decides which."""

    value: str
    """Its characters."""
    span: Span
    """Where it stands."""
    plain: bool = True
    """Whether it was written without quotes."""

    @property
    def is_null(self) -> bool:
        """Whether it says nothing."""
        return self.plain and self.value in ("", "~", "null", "Null", "NULL")


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    """In order."""
    span: Span
    """Where it stands."""


class Pairs(NamedTuple):
    """A mapping."""

    pairs: tuple[tuple[Scalar, Node], ...]
    """Key and value, in order; no key twice."""
    span: Span
    """Where it stands."""


Node = Scalar | Items | Pairs
"""Anything in the tree."""


def parse(source: Source, start: int, end: int) -> Node | None:
    """Return what a stretch of a source says, None where it says nothing; raise BananaError for what is no plain YAML."""
    import yaml

    if end - start > _LONGEST:
        raise BananaError.single(
            f"the front matter is longer than {_LONGEST:,} characters", Span(start, start), (), source
        )
    text = source.text[start:end]
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = _Events(yaml.parse(text, Loader=loader), source, start, len(text))
        return events.document()
    except yaml.YAMLError as error:
        raise _broken(error, source, start, len(text)) from None


def _broken(error: Any, source: Source, start: int, length: int) -> BananaError:
    """Return what is wrong with broken YAML, at its place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(int(mark.index) if mark is not None else int(getattr(error, "position", 0) or 0), length)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    hints = ["texts with “: ”, “#” or a leading “@”, “*”, “&” or “!” need quotes"]
    if "tab" in str(problem) or "\\t" in str(problem):
        hints.insert(0, "indent with spaces, not tabs")
    return BananaError.single(
        f"the front matter is not YAML: {problem}", Span(start + at, start + at), tuple(hints), source
    )


class _Events:
    """Builds the tree from YAML's events, which need no recursion inside the YAML library."""

    def __init__(self, events: Iterator[Any], source: Source, start: int, length: int) -> None:
        self._events = events
        self._source = source
        self._start = start
        self._length = length
        self._depth = 0

    def document(self) -> Node | None:
        """Return the only document's tree."""
        root: Node | None = None
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent" and root is not None:
                raise self._refuse(event, "the front matter holds more than one YAML document")
            if kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
                root = self._node(event)
        return root

    def _node(self, event: Any) -> Node:
        """Return the tree of a node that begins with an event."""
        kind = type(event).__name__
        if kind == "AliasEvent" or event.anchor:
            raise self._refuse(
                event, "anchors and aliases (& and *) are not supported", "quote the text or write it out"
            )
        if event.tag is not None:
            raise self._refuse(event, "tags (!) are not supported", "quote the text")
        if kind == "ScalarEvent":
            return Scalar(event.value, self._span(event, event), not event.style)
        self._depth += 1
        if self._depth > _DEPTH:
            raise self._refuse(event, f"the front matter is nested more than {_DEPTH} deep")
        node = self._items(event) if kind == "SequenceStartEvent" else self._pairs(event)
        self._depth -= 1
        return node

    def _items(self, first: Any) -> Items:
        """Return a list."""
        items: list[Node] = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            items.append(self._node(event))
        return Items(tuple(items), self._span(first, event))

    def _pairs(self, first: Any) -> Pairs:
        """Return a mapping."""
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while type(event := next(self._events)).__name__ != "MappingEndEvent":
            key = self._node(event)
            if not isinstance(key, Scalar):
                raise self._refuse(event, "a key must be a text or a number")
            if key.value in pairs:
                line = self._source.position(pairs[key.value][0].span.start).line
                raise BananaError.single(
                    f"“{key.value}” is given twice", key.span, (f"it is already on line {line}",), self._source
                )
            pairs[key.value] = (key, self._node(next(self._events)))
        return Pairs(tuple(pairs.values()), self._span(first, event))

    def _span(self, first: Any, last: Any) -> Span:
        """Return the stretch between two events, without the blanks after it."""
        begin = self._start + min(first.start_mark.index, self._length)
        end = max(begin, self._start + min(last.end_mark.index, self._length))
        text = self._source.text[begin:end]
        return Span(begin, begin + len(text.rstrip()))

    def _refuse(self, event: Any, message: str, *hints: str) -> BananaError:
        """Return an error at an event."""
        return BananaError.single(message, self._span(event, event), hints, self._source)
