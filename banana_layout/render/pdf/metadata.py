"""What a file says about itself: the information dictionary, the catalog's entries and an XMP packet."""

from __future__ import annotations

from banana_layout.render.clean import writable
from banana_layout.render.credit import EMOJI
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.scene.item import Scene

_PRODUCER = "banana_layout"
"""Who wrote the file."""


def info(objects: Objects, scene: Scene) -> dict[str, Value]:
    """Return the entries of the information dictionary; no dates, so that the same page gives the same bytes."""
    fields = {
        "Title": scene.title,
        "Author": scene.author,
        "Subject": scene.subject,
        "Keywords": ", ".join(scene.keywords),
        "Producer": _PRODUCER,
        "Creator": _PRODUCER,
    }
    return {key: objects.text(value) for key, value in fields.items() if value}


def catalog(objects: Objects, scene: Scene, *, emoji: bool) -> dict[str, Value]:
    """Return the entries of the document catalog."""
    entries = {
        "ViewerPreferences": objects.dictionary({"DisplayDocTitle": "true"}),
        "Metadata": objects.stream(
            _packet(scene, emoji=emoji).encode(),
            {"Type": objects.name("Metadata"), "Subtype": objects.name("XML")},
            packed=False,
        ),
    }
    if scene.lang:
        entries["Lang"] = objects.text(scene.lang)
    return entries


def _packet(scene: Scene, *, emoji: bool) -> str:
    """Return the XMP packet (ISO 16684-1) with Dublin Core's terms."""
    lines = [_one("format", "application/pdf")]
    if scene.title:
        lines.append(_many("title", "Alt", (scene.title,)))
    if scene.author:
        lines.append(_many("creator", "Seq", (scene.author,)))
    if scene.subject:
        lines.append(_many("description", "Alt", (scene.subject,)))
    if scene.keywords:
        lines.append(_many("subject", "Bag", scene.keywords))
    if scene.lang:
        lines.append(_many("language", "Bag", (scene.lang,)))
    if emoji:
        lines.append(_many("rights", "Alt", (EMOJI,)))
    return "\n".join(
        [
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            '<rdf:Description rdf:about=""',
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">',
            *lines,
            f"<pdf:Producer>{_PRODUCER}</pdf:Producer>",
            "</rdf:Description>",
            "</rdf:RDF>",
            "</x:xmpmeta>",
            '<?xpacket end="r"?>',
        ]
    )


def _one(term: str, value: str) -> str:
    """Return a simple property."""
    return f"<dc:{term}>{_escaped(value)}</dc:{term}>"


def _many(term: str, kind: str, values: tuple[str, ...]) -> str:
    """Return a property with a list; `Alt` lists are by language."""
    mark = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{mark}>{_escaped(v)}</rdf:li>" for v in values)
    return f"<dc:{term}><rdf:{kind}>{items}</rdf:{kind}></dc:{term}>"


def _escaped(text: str) -> str:
    """Return a text as XML content; `xml.sax.saxutils` does the same but imports all of `urllib.request` (20 ms)."""
    return writable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
