"""The questions of the audit, one a file, named after it; `tallysheet.audit.asking` says what a question is made of."""
