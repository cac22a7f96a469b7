"""The collection for other programs: tables as a data package, references, RevMan, one JSON of everything."""
