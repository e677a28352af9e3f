"""Zones, boxes and fitting: from the model to exact frames."""
