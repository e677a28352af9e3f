"""What a page looks like: inks, type and hand, read from TOML."""
