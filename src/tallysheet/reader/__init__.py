"""The reader: the only place that reads YAML. Strict, limited, and keeping where everything stands.

    document = read(data)      # bytes in; never raises
    document.value             # the record, or None where it cannot be used
    document.faults            # what is wrong, each with rule, place and hint
    document.places()          # JSON pointer -> where key and value stand

Files come through `tallysheet.reader.files`; text of strangers is shown through `tallysheet.reader.inert`.
"""

from tallysheet.reader.document import Document, read
from tallysheet.reader.inert import inert
from tallysheet.reader.pages import RULES, RulePage
from tallysheet.reader.places import Places
from tallysheet.reader.scalars import Value

__all__ = ["RULES", "Document", "Places", "RulePage", "Value", "inert", "read"]
