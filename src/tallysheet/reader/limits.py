"""How much a record may hold: far above any real one, far below what costs time or memory."""

FILE_BYTES = 1 << 20
"""Bytes of one file."""

DEPTH = 32
"""Collections within collections, the record itself being the first."""

EVENTS = 50_000
"""Parser events of one file: a scalar is one, a list or mapping is two, the document and the stream are three more."""

SCALAR_BYTES = 1 << 16
"""Bytes of one key or value, in UTF-8."""

INTEGER_DIGITS = 16
"""Digits of an integer: every such number up to 2**53 is exact everywhere."""

SIGNIFICANT_DIGITS = 17
"""Digits of a number with a fraction: a binary float holds no more."""

FAULTS = 20
"""Faults told of one file."""

ACCENTS = 4
"""Accents on one letter: Vietnamese has two, the phonetic alphabet three."""

MARKS = 8
"""Marks of any script on one letter, such as the vowels of Hebrew or Tibetan."""

FOLDERS = 16
"""Folders within folders, from the top of the repository."""
