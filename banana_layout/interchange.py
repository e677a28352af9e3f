"""Sheets as JSON: the short form that programs and language models write, and the whole model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from banana_layout.authoring import HOW_TO_PLACE_THE_TITLE, Panel, Rows, Sheet, Zone, as_document
from banana_layout.model import codec
from banana_layout.model.document import Document, Overrides
from banana_layout.model.written import WrittenPanel, WrittenRows, WrittenSheet, WrittenTitle, WrittenZone
from banana_layout.source import BananaError, Diagnostic, Source, Warned
from banana_layout.syntax import json_text
from banana_layout.syntax.from_python import SheetSettings

_AT = re.compile(r" \(at (\$.*)\)$")
"""The JSON path at a message's end."""

_TITLE_ZONE = 'give it a zone, such as {"size": 12, "cells": [{"type": "title"}]}'


def to_dict(document: Document | Sheet, *, spans: bool = False) -> dict[str, Any]:
    """Return the whole document as dicts, lists, texts and numbers, which `from_dict` reads and JSON can hold.

    `spans` adds the places in the source that every part came from.
    """
    return codec.to_dict(as_document(document).value, spans=spans)


def from_dict(data: Any, base: str | None = None) -> Document:
    """Return the document a dict holds, in either form: `to_dict`'s, or the short one whose texts are Markdown.

    `base` is the folder image paths start from, where the dict names none.

    Raises:
        BananaError: where the dict is no document, naming the place as a JSON path such as `$.zones[2].cells[0].size`.
    """
    return _read(data, base).value


def _read(data: Any, base: str | None) -> Warned[Document]:
    """Return the document a dict holds, and what was found in its Markdown."""
    if isinstance(data, dict) and "sheets" not in data:
        return _written(data, base)
    document = codec.from_dict(data)
    return Warned(document if document.base is not None else msgspec.structs.replace(document, base=base))


def read_json(source: Source, overrides: Overrides | None = None, base: str | None = None) -> Warned[Document]:
    """Return the document a JSON text describes.

    The text does not choose which files may be read: `base` holds, whatever folder the JSON names. Raises BananaError
    with line, column and JSON path.
    """
    text = json_text.parse(source)
    try:
        found = _read(text.data, base)
    except BananaError as error:
        raise BananaError(*(_placed(d, text) for d in error.diagnostics)) from None
    document = msgspec.structs.replace(found.value, base=base)
    if overrides is not None:
        document = _overridden(document, overrides)
    return Warned(document, tuple(_placed(d, text) for d in found.warnings))


def _written(data: dict[str, Any], base: str | None) -> Warned[Document]:
    """Return the document of the short form."""
    if data.get("version", codec.VERSION) != codec.VERSION:
        message = f"version {data['version']!r} is not known, only {codec.VERSION} (at $.version)"
        raise BananaError(Diagnostic("error", message))
    given = {k: v for k, v in data.items() if k != "version"}
    try:
        sheet = msgspec.convert(given, WrittenSheet)
    except msgspec.ValidationError as error:
        raise codec.misfit(given, WrittenSheet, error) from None
    except RecursionError:
        raise BananaError(Diagnostic("error", "it is nested too deep (at $)")) from None
    except UnicodeEncodeError:
        raise BananaError(Diagnostic("error", "a key holds half a character, a lone surrogate (at $)")) from None
    if sheet.zones and sheet.panels:
        hint = ("put the panels into zones, or leave the zones out",)
        raise BananaError(Diagnostic("error", "a sheet has zones or panels, not both (at $.panels)", None, hint))
    parts = [_panel(p) for p in sheet.panels] if sheet.panels else [_zone(z) for z in sheet.zones]
    arrows = [(c.source, c.target, c.label) for c in sheet.connectors]
    settings: SheetSettings = {
        "page": sheet.page,
        "orientation": sheet.orientation,
        "theme": sheet.theme,
        "fit": sheet.fit,
        "seed": sheet.seed,
        "lang": sheet.lang,
        "author": sheet.author,
        "subject": sheet.subject,
        "keywords": sheet.keywords,
        "pens": {c.word: c.pen for c in sheet.pens},
    }
    try:
        return Sheet(sheet.title, *parts, subtitle=sheet.subtitle, connectors=arrows, **settings).read(base)
    except BananaError as error:
        raise BananaError(*(_in_short_form(d) for d in error.diagnostics)) from None


def _in_short_form(found: Diagnostic) -> Diagnostic:
    """Return a finding with the hints of JSON for those of Python."""
    spelled = {HOW_TO_PLACE_THE_TITLE: _TITLE_ZONE}
    return msgspec.structs.replace(found, hints=tuple(spelled.get(hint, hint) for hint in found.hints))


def _panel(panel: WrittenPanel) -> Panel:
    """Return a panel as Python writes it."""
    return Panel(
        panel.title, panel.content, panel.id, size=panel.size, classes=panel.classes, attributes=panel.attributes
    )


def _zone(zone: WrittenZone) -> Zone:
    """Return a zone as Python writes it."""
    return Zone(zone.size, *_cells(zone.cells))


def _cells(cells: Sequence[WrittenPanel | WrittenTitle | WrittenRows]) -> list[Any]:
    """Return a zone's cells as Python writes them."""
    out: list[Any] = []
    for cell in cells:
        if isinstance(cell, WrittenPanel):
            out.append(_panel(cell))
        elif isinstance(cell, WrittenRows):
            out.append(Rows(*(_zone(z) for z in cell.zones), size=cell.size))
        else:
            out.append("title")
    return out


def _placed(found: Diagnostic, text: json_text.JsonText) -> Diagnostic:
    """Return a finding at the place its JSON path names."""
    named = _AT.search(found.message)
    if found.source is not None or named is None:
        return found if found.source is not None else msgspec.structs.replace(found, source=text.source)
    return msgspec.structs.replace(found, span=text.place(named[1]), source=text.source)


def _overridden(document: Document, overrides: Overrides) -> Document:
    """Return a document with what the command line says over it."""
    from banana_layout.syntax import paper

    settings, page = document.settings, document.settings.page
    if overrides.page is not None:
        found = paper.named(overrides.page)
        if found is None:
            hint = (f"write {', '.join(paper.NAMES)} or 200x100mm",)
            raise BananaError.single(f"“{overrides.page}” is no page size", hints=hint)
        page = found
    if overrides.landscape:
        page = paper.turned(page, landscape=True)
    changes: dict[str, Any] = {"page": page}
    if overrides.theme is not None:
        changes["theme"] = overrides.theme
    if overrides.seed is not None:
        changes["seed"] = overrides.seed
    return msgspec.structs.replace(document, settings=msgspec.structs.replace(settings, **changes))
