"""What registries say of the publications today: asked politely, kept as snapshots, compared with the records.

`asking` is the only part with a network, and nothing of the check imports it. `snapshots` and `metadata` read files.
"""
