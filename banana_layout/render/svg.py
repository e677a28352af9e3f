"""Scenes as SVG documents, put together by svgwrite."""

from __future__ import annotations

from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from banana_layout.font.book import FontBook
from banana_layout.render.clean import writable
from banana_layout.render.credit import EMOJI
from banana_layout.render.number import number
from banana_layout.render.svg_elements import PageWriter
from banana_layout.scene.item import Scene

_MM_PER_PT = 25.4 / 72


def to_svg(scene: Scene, book: FontBook) -> str:
    """Return a page as an SVG document; the same scene gives the same text."""
    import svgwrite

    writer = PageWriter(scene, book)
    body = writer.write()
    size = tuple(f"{number(v * _MM_PER_PT)}mm" for v in (scene.width, scene.height))
    drawing = svgwrite.Drawing(size=size, debug=False, viewBox=f"0 0 {number(scene.width)} {number(scene.height)}")
    drawing["xml:space"] = "preserve"  # spaces at the ends of selectable lines count
    drawing["stroke-linejoin"] = "round"
    if scene.lang:
        drawing["xml:lang"] = drawing["lang"] = scene.lang
    title, subject = writable(scene.title), writable(scene.subject)
    drawing.set_desc(title or None, subject or None)
    if writer.has_emoji or scene.author or scene.keywords:
        drawing.set_metadata(_about(scene, emoji=writer.has_emoji))
    drawing.elements.remove(drawing.defs)
    drawing.elements += [_Ready(writer.defs), _Ready(body)]
    text: str = drawing.tostring()
    return text


class Fragment(NamedTuple):
    """A page's SVG in parts, each an element."""

    defs: tuple[str, ...]
    """Shared outlines and clips."""
    parts: tuple[str, ...]
    """What is seen: the paper first, then the page's items, bottom first."""


def fragment(scene: Scene, book: FontBook) -> Fragment:
    """Return what `to_svg` writes for a page's items, without the picture around it."""
    from xml.etree.ElementTree import tostring

    writer = PageWriter(scene, book)
    body = writer.write()
    defs, parts = (tuple(tostring(one, "unicode") for one in parent) for parent in (writer.defs, body))
    return Fragment(defs, parts)


class _Ready:
    """A finished XML element in the place of an svgwrite object: 2,500 small elements cost a third that way."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.elementname = element.tag

    def get_xml(self) -> Element:
        """Return the element, as svgwrite asks for it."""
        return self._element


def _about(scene: Scene, *, emoji: bool) -> Any:
    """Return the metadata: Dublin Core in RDF."""
    rdf = Element("rdf:RDF", {"xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"})
    about = SubElement(rdf, "rdf:Description", {"xmlns:dc": "http://purl.org/dc/elements/1.1/", "rdf:about": ""})
    for term, value in (("creator", scene.author), ("subject", ", ".join(scene.keywords)), ("rights", EMOJI * emoji)):
        if value:
            SubElement(about, f"dc:{term}").text = writable(value)
    return rdf
