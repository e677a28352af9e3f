"""The swatch sheet: one page that shows what a theme does with every kind of thing."""

from __future__ import annotations

from banana_layout.theme.theme import Theme


def swatch_sheet(theme: Theme) -> str:
    """Return a sheet's Markdown in which each of the theme's pairs has a panel; its front matter names no theme."""
    names = [pair.name for pair in theme.pairs]
    rows = [names[i : i + 2] for i in range(0, len(names), 2)]
    layout = [f"  - 22: [{', '.join(f'pen-{n}' for n in row)}]" for row in rows]
    parts = [
        "---",
        "page: A5",
        "layout:",
        "  - 12: title",
        *layout,
        "  - 26: chart",
        "  - 20: [said, kept]",
        "---",
        "",
        f"# 🎨 THEME: {theme.name}",
        "",
        f"paper {theme.paper.color.hex} · ink {theme.ink.hex}",
        "",
    ]
    for pair in theme.pairs:
        parts += [
            f"## 🖍️ {pair.name} {{#pen-{pair.name} pen={pair.name} .plain}}",
            "",
            f"- **marker** {pair.marker.hex}",
            f"- *pen* {pair.pen.hex}",
            f"- `tint` {pair.tint.hex}",
            "",
        ]
    parts += [
        f"## 🧭 {theme.hero.name} {{#chart .hero}}",
        "",
        "```mermaid",
        "flowchart LR",
        "  a([🌱 Start]) --> b[✏️ Draw] --> c{Good?}",
        "  c -.->|no| b",
        "  c ==>|yes| d[/🖼️ Frame/]",
        "```",
        "",
        "## 💬 Quote {#said .plain}",
        "",
        "| | 확률 |",
        "|---|---|",
        "| `860` | 높음 |",
        "",
        "> One confident stroke.",
        "",
        "## 📌 Note {#kept .sticky}",
        "",
        "- [x] **highlight**",
        "- [ ] *emphasis*",
        "",
    ]
    return "\n".join(parts)
