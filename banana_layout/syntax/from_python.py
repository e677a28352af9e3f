"""What a program gives for a sheet's settings, sizes and arrows, as the model has it; a wrong value is told by its name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Literal, NamedTuple, NoReturn, TypedDict, get_args

from banana_layout.model.document import Connector, Fit, PageSize, Settings, Wanted
from banana_layout.model.zone import Track
from banana_layout.source import BananaError
from banana_layout.syntax import paper
from banana_layout.syntax.spelling import did_you_mean
from banana_layout.syntax.track import TrackError, parse_length, parse_track


class SheetSettings(TypedDict, total=False):
    """What a sheet may say of the whole document."""

    page: str | tuple[float, float] | PageSize
    """A paper's name, a measure such as `200x100mm`, or width and height in points."""
    orientation: Literal["portrait", "landscape"] | None
    """How the paper lies; None for as it is."""
    theme: str | PurePath
    """A theme's name, or the path of a theme file below `base`."""
    fit: Fit
    """What may give when text is long."""
    seed: int
    """Chooses among equally good hands."""
    lang: str | None
    """BCP 47 tag of the language, such as `en`; told by the letters where it is None or not given."""
    author: str
    """For the metadata."""
    subject: str
    """For the metadata."""
    keywords: Sequence[str]
    """For the metadata."""
    fonts: Mapping[str, str | PurePath]
    """Fonts of your own: a role such as `body`, and a font file below `base`."""
    pens: Mapping[str, str]
    """Words and the pen they are written with wherever they are emphasised, such as `dict(token="blue")`."""
    constraints: Sequence[str | Mapping[str, Any]]
    """What must hold of the page, such as `["nothing_lost", dict(min_size=10)]`; broken, it is an error."""


def refuse(message: str, place: str, *hints: str) -> NoReturn:
    """Raise what is wrong at a place such as `$.zones[0].size`."""
    raise BananaError.single(f"{message} (at {place})", hints=tuple(h for h in hints if h))


def named(value: object) -> str:
    """Return how a value of a wrong type is called in a message."""
    if value is None or isinstance(value, (bool, str, int, float, bytes, PurePath)):
        return f"{value!r:.60}"
    return type(value).__name__


def text(value: Any, what: str, place: str, *hints: str) -> str:
    """Return a text; anything else is refused with what it should have been."""
    return value if isinstance(value, str) else refuse(f"{what} is a text, not {named(value)}", place, *hints)


def track(size: Any, place: str) -> Track:
    """Return a size as a track."""
    if isinstance(size, Track):
        return size
    try:
        return parse_track(size if isinstance(size, str) else repr(_number(size)))
    except TrackError as error:
        refuse(error.args[0], place, error.args[1])
    except (TypeError, ValueError, OverflowError):
        refuse(f"a size is a number or a text, not {named(size)}", place, "write 25, “40mm” or “auto”")


def _number(size: Any) -> float:
    """Return a number of whatever type; True is none."""
    return float("" if isinstance(size, bool) else size)


def connector(given: Any, place: str) -> Connector:
    """Return an arrow."""
    if isinstance(given, Connector):
        return given
    whole = isinstance(given, (tuple, list)) and len(given) in (2, 3) and all(isinstance(g, str) for g in given)
    if not whole:
        hint = 'write a list of arrows: [("one-panel", "another", "label")]'
        refuse(f"a connector is (from, to) or (from, to, label), not {named(given)}", place, hint)
    return Connector(*given)


def settings(given: Mapping[str, Any]) -> Settings:
    """Return the settings that keyword arguments name, such as `page="A5"`."""
    values = dict(given)
    page = _page(values.pop("page", "A4"))
    lies = values.pop("orientation", None)
    if lies is not None:
        if lies not in ("portrait", "landscape"):
            refuse(f"{named(lies)} is no orientation", "$.orientation", "write portrait or landscape")
        page = paper.turned(page, landscape=lies == "landscape")
    made: dict[str, Any] = {}
    if values.get("lang", "") is None:
        del values["lang"]
    for name, value in values.items():
        make = _FORMS.get(name)
        if make is None:
            known = ("page", "orientation", *_FORMS)
            hint = did_you_mean(name, known) or f"settings are {', '.join(known)}"
            refuse(f"a sheet has no setting “{name[:80]}”", f"$.{name[:80]}", hint)
        made[name] = make(_Given(name, value))
    return Settings(page, **made)


class _Given(NamedTuple):
    """A setting and what was given for it."""

    name: str
    """Its name."""
    value: Any
    """What was given."""

    def refuse(self, should: str, *hints: str) -> NoReturn:
        """Raise that the value is not what it should be."""
        refuse(f"“{self.name}” is {should}, not {named(self.value)}", f"$.{self.name}", *hints)


def _text(given: _Given) -> str:
    return given.value if isinstance(given.value, str) else given.refuse("a text")


def _theme(given: _Given) -> str:
    if isinstance(given.value, os.PathLike):
        return PurePath(given.value).as_posix()
    return given.value if isinstance(given.value, str) else given.refuse("a theme's name or the path of a theme file")


def _fit(given: _Given) -> Fit:
    known: tuple[Fit, ...] = get_args(Fit)
    if given.value not in known:
        given.refuse(f"one of {', '.join(known)}", did_you_mean(str(given.value), known))
    found: Fit = given.value
    return found


def _whole(given: _Given) -> int:
    if isinstance(given.value, bool) or not isinstance(given.value, int):
        given.refuse("a whole number")
    return int(given.value)


def _flag(given: _Given) -> bool:
    return given.value if isinstance(given.value, bool) else given.refuse("True or False")


def _words(given: _Given) -> tuple[str, ...]:
    value = given.value.split(",") if isinstance(given.value, str) else given.value
    words = tuple(value) if isinstance(value, Iterable) else (None,)
    if not all(isinstance(word, str) for word in words):
        given.refuse("a list of texts")
    return tuple(word.strip() for word in words if word.strip())


def _pairs(given: _Given) -> tuple[tuple[str, str], ...]:
    value = given.value.items() if isinstance(given.value, Mapping) else given.value
    out = []
    for pair in (
        value if isinstance(value, Iterable) and not isinstance(value, str) else given.refuse("a dict of texts")
    ):
        if not isinstance(pair, (tuple, list)) or len(pair) != 2 or not isinstance(pair[0], str):
            given.refuse("a dict of texts")
        told = PurePath(pair[1]).as_posix() if given.name == "fonts" and isinstance(pair[1], os.PathLike) else pair[1]
        out.append((pair[0], text(told, f"what “{pair[0][:80]}” has", f"$.{given.name}")))
    return tuple(out)


def _demands(given: _Given) -> tuple[Wanted, ...]:
    """Return constraints as the front matter writes them: names, and names with values."""
    hint = 'write [{"min_size": 10}, {"widest": "panel-id"}]'
    value = [given.value] if isinstance(given.value, Mapping) else given.value
    if isinstance(value, str) or not isinstance(value, Sequence):
        given.refuse("a list of constraints", hint)
    out: list[Wanted] = []
    for one in value:
        if isinstance(one, (str, Wanted)):
            out.append(one if isinstance(one, Wanted) else Wanted(one))
        elif isinstance(one, Mapping):
            out += [_demand(str(name), values) for name, values in one.items()]
        else:
            refuse(f"a constraint is a name, or a name and its values, not {named(one)}", f"$.{given.name}", hint)
    return tuple(out)


def _demand(name: str, values: Any) -> Wanted:
    """Return one constraint with its values."""
    if isinstance(values, Mapping):
        options = tuple((str(key), ",".join(_plain(value))) for key, value in values.items())
        return Wanted(name, (), options)
    return Wanted(name, _plain(values))


def _plain(value: Any) -> tuple[str, ...]:
    """Return a value's texts: one, or those of a list; none for None and True."""
    if value is None or value is True:
        return ()
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),)


_FORMS: dict[str, Callable[[_Given], Any]] = {
    "theme": _theme,
    "fit": _fit,
    "seed": _whole,
    "lang": _text,
    "title": _text,
    "author": _text,
    "subject": _text,
    "keywords": _words,
    "fonts": _pairs,
    "pens": _pairs,
    "constraints": _demands,
    "all": _flag,
}
"""What each setting takes, beside the paper and how it lies."""


def _page(page: Any) -> PageSize:
    """Return a paper."""
    names = f"write {', '.join(paper.NAMES)} or 200x100mm"
    if isinstance(page, PageSize):
        return page
    if isinstance(page, str):
        return paper.named(page) or refuse(
            f"“{page[:80]}” is no page size", "$.page", did_you_mean(page, paper.NAMES), names
        )
    try:
        width, height = (parse_length(side) if isinstance(side, str) else float(side) for side in page)
        return PageSize(float(width or ""), float(height or ""))
    except (TypeError, ValueError):
        refuse(f"a page is a name, or width and height in points, not {named(page)}", "$.page", names)
