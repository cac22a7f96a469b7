"""The collection as tables: what stands in them, how they are built, asked and written out."""
