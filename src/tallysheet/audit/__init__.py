"""What the whole collection says, and where it disagrees with itself: one question a file, as with rules.

`answers` says what an answer is, `questions/` holds the questions, `asking` puts them to a collection, `history` reads
what git kept of earlier releases, `steps` ranks what is most worth doing, `text` and `json` show it all.
"""
