"""Finished pages put onto larger or smaller sheets: several on one, booklets to fold, posters of several sheets; page numbers."""
