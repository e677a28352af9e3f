"""Pens that carry meaning: words an author gave a pen keep it wherever they are emphasised, and a sign beside the colour.

The sign, a form of underline that belongs to the pen, tells the words apart where colours do not: in grey print, and for who
sees few colours (WCAG 2.2, success criterion 1.4.1).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

import msgspec

from banana_layout.layout.contract import Tone
from banana_layout.model.document import Document
from banana_layout.model.inline import AnyInline, Penned, plain_text
from banana_layout.model.walk import structs
from banana_layout.source import BananaError, Diagnostic, Span
from banana_layout.theme.text_style import FORMS, Form, Sign
from banana_layout.theme.theme import Pair, Theme

LEGIBLE = 4.5
"""Least contrast of words in a pen (WCAG 2.2, success criterion 1.4.3)."""
FAMILIES = (("coral", "red"), ("blue", "cyan"), ("green",), ("violet",), ("banana", "yellow"), ("black",))
"""Pens by what they look like: a theme that has not the very pen writes with one of its family, else with another one. A
family's place is its sign's, so that signs stay what they are from theme to theme."""
_ASKED = re.compile(r"pen\s*=")
_PARTICLE = re.compile(
    r"(?<=[\uac00-\ud7a3\w])(?:은|는|이|가|을|를|의|에|와|과|도|로|으로|에서|에게|까지|부터|보다|처럼|이란|란|이다|입니다)\Z"
)


class Ink(msgspec.Struct, frozen=True):
    """What a concept is written with."""

    pair: Pair
    """Pen, marker and tint."""
    sign: Sign
    """The underline that belongs to the pen."""

    def tone(self, around: Tone) -> Tone:
        """Return a panel's inks with this pen in the place of its own."""
        return msgspec.structs.replace(around, pair=self.pair, marker=self.pair.marker)


class Concepts(msgspec.Struct, frozen=True):
    """Which words have which ink."""

    words: dict[str, Ink]
    """By the words, as `known` spells them."""
    pens: dict[str, Ink]
    """By the pen's name, as the author wrote it."""

    def of(self, words: str) -> Ink | None:
        """Return the ink of emphasised words; a Korean particle after them makes no difference."""
        plain = known(words)
        found = self.words.get(plain)
        return found if found is not None else self.words.get(_PARTICLE.sub("", plain))


def known(words: str) -> str:
    """Return words as they are compared: blanks and capitals make no difference."""
    return " ".join(words.split()).casefold()


def concepts(document: Document, theme: Theme, warn: Callable[[Diagnostic], None]) -> Concepts | None:
    """Return the document's concepts, None where it has none; BananaError for pens nobody has."""
    settings, source = document.settings, document.source
    if source is not None and not settings.pens and _ASKED.search(source.text) is None:
        return None
    given: list[tuple[str, str, Span | None]] = [(word, pen, None) for word, pen in settings.pens]
    given += [
        (plain_text(item.children), item.pen, item.span)
        for item in structs(document.sheets)
        if isinstance(item, Penned)
    ]
    words: dict[str, Ink] = {}
    pens: dict[str, Ink] = {}
    first: dict[str, str] = {}
    wrong: list[Diagnostic] = []
    for word, pen, span in given:
        if pen not in pens:
            pair = theme.pair(pen) or _relative(pen, theme)
            if pair is None:
                wrong.append(Diagnostic("error", f"there is no pen “{pen[:80]}”", span, _hint(pen, theme), source))
                continue
            if _family(pen) != _family(pair.name):
                message = f"the theme {theme.name} has no pen {pen}: {pair.name} stands in for it"
                warn(Diagnostic("warning", message, span, (), source))
            pens[pen] = Ink(pair, Sign(_form(pen, theme), pair.pen))
        plain = known(word)
        if plain and first.setdefault(plain, pen) != pen:
            message = f"“{word[:80]}” is written with {first[plain]} and with {pen}; elsewhere {first[plain]} holds"
            warn(Diagnostic("warning", message, span, ("give a concept one pen",), source))
        if plain:
            words.setdefault(plain, pens[pen])
    if wrong:
        raise BananaError(*wrong)
    return Concepts(words, pens) if pens else None


def _family(pen: str) -> int | None:
    """Return which family of pens a name belongs to."""
    return next((i for i, names in enumerate(FAMILIES) if pen in names), None)


def _relative(pen: str, theme: Theme) -> Pair | None:
    """Return the pen that stands in for one the theme has not; None for a name no theme has."""
    family = _family(pen)
    if family is None:
        return None
    close = (theme.pair(name) for name in FAMILIES[family])
    return next((pair for pair in close if pair is not None), theme.pairs[family % len(theme.pairs)])


def _form(pen: str, theme: Theme) -> Form:
    """Return the form of a pen's sign."""
    family = _family(pen)
    if family is None:
        family = next((i for i, pair in enumerate((*theme.pairs, theme.hero)) if pair.name == pen), 0)
    return FORMS[family % len(FORMS)]


def _hint(pen: str, theme: Theme) -> tuple[str, ...]:
    """Return what an author may have meant."""
    names = tuple(dict.fromkeys(pair.name for pair in (*theme.pairs, theme.hero)))
    near = difflib.get_close_matches(pen.lower(), names, 1, 0.5)
    return (*(f"did you mean “{name}”?" for name in near), f"the theme {theme.name} has {', '.join(names)}")


def ink_of(item: AnyInline, concepts: Concepts) -> Ink | None:
    """Return the ink of an inline: the pen it was given, or its words' where it is emphasised."""
    if isinstance(item, Penned):
        return concepts.pens.get(item.pen)
    return concepts.of(plain_text((item,)))
