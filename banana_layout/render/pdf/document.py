"""A PDF file from scenes: pages, links, structure, fonts and metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from banana_layout.font.book import FontBook
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.render.number import numbers
from banana_layout.render.pdf import metadata
from banana_layout.render.pdf.bookmarks import Bookmark, bookmarks
from banana_layout.render.pdf.boxes import Boxes
from banana_layout.render.pdf.content import Area, Content
from banana_layout.render.pdf.intent import intents
from banana_layout.render.pdf.marks import marks
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.preset import SCREEN, Preset
from banana_layout.render.pdf.resources import Resources, transparency
from banana_layout.render.pdf.structure import Structure
from banana_layout.render.pdf.tags import Tags
from banana_layout.scene.item import Scene


class _Page(NamedTuple):
    """A page that is in the file."""

    scene: Scene
    boxes: Boxes
    content: Content
    entries: Value
    reference: str


def to_pdf(scenes: Sequence[Scene], book: FontBook, preset: Preset = SCREEN) -> bytes:
    """Return a PDF file with one page a scene; at least one scene. The same scenes give the same bytes."""
    if not scenes:
        raise ValueError("a PDF file needs at least one page")
    objects = Objects(preset.version, packed=preset.packed)
    resources = Resources(objects, book, preset)
    structure = Structure(scenes[0].lang) if preset.tagged else None
    pages = [_page(objects, resources, structure, scene, preset) for scene in scenes]
    targets: dict[str, str] = {}
    for page in pages:
        for key, rect in page.content.targets.items():
            targets.setdefault(key, _destination(page, rect))
    for number, page in enumerate(pages, 1):
        targets.setdefault(f"page-{number}", _destination(page, Rect(0.0, 0.0, 0.0, 0.0)))
    for page in pages:
        _annotate(objects, page, targets, structure)
    resources.write()
    emoji = any(page.content.has_emoji for page in pages)
    catalog = _catalog(objects, pages, structure, preset, metadata.packet(scenes[0], preset, emoji=emoji))
    return objects.save(catalog, metadata.info(objects, scenes[0], preset))


def _page(objects: Objects, resources: Resources, structure: Structure | None, scene: Scene, preset: Preset) -> _Page:
    """Add a page."""
    boxes = Boxes.of(scene, preset.press)
    tags = Tags(structure, links=preset.press is None) if structure is not None else None
    content = Content(scene, boxes, resources, preset, tags)
    outside = marks(Size(scene.width, scene.height), preset.press, resources.book) if preset.press is not None else []
    entries = {
        **boxes.entries(objects, printed=preset.press is not None),
        "Contents": objects.stream(content.write(outside)),
        "Resources": resources.reference,
    }
    if not preset.flat:
        entries["Group"] = transparency(objects, preset)
    if structure is not None:
        # Tab order by structure wherever there are annotations (ISO 14289-1, 7.18.3).
        entries |= {"StructParents": len(structure.pages) - 1, "Tabs": objects.name("S")}
    page, reference = objects.page(entries)
    return _Page(scene, boxes, content, page, objects.number(reference))


def _destination(page: _Page, rect: Rect) -> str:
    """Return the place a link or a bookmark leads to: the group's top-left corner (ISO 32000-1, 12.3.2)."""
    left, _, _, top = page.boxes.shown(rect)
    return "[{} /XYZ {} {} null]".format(page.reference, *numbers((left, top)))


def _annotate(objects: Objects, page: _Page, targets: Mapping[str, str], structure: Structure | None) -> None:
    """Hang a page's links on it (ISO 32000-1, 12.5.6.5); one that leads nowhere is left out."""
    out = []
    for link in page.content.links:
        if link.target and link.target not in targets:
            continue
        entries = {
            "Type": objects.name("Annot"),
            "Subtype": objects.name("Link"),
            "Rect": objects.array(numbers(page.boxes.shown(link.rect))),
            "Border": "[0 0 0]",
            "F": 4,
            "Contents": objects.text(_words(link)),
        }
        if link.target:
            entries["Dest"] = targets[link.target]
        else:
            entries["A"] = objects.dictionary({"S": objects.name("URI"), "URI": objects.text(link.url)})
        dictionary = objects.dictionary(entries)
        reference = objects.add(dictionary)
        if structure is not None and link.element is not None:
            dictionary["StructParent"] = structure.link(link.element, objects.number(reference))
        out.append(reference)
    if out:
        page.entries["Annots"] = objects.array(out)


def _words(link: Area) -> str:
    """Return what a link says, all its lines together; a footnote's mark says what it is by where it leads."""
    said = link.element.said.strip() if link.element is not None else ""
    return said or link.text or link.url or link.target


def _catalog(
    objects: Objects, pages: Sequence[_Page], structure: Structure | None, preset: Preset, packet: bytes
) -> dict[str, Value]:
    """Return the document catalog's entries (ISO 32000-1, 7.7.2)."""
    first = pages[0].scene
    entries: dict[str, Value] = {
        "ViewerPreferences": objects.dictionary({"DisplayDocTitle": "true"}),
        # Unfiltered, so that any program finds it (ISO 19005-1, 6.7.2).
        "Metadata": objects.stream(
            packet, {"Type": objects.name("Metadata"), "Subtype": objects.name("XML")}, packed=False
        ),
        "OutputIntents": intents(objects, preset),
    }
    if first.lang:
        entries["Lang"] = objects.text(first.lang)
    if structure is not None:
        entries["MarkInfo"] = objects.dictionary({"Marked": "true"})
        entries["StructTreeRoot"] = structure.write(objects, [(p.reference, p.boxes) for p in pages])
    found = []
    for page in pages:
        # Panels stand under their page's title; without one they stand by themselves.
        top = min((level for level, _, _ in page.content.headings), default=1)
        for level, words, key in page.content.headings:
            if key in page.content.targets:
                found.append(Bookmark(level - top + 1, words, _destination(page, page.content.targets[key])))
    outline = bookmarks(objects, found)
    if outline:
        entries["Outlines"] = outline
    return entries
