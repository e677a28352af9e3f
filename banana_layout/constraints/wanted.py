"""Constraints a document's front matter asks for: names and values to constraints."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from banana_layout.constraints import boxes, lettering
from banana_layout.constraints.contrast import contrast
from banana_layout.constraints.standard import STANDARD
from banana_layout.constraints.violation import Constraint
from banana_layout.model.document import Document, Wanted
from banana_layout.source import BananaError, Source


def asked(document: Document) -> tuple[tuple[Constraint, Wanted], ...]:
    """Return the constraints a document's front matter lists, each with where it stands.

    Raises BananaError at a name that is none, a panel that is not there or a value that makes no sense.
    """
    return tuple((_made(w, document), w) for w in document.settings.constraints)


class _Form(NamedTuple):
    """How a constraint is written."""

    make: Callable[[_Values], Constraint]
    """Makes it of its values."""
    example: str
    """How it looks."""


class _Values:
    """Reads what stands after a constraint's name."""

    def __init__(self, wanted: Wanted, document: Document, example: str) -> None:
        self.wanted = wanted
        self.example = example
        self.source: Source | None = document.source
        self.panels = {p.id for s in document.sheets for p in s.panels}
        self.panels |= {"title"} if any(s.title for s in document.sheets) else set()
        self.options = dict(wanted.options)

    def refuse(self, message: str, *hints: str) -> NoReturn:
        """Raise what is wrong with the values."""
        hints = tuple(h for h in hints if h) or (f"write “{self.example}”",)
        raise BananaError.single(f"{self.wanted.name}: {message}", self.wanted.span, hints, self.source)

    def number(self, key: str = "", default: float | None = None) -> float:
        """Return a number: the option of that name, or the only value; lengths such as `5mm` lose their unit."""
        text = self.options.get(key) if key else None
        if text is None and not (key and self.options):
            text = self.wanted.values[0] if len(self.wanted.values) == 1 else None
        if text is None:
            if default is None:
                self.refuse("a number is missing")
            return default
        try:
            share = text.endswith("%")
            value = float(text.strip().removesuffix("%").removesuffix("pt").removesuffix("mm").removesuffix(":1"))
        except ValueError:
            self.refuse(f"“{text}” is no number")
        if not 0 <= value < 1e6:
            self.refuse(f"“{text}” is no number to work with")
        return value / 100 if share else value

    def bounds(self, least: float, most: float) -> tuple[float, float]:
        """Return the options `least` and `most`, or what stands for those that are not there."""
        low, high = self.number("least", least), self.number("most", most)
        if low > high:
            self.refuse(f"at least {low:g} and at most {high:g} cannot both hold")
        return low, high

    def whole(self, value: float) -> int:
        """Return a number that counts something."""
        if value < 1 or value != int(value):
            self.refuse(f"{value:g} is no number of pages")
        return int(value)

    def option(self, key: str, known: tuple[str, ...], default: str) -> Any:
        """Return one of some words."""
        value = self.options.get(key, default)
        if value not in known:
            self.refuse(f"“{value}” is none of {', '.join(known)}")
        return value

    def id(self) -> str:
        """Return the one panel that is named."""
        names = self.ids(1)
        if len(names) > 1:
            self.refuse(f"it is about one panel, not {len(names)}")
        return names[0]

    def ids(self, least: int) -> tuple[str, ...]:
        """Return panels' ids: the values, or the option `panels` or `panel`."""
        names = self.wanted.values
        for key in ("panels", "panel"):
            if key in self.options:
                names = tuple(n.strip() for n in self.options[key].split(",") if n.strip())
        if len(names) < least:
            self.refuse("it must name a panel" if least == 1 else f"it must name {least} panels or more")
        for name in names:
            if name not in self.panels:
                near = difflib.get_close_matches(name, sorted(self.panels), 1, 0.5)
                self.refuse(f"there is no panel “{name}”", f"did you mean “{near[0]}”?" if near else "")
        return names


def _aspect(v: _Values) -> Constraint:
    """Return bounds of a panel's proportions."""
    return boxes.aspect(v.id(), *v.bounds(0.0, 1e6))


def _pages(v: _Values) -> Constraint:
    """Return bounds of the number of pages."""
    if v.options:
        least, most = v.bounds(1, 1e5)
        return boxes.page_count(v.whole(least), v.whole(most))
    return boxes.page_count(v.whole(v.number()))


def _equal(v: _Values) -> Constraint:
    """Return that panels are equally large."""
    return boxes.equal_sizes(*v.ids(2), axis=v.option("axis", ("width", "height", "both"), "both"))


_FORMS = {
    "widest": _Form(lambda v: boxes.widest(v.id()), "widest: panel-id"),
    "tallest": _Form(lambda v: boxes.tallest(v.id()), "tallest: panel-id"),
    "equal-sizes": _Form(_equal, "equal_sizes: [one, another]"),
    "aligned": _Form(
        lambda v: boxes.aligned(*v.ids(2), edge=v.option("edge", boxes.EDGES, "left")),
        "aligned: {panels: [one, another], edge: top}",
    ),
    "aspect": _Form(_aspect, "aspect: {panel: panel-id, least: 1, most: 2}"),
    "fill": _Form(
        lambda v: boxes.fill(*v.bounds(0.0, 1.0), *v.ids(0)) if v.options
        else boxes.fill(v.number()),
        "fill: {least: 40%, most: 100%}",
    ),
    "page-count": _Form(_pages, "page_count: 1"),
    "safe-area": _Form(lambda v: boxes.safe_area(v.number("", 5.0)), "safe_area: 5mm"),
    "min-size": _Form(lambda v: lettering.min_size(v.number()), "min_size: 10"),
    "min-line": _Form(lambda v: lettering.min_line(v.number()), "min_line: 0.5"),
    "body-uniform": _Form(lambda v: lettering.body_uniform(v.number("", 1.0)), "body_uniform: 90%"),
    "contrast": _Form(lambda v: contrast(v.number("", 4.5)), "contrast: 7"),
}  # fmt: skip
"""What takes values; everything in the standard set can be named without."""

_PLAIN = {c.name: c for c in STANDARD}


def names() -> tuple[str, ...]:
    """Return every name a front matter may use, as it is written there."""
    return tuple(sorted({name.replace("-", "_") for name in (*_FORMS, *_PLAIN)}))


def _made(wanted: Wanted, document: Document) -> Constraint:
    """Return the constraint that an entry names."""
    name = wanted.name.strip().lower().replace("_", "-")
    form = _FORMS.get(name)
    if form is not None:
        return form.make(_Values(wanted, document, form.example))
    if name in _PLAIN:
        if wanted.values or wanted.options:
            _Values(wanted, document, name.replace("-", "_")).refuse("it takes no values")
        return _PLAIN[name]
    near = difflib.get_close_matches(wanted.name[:80].lower().replace("-", "_"), names(), 1, 0.5)
    hint = f"did you mean “{near[0]}”?" if near else f"constraints are {', '.join(names())}"
    raise BananaError.single(f"there is no constraint “{wanted.name[:80]}”", wanted.span, (hint,), document.source)
