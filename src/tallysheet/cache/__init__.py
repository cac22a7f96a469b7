"""Keeps what came of records, so that one that is unchanged is not judged again: it costs time only to lose it."""
