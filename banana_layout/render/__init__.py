"""From scene to bytes: SVG, PDF and PNG."""
