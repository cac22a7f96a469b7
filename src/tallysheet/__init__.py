"""Keeps published clinical evidence as YAML records, and proves that their figures agree."""

__version__ = "0.1.0"
