"""Mind maps in a panel."""
