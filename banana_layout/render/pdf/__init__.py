"""Scenes as PDF: reportlab for the file's objects, our own operators for the pages, HarfBuzz for font subsets."""
