"""What stands around a node: exact outlines, and the room each leaves for text."""
