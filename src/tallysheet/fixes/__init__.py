"""What can be mended in a record without judgement, and nothing else: form and layout, never a figure.

    mended = mend(engine, "records/a.yaml", data, schema_line)
    mended.data                # the bytes as they should be, or None where the record is left as it is
    mended.why                 # why it is left alone, or None where nothing is to be mended

`tallysheet.fixes.write` puts the bytes in the place of the file.
"""

from tallysheet.fixes.mending import Mended, mend

__all__ = ["Mended", "mend"]
