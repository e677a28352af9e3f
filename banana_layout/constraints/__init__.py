"""What must hold of a page, as values."""
