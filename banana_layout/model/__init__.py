"""What the author said: blocks, inlines, diagrams and zones, without any geometry."""
