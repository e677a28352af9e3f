"""Scenes as files: SVG, PDF and PNG. The last stage; it decides nothing about the page."""
