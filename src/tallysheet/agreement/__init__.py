"""Two extractions of the same publications: where they differ, how well they agree, and what was decided."""
