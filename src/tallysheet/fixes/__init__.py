"""What can be mended in a record without judgement, and nothing else: form, order and layout, never a figure.

    mended = mend(engine, "records/a.yaml", data, schema_line)
    mended.data                # the bytes as they should be, or None where the record is left as it is
    mended.why                 # why it is left alone, or None where nothing is to be mended
    mended.doubts              # why some keys keep their order
    form(engine, path, data)   # the same for order and layout alone

`tallysheet.fixes.write` puts the bytes in the place of the file.
"""

from tallysheet.fixes.mending import Mended, form, mend

__all__ = ["Mended", "form", "mend"]
