"""Documentation tools: ```mermaid and ```banana fences become inline SVG when the site is built, without a browser."""
