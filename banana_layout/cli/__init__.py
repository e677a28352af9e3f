"""The `banana` command."""
