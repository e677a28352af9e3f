"""The live preview: a page on the loopback that shows a sheet and follows its file."""
