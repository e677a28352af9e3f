"""Flowcharts in a panel."""
