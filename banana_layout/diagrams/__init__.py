"""One folder a diagram."""
