"""The MCP server, asked by the protocol's own client, in memory and over stdin and stdout."""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path

import anyio
import jsonschema
import pytest
from mcp import Client, StdioServerParameters

from banana_layout.agents.server import GUIDE, GUIDE_URI, SCHEMA_URI, server
from banana_layout.model.written import EXAMPLE

SHEET = "---\npage: A6\n---\n# 🍌 추론\n\n## One\n\n- **Bold** and 한글\n"


def ask(work, folder=None):
    """Run a conversation with a server in this process."""

    async def talk():
        async with Client(server(folder)) as client:
            return await work(client)

    return anyio.run(talk)


def call(name, folder=None, **arguments):
    return ask(lambda client: client.call_tool(name, arguments), folder)


def test_tools_and_resources_are_told():
    """Each tool says what it does and what each argument means."""

    async def listed(client):
        return (await client.list_tools()).tools, (await client.list_resources()).resources, client.instructions

    tools, resources, instructions = ask(listed)
    assert [t.name for t in tools] == ["render_sheet", "render_diagram", "layout", "check"]
    assert all(t.description for t in tools)
    assert "description" in tools[0].input_schema["properties"]["sheet"]
    assert {str(r.uri) for r in resources} == {SCHEMA_URI, GUIDE_URI}
    assert SCHEMA_URI in instructions


def test_the_schema_and_the_guide_lead_to_sheets_that_hold():
    """What a model writes after the resources passes the check."""

    async def read(client):
        return [(await client.read_resource(uri)).contents[0].text for uri in (SCHEMA_URI, GUIDE_URI)]

    schema, guide = ask(read)
    jsonschema.validate(EXAMPLE, json.loads(schema))
    for sheet in (json.dumps(EXAMPLE), EXAMPLE, guide):
        found = call("check", sheet=sheet).structured_content
        assert found["errors"] == [] and found["warnings"] == [], found


@pytest.mark.parametrize("name", ["render_sheet", "render_diagram"])
def test_pictures_come_back_as_pictures(name):
    """PNG as an image, SVG as text, PDF as a file."""
    given = {"sheet": SHEET} if name == "render_sheet" else {"mermaid": "flowchart LR\n A --> B"}
    (png,) = call(name, **given).content
    assert png.type == "image" and base64.b64decode(png.data).startswith(b"\x89PNG")
    (svg,) = call(name, format="svg", **given).content
    assert svg.text.startswith("<svg")
    (pdf,) = call(name, format="pdf", **given).content
    assert base64.b64decode(pdf.resource.blob).startswith(b"%PDF")


def test_geometry_is_structured():
    """The layout tool answers what `banana layout --json` prints."""
    found = call("layout", sheet=SHEET).structured_content
    assert found["unit"] == "pt"
    assert [p["id"] for p in found["pages"][0]["panels"]] == ["title", "one"]


def test_mistakes_are_told_so_that_a_model_can_mend_them():
    """Errors hold line or JSON path and hints; they are answers of check, and errors of the others."""
    bad = json.dumps({"title": "T", "zones": [{"size": 10, "cells": [{"type": "pannel"}]}]})
    found = call("check", sheet=bad).structured_content
    assert not found["ok"] and "$.zones[0].cells[0]" in found["errors"][0]
    answer = call("render_sheet", sheet=bad)
    assert answer.is_error and "$.zones[0].cells[0]" in answer.content[0].text


def test_files_are_written_only_into_the_folder(tmp_path):
    """A name is a name: no path, no other format; and nothing at all without a folder."""
    assert "written to" in call("render_sheet", tmp_path, sheet=SHEET, format="svg", save_as="a.svg").content[0].text
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    outside = tmp_path.parent / f"{tmp_path.name}.svg"
    (tmp_path / "link.svg").symlink_to(outside)
    odd = ("b\0.svg", "b\n.svg", "\u202eb.svg", "\x1b[2J.svg", "CON.svg", "a:b.svg", "link.svg")
    for name in ("../b.svg", "/tmp/b.svg", "sub/b.svg", ".b.svg", "b.pdf", "..\\b.svg", *odd):
        assert call("render_sheet", tmp_path, sheet=SHEET, format="svg", save_as=name).is_error
    assert call("render_sheet", sheet=SHEET, format="svg", save_as="a.svg").is_error
    assert not outside.exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.svg", "link.svg"]


def test_a_file_s_name_says_its_format_where_nothing_else_does(tmp_path):
    """`save_as: a.pdf` alone writes a PDF."""
    for tool, given in (("render_sheet", {"sheet": SHEET}), ("render_diagram", {"mermaid": "flowchart LR\n  A --> B"})):
        assert "written to" in call(tool, tmp_path, **given, save_as=f"{tool}.pdf").content[0].text
        assert (tmp_path / f"{tool}.pdf").read_bytes().startswith(b"%PDF")


def test_a_diagram_s_warnings_come_with_its_picture():
    """What is found while a diagram is read stands beside it, as with sheets."""
    picture, note = call("render_diagram", mermaid="flowchart LR\n  A --> B\n  click A callback").content
    assert (picture.type, "note: a call" in note.text) == ("image", True)


def test_a_sheet_reads_no_files(tmp_path):
    """A picture's path leads nowhere, because a model's sheet has no folder."""
    from PIL import Image

    Image.new("RGB", (8, 8), "red").save(tmp_path / "p.png")
    text = json.dumps({"version": 1, "base": str(tmp_path), "settings": {"page": {"width": 300, "height": 300}},
                       "sheets": [{"panels": [{"id": "a", "title": [], "blocks": [{"type": "image", "path": "p.png"}]}]}]})  # fmt: skip
    (svg, *_) = call("render_sheet", sheet=text, format="svg").content
    assert "data:image" not in svg.text


def test_the_command_speaks_the_protocol_on_stdin_and_stdout():
    """`banana mcp` as a client starts it."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = StdioServerParameters(command=sys.executable, args=["-m", "banana_layout", "mcp"], env=environment)

    async def talk():
        async with Client(command) as client:
            return await client.call_tool("check", {"sheet": GUIDE})

    assert anyio.run(talk).structured_content["errors"] == []


def test_a_wrong_object_is_told_with_its_path():
    """JSON need not be written as text; what is wrong in it is named, and the line in which it would stand."""
    sheet = {"title": "T", "zones": [{"size": 1, "cells": [{"type": "panel", "title": "A", "size": True}]}]}
    found = call("check", sheet=sheet).structured_content
    assert not found["ok"] and "$.zones[0].cells[0].size" in found["errors"][0] and '"size": true' in found["errors"][0]
