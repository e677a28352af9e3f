"""One plate of a page: every colour replaced by the grey of one ink's share in it, so that a program that knows no inks can draw it.

Greys multiply as amounts of ink do, so opacity and blend modes come out as on a press (ISO 32000-1, 11.3.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from banana_layout.preflight.marks import family

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
"""The plates of every page, in the order of their numbers."""
MOST_SPOTS = 8
"""So many inks of their own have a plate drawn; further ones are not counted."""
_BLACK = 3
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What decoding a damaged picture raises."""
_HOLDERS = ("/Resources", "/ColorSpace", "/Shading", "/Pattern", "/XObject")
"""Entries under which colour spaces stand."""
_DEEPEST = 6
_COMPONENTS = {"DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "DeviceCMYK": 4}
"""Of the spaces whose colours tell their inks."""


def spots(pdf: Any) -> tuple[str, ...]:
    """Return the names of a file's inks of their own (ISO 32000-1, 8.6.6.4 and 8.6.6.5), at most MOST_SPOTS."""
    found: dict[str, None] = {}
    for space in _spaces(pdf):
        for name in _colorants(space):
            if name not in (*PROCESS, "All", "None"):
                found[name] = None
    return tuple(found)[:MOST_SPOTS]


def to_plate(pdf: Any, ink: str) -> None:
    """Leave of a file's colours only the share of one ink, as grey: one of PROCESS, or one `spots` names."""
    import pikepdf

    plate = PROCESS.index(ink) if ink in PROCESS else -1
    for space in _spaces(pdf):
        _space_to_plate(pdf, space, ink)
    _contents_to_plate(pdf, plate)
    pictures = [o for o in pdf.objects if _kind(o) == "stream" and o.get("/Subtype") == "/Image"]
    masks = {o[key].objgen for o in pictures for key in ("/SMask", "/Mask") if _kind(o.get(key)) == "stream"}
    for picture in pictures:
        if picture.objgen not in masks and not picture.get("/ImageMask", False):
            _picture_to_plate(picture, plate)
    for found in _values(pdf):
        if _kind(found) == "array":
            continue
        if "/ShadingType" in found:
            _shading_to_plate(found, plate)
        if found.get("/S") == "/Transparency" and "/CS" in found:
            found["/CS"] = pikepdf.Name("/DeviceGray")
        if found.get("/op", found.get("/OP", False)) is True and int(found.get("/OPM", 0)) == 1:
            found["/BM"] = pikepdf.Name("/Multiply")  # an ink of which there is nothing leaves what lies under it


def contents(pdf: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield what a file of one page draws: where operators are read, the stream they stand in, and its resources."""
    page = pdf.pages[0]
    page.contents_coalesce()
    if _kind(page.obj.get("/Contents")) == "stream":
        yield page, page.obj["/Contents"], page.obj.get("/Resources", {})
    for form in [o for o in pdf.objects if _kind(o) == "stream" and o.get("/Subtype") == "/Form"]:
        yield form, form, form.get("/Resources", page.obj.get("/Resources", {}))


def _kind(value: Any) -> str:
    """Return what a value is, as pikepdf names it; empty for what is none of a file's."""
    return str(getattr(value, "_type_name", ""))


def _spaces(pdf: Any) -> list[Any]:
    """Return the colour spaces of inks by their name, wherever they stand."""
    return [v for v in _values(pdf) if _kind(v) == "array" and len(v) > 3 and str(v[0]) in ("/Separation", "/DeviceN")]


def _values(pdf: Any) -> list[Any]:
    """Return a file's objects and what stands in them where colours are named."""
    out: list[Any] = []

    def look(value: Any, depth: int) -> None:
        kind = _kind(value)
        if kind not in ("array", "dictionary", "stream") or depth > _DEEPEST:
            return
        out.append(value)
        if kind == "array":
            named = len(value) > 1 and str(value[0]) in ("/Indexed", "/Pattern")
            children = [value[1]] if named else []
        else:
            children = [value[key] for key in value.keys() if key in _HOLDERS or depth > 0]  # noqa: SIM118
        for child in children:
            if _kind(child) and not child.is_indirect:
                look(child, depth + 1)

    for found in pdf.objects:
        look(found, 0)
    return out


def _colorants(space: Any) -> list[str]:
    """Return the inks a space names."""
    names = [space[1]] if str(space[0]) == "/Separation" else list(space[1])
    return [str(name).lstrip("/") for name in names]


def _space_to_plate(pdf: Any, space: Any, ink: str) -> None:
    """Make a space of named inks one of grey: light where it has nothing of the ink."""
    import pikepdf

    names = _colorants(space)
    count = len(names)
    place = names.index(ink) if ink in names else names.index("All") if "All" in names else -1
    code = f"{{{count - 1 - place} index {count + 1} 1 roll {'pop ' * count}1 exch sub}}"
    function = pikepdf.Stream(pdf, (code if place >= 0 else f"{{{'pop ' * count}1}}").encode())
    function["/FunctionType"] = 4
    function["/Domain"], function["/Range"] = pikepdf.Array([0, 1] * count), pikepdf.Array([0, 1])
    space[2], space[3] = pikepdf.Name("/DeviceGray"), pdf.make_indirect(function)


def _contents_to_plate(pdf: Any, plate: int) -> None:
    """Replace the colours that content streams set."""
    import pikepdf

    for i, (source, stream, resources) in enumerate(contents(pdf)):
        out: list[Any] = []
        if i == 0:
            # What sets no colour is black.
            light = [_share([0.0], plate)]
            out += [(light, pikepdf.Operator("g")), (light, pikepdf.Operator("G"))]
        now: dict[bool, int] = {True: 0, False: 0}
        stack: list[dict[bool, int]] = []
        for instruction in pikepdf.parse_content_stream(source):
            op, operands = str(instruction.operator), instruction.operands
            lower = op.lower()
            fills = op == lower
            grey = pikepdf.Operator("g" if fills else "G")
            if op == "INLINE IMAGE":
                # Small ones are greys or masks in nearly every file; a mask takes the colour in force.
                out += [instruction] if plate == _BLACK or instruction.operands[0].image_mask else []
                continue
            if op == "q":
                stack.append(dict(now))
            elif op == "Q" and stack:
                now = stack.pop()
            if lower in ("g", "rg", "k"):
                now[fills] = 0
                out.append(([_share([float(v) for v in operands], plate)], grey))
            elif lower == "cs":
                now[fills] = _components(resources, operands)
                black = [0.0] * (now[fills] - 1) + [1.0] if now[fills] == len(PROCESS) else [0.0] * now[fills]
                out.append(([_share(black, plate)], grey) if now[fills] else instruction)
            elif lower in ("sc", "scn") and now[fills] and len(operands) == now[fills]:
                out.append(([_share([float(v) for v in operands], plate)], grey))
            else:
                out.append(instruction)
        stream.write(pikepdf.unparse_content_stream(out))


def _components(resources: Any, operands: Any) -> int:
    """Return how many numbers a colour of a space has; 0 where they are no inks, or inks by their names."""
    name = str(operands[0])
    spaces = resources.get("/ColorSpace", {})
    told = family(spaces.get(name, name))
    return _COMPONENTS.get(told, int(told[8:] or 0) if told.startswith("ICCBased") else 0)


def _share(values: Sequence[float], plate: int) -> float:
    """Return the grey of a plate's share in a colour of grey, red, green and blue, or four inks; light where it has none.

    Of a screen's colour it is about how much of an ink it would take, with black for all that is grey in it.
    """
    if plate < 0 or len(values) not in (1, 3, 4):
        return 1.0
    if len(values) == len(PROCESS):
        return 1.0 - values[plate]
    light = max(values)
    if plate == _BLACK:
        return light
    return values[plate] / light if len(values) == _BLACK and light > 0 else 1.0


def _shading_to_plate(shading: Any, plate: int) -> None:
    """Leave of a gradient one plate; one whose colours cannot be told apart so leaves no ink."""
    import pikepdf

    told = family(shading.get("/ColorSpace"))
    if told in ("Separation", "DeviceN"):
        return
    count = _COMPONENTS.get(told, int(told[8:] or 0) if told.startswith("ICCBased") else 0)
    function = shading.get("/Function")
    made = _of_component(function, plate) if count == len(PROCESS) and plate >= 0 and function is not None else None
    nothing = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[1], N=1)
    if count == 1 and plate == _BLACK:
        return
    if function is None:
        return  # colours stand in a mesh
    shading["/ColorSpace"] = pikepdf.Name("/DeviceGray")
    shading["/Function"] = nothing if made is None else made
    if "/Background" in shading:
        del shading["/Background"]


def _of_component(function: Any, at: int) -> Any:
    """Return the function of one component, light for its nothing; None for kinds that are not taken apart."""
    import pikepdf

    if _kind(function) == "array":
        return _of_component(function[at], 0) if at < len(function) else None
    kind = int(function.get("/FunctionType", -1))
    made = pikepdf.Dictionary({key: function[key] for key in function.keys() if key != "/Range"})  # noqa: SIM118
    if kind == 2:
        for key, default in (("/C0", 0.0), ("/C1", 1.0)):
            values = list(function.get(key, [default]))
            if at >= len(values):
                return None
            made[key] = pikepdf.Array([1 - float(values[at])])
        return made
    if kind == 3:
        parts = [_of_component(part, at) for part in function["/Functions"]]
        if any(part is None for part in parts):
            return None
        made["/Functions"] = pikepdf.Array(parts)
        return made
    return None


def _picture_to_plate(image: Any, plate: int) -> None:
    """Leave of a picture only one plate, as grey; one that cannot be decoded stays as it is."""
    import pikepdf
    from PIL import Image as Pillow
    from PIL import ImageChops

    # A mask stays one: decoded with the picture, it would take the inks away.
    kept = {key: image[key] for key in ("/SMask", "/Mask") if key in image}
    for key in kept:
        del image[key]
    try:
        if family(image.get("/ColorSpace", "/DeviceGray")) in ("Separation", "DeviceN"):
            return  # drawn through the space, which is a grey one by now
        picture: Any = pikepdf.PdfImage(image).as_pil_image()
    except (pikepdf.PdfError, OSError, RuntimeError, *_UNREADABLE):
        return
    finally:
        for key, mask in kept.items():
            image[key] = mask
    if picture.mode == "CMYK" and plate >= 0:
        made = ImageChops.invert(picture.split()[plate])
    else:
        made = picture.convert("L") if plate == _BLACK else Pillow.new("L", picture.size, 255)
    image.write(made.tobytes())
    image["/ColorSpace"], image["/BitsPerComponent"] = pikepdf.Name("/DeviceGray"), 8
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in image:
            del image[key]
