"""Sets a formula's atoms in one line: TeX's blanks between them, scripts raised and lowered, fractions with a stroke."""

from __future__ import annotations

from collections.abc import Callable

from banana_layout.model.inline import AnyInline, HardBreak, Subscript, Superscript, Text
from banana_layout.source import Span
from banana_layout.syntax.tex import symbols
from banana_layout.syntax.tex.reader import LINE, Atom, UnsetError, atoms_of
from banana_layout.syntax.tex.symbols import Kind

FIRM = "\u00a0"
"""A blank no line ends at: a line may end behind a sign of relation or operation, not before it."""
_NO_OPERAND: tuple[Kind | None, ...] = (None, "bin", "rel", "op", "open", "punct")


def inlines_of(formula: str, span: Span, warn: Callable[..., None]) -> tuple[AnyInline, ...]:
    """Return a formula in TeX's notation as text with raised and lowered pieces, each at the formula's place.

    A command that is unknown, or needs more than lines (matrices, cases, braces under words), is told to `warn`, and
    nothing is returned.
    """
    try:
        atoms = atoms_of(formula.strip())
    except UnsetError as error:
        wrong = str(error.args[0])
        warn(
            f"“{wrong[:40]}” is not set in formulas, so this one is shown as written", span, "write it in letters and signs",
            once=f"formula {wrong}",
        )  # fmt: skip
        return ()
    rows: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom is LINE:
            rows.append([])
        else:
            rows[-1].append(atom)
    out: list[AnyInline] = []
    for line in filter(None, (_Line(span).set(row, small=False).pieces() for row in rows)):
        out += [*([HardBreak(span=span)] if out else []), *line]
    return tuple(out)


class _Line:
    """Puts atoms side by side."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._out: list[AnyInline] = []
        self._text = ""

    def pieces(self) -> list[AnyInline]:
        """Return the inlines."""
        self._flush()
        return self._out

    def _flush(self) -> None:
        """End a stretch of plain characters."""
        if self._text:
            self._out.append(Text(span=self._span, text=self._text))
            self._text = ""

    def set(self, atoms: list[Atom] | tuple[Atom, ...], *, small: bool) -> _Line:
        """Add atoms; `small` leaves out the blanks, as TeX does in scripts."""
        before: Kind | None = None
        signed = False  # whether what stands before is a sign such as the minus of -x
        for index, atom in enumerate(atoms):
            kind = atom.kind
            after = atoms[index + 1].kind if index + 1 < len(atoms) else None
            if kind == "bin" and (before in _NO_OPERAND or after in (None, "rel", "close", "punct")):
                kind = "ord"
            if not small or (before == "op" and atoms[index - 1].text.isascii()):
                self._text += _blank(before, kind)
            touches = (before in ("ord", "close", "frac") and not signed) or after in ("ord", "op", "open", "frac")
            self._atom(atom, small=small, touches=touches)
            before, signed = kind, kind != atom.kind
        return self

    def _atom(self, atom: Atom, *, small: bool, touches: bool) -> None:
        """Add one atom with its scripts."""
        if atom.kind == "frac":
            self._fraction(atom, small=small, bracketed=touches or bool(atom.sub or atom.sup))
        elif atom.inner:
            self.set(atom.inner, small=small)
        else:
            self._text += atom.text
        for said, made in ((atom.sub, Subscript), (atom.sup, Superscript)):
            if said:
                self._flush()
                children = tuple(_Line(self._span).set(said, small=True).pieces())
                self._out.append(made(span=self._span, children=children))

    def _fraction(self, atom: Atom, *, small: bool, bracketed: bool) -> None:
        """Add a fraction: one character, or both halves with a stroke between, bracketed where it could be misread."""
        above, below = atom.inner, atom.under
        part = symbols.PARTS.get((_plain(above), _plain(below))) if not small else None
        if part is not None and not (atom.sub or atom.sup):
            self._text += part
            return
        halves = ((above, _is_product(above)), (below, _is_one(below)))
        self._text += "(" if bracketed else ""
        for index, (half, bare) in enumerate(halves):
            self._text += ("/" if index else "") + ("" if bare else "(")
            self.set(half, small=small)
            self._text += "" if bare else ")"
        self._text += ")" if bracketed else ""


def _blank(before: Kind | None, kind: Kind) -> str:
    """Return the blank between two atoms (The TeXbook, chapter 18); none before the first."""
    if before is None:
        return ""
    if "rel" in (before, kind) or "bin" in (before, kind):
        if before == kind == "rel":
            return ""
        return " " if before in ("rel", "bin") else FIRM
    if before == "punct":
        return " "
    if before == "op":
        return FIRM if kind in ("ord", "op", "frac") else ""
    if kind == "op":
        return FIRM if before in ("ord", "close", "frac") else ""
    return ""


def _plain(atoms: tuple[Atom, ...]) -> str:
    """Return the characters of a lone atom without scripts."""
    lone = len(atoms) == 1 and not (atoms[0].sub or atoms[0].sup or atoms[0].inner)
    return atoms[0].text if lone else ""


def _is_product(atoms: tuple[Atom, ...]) -> bool:
    """Tell whether atoms hold together before a stroke: nothing is added or compared outside brackets."""
    outer = _outer(atoms)
    return bool(atoms) and all(a.kind == "ord" and (not a.inner or _is_product(a.inner)) for a in outer)


def _is_one(atoms: tuple[Atom, ...]) -> bool:
    """Tell whether atoms hold together behind a stroke: one of them, `f(x)`, or a differential such as `dx`."""
    if len(atoms) > 1 and atoms[0].text in ("d", "∂") and not (atoms[0].sub or atoms[0].inner):
        return _is_one(atoms[1:])
    lone = _outer(atoms)
    return len(lone) == 1 and lone[0].kind == "ord" and (not lone[0].inner or _is_one(lone[0].inner))


def _outer(atoms: tuple[Atom, ...]) -> list[Atom]:
    """Return the atoms outside all brackets, so `f(x)` is `f`; all atoms where a bracket is not closed."""
    out: list[Atom] = []
    depth = 0
    for atom in atoms:
        depth += atom.kind == "open"
        if depth == 0:
            out.append(atom)
        depth -= depth > 0 and atom.kind == "close" and atom.text != "!"
    return out if depth == 0 else list(atoms)
