"""One file a block."""
