"""`banana fonts`: the faces that come along."""

from __future__ import annotations

import click

from banana_layout.cli.message import VERSION, print_json
from banana_layout.cli.option import json_option


@click.command("fonts", epilog="Example: banana fonts --json | jq -r .fonts[].file")
@json_option
def command(as_json: bool) -> None:
    """List the faces, their files, and the themes and roles that use them first."""
    from banana_layout import resources
    from banana_layout.font.book import FontBook

    book = FontBook.standard()
    used = _uses()
    rows = []
    for id_ in book.ids:
        file = book.face(id_).path.relative_to(resources.root() / "fonts").as_posix()
        rows.append({"id": id_, "file": file, "roles": used.get(id_, [])})
    if as_json:
        print_json({"version": VERSION, "fonts": rows})
        return
    wide = max(len(str(r["id"])) for r in rows), max(len(str(r["file"])) for r in rows)
    for row in rows:
        roles = ", ".join(row["roles"]) or "fallback"
        click.echo(f"{row['id']:<{wide[0]}}  {row['file']:<{wide[1]}}  {roles}")


def _uses() -> dict[str, list[str]]:
    """Return for each face the roles some theme gives it as its first choice, perhaps for one script only."""
    import msgspec

    from banana_layout.theme.load import load, names

    found: dict[str, list[str]] = {}
    for theme in (load(name) for name in names()):
        for role, faces in msgspec.structs.asdict(theme.faces).items():
            roles = found.setdefault(faces[0].partition(":")[0], [])
            if role not in roles:
                roles.append(role)
    return found
