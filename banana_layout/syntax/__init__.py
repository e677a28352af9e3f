"""From text to model: Markdown, front matter, Mermaid."""
