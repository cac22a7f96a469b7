"""The language server: what `tallysheet check`, `fix`, `figures` and `explain` say, where a record is being written.

`collection` judges open records as the editor holds them, the others as they lie on disk; `positions` turns places
into those of the protocol; `diagnostics`, `mends`, `hover` and `completion` answer one request each; `server` speaks
the protocol, by pygls, and is the only one here that does.
"""
