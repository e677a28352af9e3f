"""Reads a formula into atoms: what TeX's notation says, without any size or place."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from banana_layout.syntax.tex import symbols
from banana_layout.syntax.tex.symbols import Kind

DEEPEST = 20
"""Braces inside one another."""

_TOKEN = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|(\d+(?:[.,]\d+)*)|(\s+)|(.)", re.DOTALL)
_WORDS = re.compile(r"\s*\{([^{}]*)\}")
_ALIGNED = (
    "aligned",
    "align",
    "align*",
    "gathered",
    "gather",
    "gather*",
    "split",
    "equation",
    "equation*",
    "alignedat",
)


class UnsetError(Exception):
    """A formula that cannot be set in one line; its argument is the command that stands in the way."""


class Atom(NamedTuple):
    """A sign with what stands below and above it."""

    kind: Kind
    """How it goes with its neighbours."""
    text: str = ""
    """Its characters; nothing where it holds atoms."""
    inner: tuple[Atom, ...] = ()
    """The atoms of a group, of a fraction's upper half, or under a root."""
    under: tuple[Atom, ...] = ()
    """A fraction's lower half."""
    sub: tuple[Atom, ...] = ()
    """What is lowered."""
    sup: tuple[Atom, ...] = ()
    """What is raised."""


LINE = Atom("punct", "\n")
"""The end of a line of a formula in several."""


def atoms_of(formula: str) -> tuple[Atom, ...]:
    """Return a formula's atoms.

    Raises:
        UnsetError: for a command that is not known or needs more than a line, and for braces that do not match.
    """
    return _Reader(formula).group("")


class _Reader:
    """Reads tokens one by one."""

    def __init__(self, formula: str) -> None:
        self._text = formula
        self._at = 0
        self._depth = 0

    def group(self, closing: str) -> tuple[Atom, ...]:
        """Return the atoms up to a closing sign, which is taken."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnsetError("{")
        out: list[Atom] = []
        while True:
            if self._at >= len(self._text):
                if closing:
                    raise UnsetError(closing)
                break
            if closing and self._text.startswith(closing, self._at):
                self._at += len(closing)
                break
            sign = self._text[self._at]
            if sign in "^_":
                self._at += 1
                self._script(out, sign)
            elif sign == "}":
                raise UnsetError("}")
            else:
                out += self._next()
        self._depth -= 1
        return tuple(out)

    def _script(self, out: list[Atom], sign: str) -> None:
        """Put what follows below or above the atom before it."""
        said = self._argument()
        base = out.pop() if out and out[-1].kind != "punct" else Atom("ord")
        if sign == "_":
            if base.sub:
                raise UnsetError("_")
            out.append(base._replace(sub=said))
        elif len(said) == 1 and said[0].text in ("∘", "°", "′") and not base.sup:
            degree = said[0].text.replace("∘", "°")
            out += [base, Atom("ord", degree)]
        else:
            if base.sup:
                raise UnsetError("^")
            out.append(base._replace(sup=said))

    def _argument(self) -> tuple[Atom, ...]:
        """Return what a command or a script takes: braces' atoms, or the next token alone."""
        self._skip()
        if self._at >= len(self._text):
            raise UnsetError("}")
        if self._text[self._at] == "{":
            self._at += 1
            return self.group("}")
        found = _TOKEN.match(self._text, self._at)
        if found and found[3]:  # of 12 only the 1, as TeX has it
            self._at += 1
            return (Atom("ord", found[3][0]),)
        if self._text[self._at] in "^_}&":
            raise UnsetError(self._text[self._at])
        return tuple(self._next())

    def _skip(self) -> None:
        """Step over blanks."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _next(self) -> list[Atom]:
        """Return the atoms of the next token."""
        found = _TOKEN.match(self._text, self._at)
        assert found is not None
        self._at = found.end()
        if found[1] is not None:
            return self._command(found[1])
        if found[2] is not None:
            return self._command(found[2])
        if found[3] is not None:
            return [Atom("ord", found[3])]
        if found[4] is not None:
            return []
        sign = found[5]
        if sign == "{":
            return [Atom("ord", inner=self.group("}"))]
        if sign == "&":
            return []
        if sign == "$":
            raise UnsetError("$")
        kind, text = symbols.SIGNS.get(sign, ("ord", sign))
        return [Atom(kind, text)]

    def _command(self, name: str) -> list[Atom]:
        """Return what a command stands for."""
        for table, kind in _TABLES:
            if name in table:
                return [Atom(kind, table[name])]
        if name in symbols.NAMES:
            return [Atom("op", name)]
        if name == "\\":
            return [LINE]
        if name in symbols.SILENT:
            self._skip()
            if name in ("left", "right", "middle") and self._text.startswith(".", self._at):
                self._at += 1
            return []
        return self._made(name)

    def _made(self, name: str) -> list[Atom]:
        """Return what a command makes of its arguments."""
        if name in symbols.WRITTEN:
            words = _WORDS.match(self._text, self._at)
            if words is None:
                raise UnsetError("\\" + name)
            self._at = words.end()
            return [Atom("op" if name == "operatorname" else "ord", words[1].replace("~", " "))]
        if name in symbols.WRAPPING:
            return [Atom("ord", inner=self._argument())]
        if name in ("frac", "dfrac", "tfrac", "cfrac"):
            return [Atom("frac", inner=self._argument(), under=self._argument())]
        if name in ("binom", "dbinom", "tbinom"):
            above, below = self._argument(), self._argument()
            return [Atom("ord", sub=above), Atom("ord", "C", sub=below)]
        if name == "sqrt":
            return self._root()
        if name == "pmod":
            return [Atom("open", "("), Atom("op", "mod"), *self._argument(), Atom("close", ")")]
        if name in symbols.ACCENTS:
            return [_accented(self._argument(), symbols.ACCENTS[name], name)]
        if name in symbols.LETTERS:
            return [_lettered(self._argument(), name)]
        if name in ("begin", "end"):
            return self._environment(name)
        raise UnsetError("\\" + name)

    def _environment(self, name: str) -> list[Atom]:
        """Step over the bounds of lines under one another; other arrangements need more than lines."""
        words = _WORDS.match(self._text, self._at)
        if words is None or words[1].strip() not in _ALIGNED:
            raise UnsetError(f"\\{name}{{{words[1].strip() if words else ''}}}")
        self._at = words.end()
        return []

    def _root(self) -> list[Atom]:
        """Return a root: `√x`, or with brackets round more than one atom."""
        self._skip()
        degree: tuple[Atom, ...] = ()
        if self._text.startswith("[", self._at):
            self._at += 1
            degree = self.group("]")
        said = self._argument()
        sign = {"3": "∛", "4": "∜"}.get(degree[0].text if len(degree) == 1 else "", "√")
        lead = [Atom("ord", sup=degree)] if degree and sign == "√" else []
        lone = len(said) == 1 and not (said[0].sub or said[0].sup or said[0].inner)
        inner = said if lone else (Atom("open", "("), *said, Atom("close", ")"))
        return [*lead, Atom("ord", sign), Atom("ord", inner=inner)]


def _accented(said: tuple[Atom, ...], accent: str, name: str) -> Atom:
    """Return letters under a sign."""
    letters = "".join(a.text for a in said)
    if not letters or len(letters) > 4 or any(a.inner or a.sub or a.sup or a.kind != "ord" for a in said):
        raise UnsetError("\\" + name)
    return Atom("ord", unicodedata.normalize("NFC", "".join(c + accent for c in letters)))


def _lettered(said: tuple[Atom, ...], name: str) -> Atom:
    """Return capitals of another alphabet."""
    own, first = symbols.LETTERS[name]
    letters = "".join(a.text for a in said)
    if not re.fullmatch("[A-Z]+", letters) or any(a.inner or a.sub or a.sup for a in said):
        raise UnsetError("\\" + name)
    return Atom("ord", "".join(own.get(c) or chr(first + ord(c) - ord("A")) for c in letters))


_TABLES: tuple[tuple[dict[str, str], Kind], ...] = (
    (symbols.ORDINARY, "ord"),
    (symbols.BINARY, "bin"),
    (symbols.RELATIONS, "rel"),
    (symbols.LARGE, "op"),
    (symbols.OPENING, "open"),
    (symbols.CLOSING, "close"),
    (symbols.BLANKS, "ord"),
)
