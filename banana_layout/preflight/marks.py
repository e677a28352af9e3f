"""What a page paints: its content streams followed operator by operator (ISO 32000-1, 8 and 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

from banana_layout.geometry.affine import IDENTITY, Affine
from banana_layout.geometry.rect import Rect
from banana_layout.preflight.fonts import Widths

Kind = Literal["fill", "stroke", "text", "image", "shading"]
"""What is painted."""
DEEPEST = 12
"""How deep forms may hold forms."""

_PATH = frozenset(("m", "l", "c", "v", "y"))
_FILLS = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_STROKES = frozenset(("S", "s", "B", "B*", "b", "b*"))
_SPACES = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
SCREENS = frozenset(("DeviceRGB", "CalRGB", "ICCBased3", "Lab", "CalGray", "Indexed"))
"""Spaces that are none of a press's."""
_SHOWS = frozenset(("Tj", "TJ", "'", '"'))


class Ink(NamedTuple):
    """A colour as the file gives it."""

    space: str
    """Device space, or the family of another one, such as `Separation`."""
    values: tuple[float, ...]
    """Its components."""


class Mark(NamedTuple):
    """One thing painted."""

    kind: Kind
    """What it is."""
    box: Rect
    """Where, in the page's own coordinates, y up."""
    ink: Ink
    """Its colour; black for pictures."""
    size: float
    """A line's width, the type's size or a picture's dots an inch; 0 for fills."""
    alpha: float
    """Opacity."""
    blend: str
    """Blend mode."""
    overprint: bool
    """Whether inks it has nothing of are left as they are."""
    tagged: bool
    """Whether it is marked as content or as decoration."""
    name: str
    """The font's or the picture's resource name."""


class _State:
    """The graphics state."""

    __slots__ = (
        "alpha", "blend", "clip", "fill", "font", "leading", "line", "line_alpha", "matrix", "mode", "overprint", "rise", "scale", "size",
        "spacing", "stroke", "tiles", "words",
    )  # fmt: skip

    def __init__(self, matrix: Affine) -> None:
        self.matrix = matrix
        self.fill = self.stroke = Ink("DeviceGray", (0.0,))
        self.line, self.alpha, self.line_alpha, self.blend, self.overprint = 1.0, 1.0, 1.0, "Normal", False
        self.font, self.size, self.mode, self.rise, self.leading = "", 0.0, 0, 0.0, 0.0
        self.spacing, self.words, self.scale = 0.0, 0.0, 1.0
        self.clip: Rect | None = None
        self.tiles: dict[Any, str] = {}  # one for all states of a page: each pattern is looked into once

    def copy(self) -> _State:
        new = _State(self.matrix)
        for name in _State.__slots__:
            setattr(new, name, getattr(self, name))
        return new


class Follower:
    """Follows one page's content."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._widths: dict[Any, Widths] = {}
        x0, y0, x1, y1 = (float(v) for v in page.get("/MediaBox", (0, 0, 612, 792)))
        self._whole = Rect(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))

    def marks(self) -> list[Mark]:
        """Return all that is painted, in order."""
        found = self._run(self._page, self._page.get("/Resources", {}), _State(IDENTITY), (0, 0))
        return [m for m in found if m.box.w >= 0]

    def _run(self, source: Any, resources: Any, state: _State, depth: tuple[int, int]) -> Iterator[Mark]:
        """Follow one content stream; `depth` is how many forms and marked pieces it stands in."""
        import pikepdf

        forms, marked = depth
        stack: list[_State] = []
        points: list[tuple[float, float]] = []
        text = line = IDENTITY
        for instruction in pikepdf.parse_content_stream(source):
            operands: Any = instruction.operands
            op = str(instruction.operator)
            if op in _PATH or op == "re":
                points += _corners(op, [float(v) for v in operands], state.matrix)
            elif op in _FILLS or op in _STROKES:
                if points:
                    yield from self._area(op, _box(points), state, marked)
                points = []
            elif op in ("W", "W*"):
                state.clip = _cut(_box(points), state.clip) if points else state.clip
            elif op == "n":
                points = []
            elif op == "q":
                stack.append(state.copy())
            elif op == "Q":
                state = stack.pop() if stack else state
            elif op == "cm":
                state.matrix = Affine(*(float(v) for v in operands)).then(state.matrix)
            elif op in ("BMC", "BDC"):
                marked += 1
            elif op == "EMC":
                marked -= 1
            elif op == "BT":
                text = line = IDENTITY
            elif op == "Tm":
                text = line = Affine(*(float(v) for v in operands))
            elif op in ("Td", "TD"):
                line = Affine.translate(float(operands[0]), float(operands[1])).then(line)
                text = line
                if op == "TD":
                    state.leading = -float(operands[1])
            elif op == "T*" or op in _SHOWS:
                if op in ("T*", "'", '"'):
                    line = Affine.translate(0.0, -state.leading).then(line)
                    text = line
                if op != "T*":
                    mark, text = self._show(operands[-1], resources, state, text, marked)
                    if mark is not None:
                        yield mark
            elif op == "Do":
                yield from self._object(str(operands[0]), resources, state, (forms, marked))
            elif op == "sh":
                # A gradient fills all that is not clipped away (ISO 32000-1, 8.7.4.2).
                shading = resources.get("/Shading", {}).get(str(operands[0]), {})
                yield self._mark("shading", self._whole, state, marked, Ink(family(shading.get("/ColorSpace")), ()))
            elif op == "INLINE IMAGE":
                yield self._picture(operands[0], "inline", state, marked)
            else:
                _set(state, op, operands, resources)

    def _area(self, op: str, box: Rect, state: _State, marked: int) -> Iterator[Mark]:
        """Yield a painted path: its fill, then its line."""
        if op in _FILLS:
            yield self._mark("fill", box, state, marked, state.fill)
        if op in _STROKES:
            yield self._mark("stroke", box, state, marked, state.stroke, state.line * _scale(state.matrix))

    def _show(self, shown: Any, resources: Any, state: _State, text: Affine, marked: int) -> tuple[Mark | None, Affine]:
        """Return a piece of text and where the next one starts."""
        widths = self._font(state.font, resources)
        advance = 0.0
        for part in shown if _is_array(shown) else (shown,):
            if not _is_string(part):
                advance -= float(part) / 1000 * state.size * state.scale
            else:
                data = bytes(part)
                count = len(data) // (2 if widths.wide else 1)
                own = widths.advance(data) / 1000 * state.size
                advance += (
                    own + count * state.spacing + (data.count(b" ") * state.words if not widths.wide else 0.0)
                ) * state.scale
        whole = text.then(state.matrix)
        corners = [
            _at(whole, x, state.rise + y) for x in (0.0, advance) for y in (-0.12 * state.size, 0.72 * state.size)
        ]
        mark = None
        if advance and state.mode not in (3, 7):
            size = abs(state.size) * _height(whole)
            mark = self._mark("text", _box(corners), state, marked, state.fill, size)._replace(name=state.font)
        return mark, Affine.translate(advance, 0.0).then(text)

    def _object(self, name: str, resources: Any, state: _State, depth: tuple[int, int]) -> Iterator[Mark]:
        """Follow a form, or return a picture."""
        found = resources.get("/XObject", {}).get(name)
        if found is None:
            return
        forms, marked = depth
        if found.get("/Subtype") == "/Image":
            yield self._picture(found, name, state, marked)
        elif found.get("/Subtype") == "/Form" and forms < DEEPEST:
            inner = state.copy()
            if "/Matrix" in found:
                inner.matrix = Affine(*(float(v) for v in found["/Matrix"])).then(state.matrix)
            yield from self._run(found, found.get("/Resources", resources), inner, (forms + 1, marked))

    def _picture(self, image: Any, name: str, state: _State, marked: int) -> Mark:
        """Return a picture with its resolution."""
        wide = float(image.get("/Width", 0) if name != "inline" else image.width)
        tall = float(image.get("/Height", 0) if name != "inline" else image.height)
        m = state.matrix
        across, up = (m.a**2 + m.b**2) ** 0.5, (m.c**2 + m.d**2) ** 0.5
        dpi = min(wide / max(across, 1e-6), tall / max(up, 1e-6)) * 72
        space = family(image.get("/ColorSpace", "/DeviceGray")) if name != "inline" else "DeviceGray"
        corners = [_at(m, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        mark = self._mark("image", _box(corners), state, marked, Ink(space, ()), dpi)._replace(name=name)
        if name != "inline" and image.get("/SMask") is not None:
            return mark._replace(alpha=0.5)
        return mark

    def _font(self, name: str, resources: Any) -> Widths:
        """Return a font's widths."""
        font = resources.get("/Font", {}).get(name)
        key = (name, font.objgen if font is not None else (0, 0))
        if key not in self._widths:
            self._widths[key] = Widths.of(font)
        return self._widths[key]

    def _mark(self, kind: Kind, box: Rect, state: _State, marked: int, ink: Ink, size: float = 0.0) -> Mark:
        """Return something painted in the state in force."""
        alpha = state.line_alpha if kind == "stroke" else state.alpha
        return Mark(kind, _cut(box, state.clip), ink, size, alpha, state.blend, state.overprint, marked > 0, "")


def _corners(op: str, v: Sequence[float], m: Affine) -> list[tuple[float, float]]:
    """Return the points a path operator names, on the page; a rectangle's four corners."""
    if op == "re":
        x, y, w, h = v
        v = (x, y, x + w, y, x, y + h, x + w, y + h)
    return [_at(m, v[i], v[i + 1]) for i in range(0, len(v), 2)]


def _set(state: _State, op: str, operands: Sequence[Any], resources: Any) -> None:
    """Carry out an operator that only changes the state."""
    low = op.lower()
    if low in _SPACES:
        ink = Ink(_SPACES[low], tuple(float(v) for v in operands))
        state.fill, state.stroke = (ink, state.stroke) if op == low else (state.fill, ink)
    elif op in ("cs", "CS"):
        ink = Ink(family(resources.get("/ColorSpace", {}).get(str(operands[0]), operands[0])), ())
        state.fill, state.stroke = (ink, state.stroke) if op == "cs" else (state.fill, ink)
    elif op in ("sc", "scn"):
        state.fill = _painted(state.fill, operands, resources, state.tiles)
    elif op in ("SC", "SCN"):
        state.stroke = _painted(state.stroke, operands, resources, state.tiles)
    elif op == "w":
        state.line = float(operands[0])
    elif op == "gs":
        _extended(state, resources.get("/ExtGState", {}).get(str(operands[0])))
    elif op == "Tf":
        state.font, state.size = str(operands[0]), float(operands[1])
    elif op in ("Tr", "Ts", "TL", "Tc", "Tw", "Tz"):
        value = float(operands[0])
        if op == "Tr":
            state.mode = int(value)
        elif op == "Tz":
            state.scale = value / 100
        else:
            setattr(state, {"Ts": "rise", "TL": "leading", "Tc": "spacing", "Tw": "words"}[op], value)


def _painted(ink: Ink, operands: Sequence[Any], resources: Any, tiles: dict[Any, str]) -> Ink:
    """Return an ink with the values an operator gives; of a pattern, the space its gradient or first drawn colour is in."""
    name = str(operands[-1]) if operands and getattr(operands[-1], "_type_name", "") == "name" else ""
    pattern = resources.get("/Pattern", {}).get(name) if name else None
    if pattern is None:
        return ink._replace(values=_floats(operands))
    if "/Shading" in pattern:
        return Ink(family(pattern["/Shading"].get("/ColorSpace")), ())
    if int(pattern.get("/PaintType", 1)) != 1:
        return ink._replace(values=())
    if pattern.objgen not in tiles:
        tiles[pattern.objgen] = _drawn_space(pattern)
    return Ink(tiles[pattern.objgen], ())


def _drawn_space(pattern: Any) -> str:
    """Return the space of the first colour a tile sets that is none of a press's; `Pattern` where all are."""
    import pikepdf

    spaces = pattern.get("/Resources", {}).get("/ColorSpace", {})
    for instruction in pikepdf.parse_content_stream(pattern):
        op = str(instruction.operator).lower()
        operands: Any = instruction.operands
        space = _SPACES.get(op, "")
        if op == "cs":
            space = family(spaces.get(str(operands[0]), operands[0]))
        if space in SCREENS:
            return space
    return "Pattern"


def _extended(state: _State, found: Any) -> None:
    """Take over a dictionary of graphics state parameters (ISO 32000-1, table 58)."""
    if found is None:
        return
    if "/ca" in found:
        state.alpha = float(found["/ca"])
    if "/CA" in found:
        state.line_alpha = float(found["/CA"])
    if "/LW" in found:
        state.line = float(found["/LW"])
    if "/BM" in found:
        mode = found["/BM"]
        state.blend = str(mode[0] if _is_array(mode) else mode).lstrip("/")
    if "/SMask" in found and str(found["/SMask"]) != "/None":
        state.alpha = min(state.alpha, 0.5)
    if "/OP" in found or "/op" in found:
        state.overprint = bool(found.get("/op", found.get("/OP", False)))


def family(space: Any) -> str:
    """Return a colour space's family; an ICC-based one with its number of components."""
    if _is_array(space):
        name = str(space[0]).lstrip("/")
        return f"ICCBased{int(space[1].get('/N', 0))}" if name == "ICCBased" else name
    return str(space).lstrip("/")


def _is_array(value: Any) -> bool:
    """Whether a value is a PDF array."""
    return getattr(value, "_type_code", None) is not None and str(value._type_name) == "array"


def _is_string(value: Any) -> bool:
    """Whether a value is a PDF string."""
    return getattr(value, "_type_name", "") == "string"


def _floats(operands: Sequence[Any]) -> tuple[float, ...]:
    """Return the numbers among operands; a pattern's name is none."""
    return tuple(float(v) for v in operands if getattr(v, "_type_name", "") != "name")


def _box(points: Sequence[tuple[float, float]]) -> Rect:
    """Return the box around points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Rect.spanning(min(xs), min(ys), max(xs), max(ys))


def _at(m: Affine, x: float, y: float) -> tuple[float, float]:
    """Return a point's image."""
    return m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f


def _cut(box: Rect, clip: Rect | None) -> Rect:
    """Return the part of a box inside the clip's box; of width -1 where there is none."""
    if clip is None or clip.holds(box):
        return box
    x0, y0, x1, y1 = max(box.x, clip.x), max(box.y, clip.y), min(box.right, clip.right), min(box.bottom, clip.bottom)
    return Rect(x0, y0, x1 - x0, y1 - y0) if x1 >= x0 and y1 >= y0 else Rect(x0, y0, -1.0, -1.0)


def _scale(m: Affine) -> float:
    """Return by how much a map enlarges lines."""
    return float(abs(m.a * m.d - m.b * m.c) ** 0.5)


def _height(m: Affine) -> float:
    """Return by how much a map enlarges type, measured across the baseline."""
    along = (m.a**2 + m.b**2) ** 0.5
    return float(abs(m.a * m.d - m.b * m.c) / along) if along else 0.0
