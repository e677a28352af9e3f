"""Shapes in the page plane: points (1/72 in), origin top left, y down."""
