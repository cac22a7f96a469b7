"""How a report is written: one function a format, each over the same findings."""
