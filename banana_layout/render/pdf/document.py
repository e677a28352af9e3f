"""A PDF file from scenes: pages, links, fonts and metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from banana_layout.font.book import FontBook
from banana_layout.geometry.rect import Rect
from banana_layout.render.number import numbers
from banana_layout.render.pdf import metadata
from banana_layout.render.pdf.content import Area, Content
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.resources import Resources, transparency
from banana_layout.scene.item import Scene


def to_pdf(scenes: Sequence[Scene], book: FontBook) -> bytes:
    """Return a PDF file with one page a scene; at least one scene. The same scenes give the same bytes."""
    if not scenes:
        raise ValueError("a PDF file needs at least one page")
    objects = Objects()
    resources = Resources(objects, book)
    contents = [Content(scene, resources) for scene in scenes]
    pages = [_page(objects, resources, content, scene) for content, scene in zip(contents, scenes, strict=True)]
    targets: dict[str, Value] = {}
    for (_, reference), content, scene in zip(pages, contents, scenes, strict=True):
        for key, rect in content.targets.items():
            targets.setdefault(key, _destination(objects, reference, rect, scene))
    for (page, _), content, scene in zip(pages, contents, scenes, strict=True):
        _annotate(objects, page, _links(objects, content.links, targets, scene))
    resources.write()
    emoji = any(content.has_emoji for content in contents)
    return objects.save(metadata.catalog(objects, scenes[0], emoji=emoji), metadata.info(objects, scenes[0]))


def _page(objects: Objects, resources: Resources, content: Content, scene: Scene) -> tuple[Value, Value]:
    """Add a page; return its dictionary and a reference to it."""
    return objects.page(
        {
            "MediaBox": objects.array(("0", "0", *numbers((scene.width, scene.height)))),
            "Contents": objects.stream(content.write()),
            "Resources": resources.reference,
            "Group": transparency(objects),
        }
    )


def _destination(objects: Objects, page: Value, rect: Rect, scene: Scene) -> Value:
    """Return the place a link into the document leads to: the group's top-left corner."""
    left, top = numbers((rect.x, scene.height - rect.y))
    return objects.array((page, objects.name("XYZ"), left, top, "null"))


def _links(objects: Objects, links: Sequence[Area], targets: Mapping[str, Value], scene: Scene) -> list[Value]:
    """Return the annotations of a page's links; one that leads nowhere is left out."""
    out = []
    for link in links:
        r = link.rect
        entries = {
            "Type": objects.name("Annot"),
            "Subtype": objects.name("Link"),
            "Rect": objects.array(numbers((r.x, scene.height - r.bottom, r.right, scene.height - r.y))),
            "Border": "[0 0 0]",
            "F": 4,
        }
        if link.text:
            entries["Contents"] = objects.text(link.text)
        if link.target:
            if link.target not in targets:
                continue
            entries["Dest"] = targets[link.target]
        else:
            action = {"S": objects.name("URI"), "URI": objects.text(link.url)}
            entries["A"] = objects.dictionary(action)
        out.append(objects.add(objects.dictionary(entries)))
    return out


def _annotate(objects: Objects, page: Value, annotations: Sequence[Value]) -> None:
    """Hang the annotations on a page."""
    if annotations:
        page["Annots"] = objects.array(annotations)
