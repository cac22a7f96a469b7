"""What a record must look like: JSON Schema 2020-12, from files that refer to each other and to nothing else.

The fast engine (jsonschema-rs) accepts; the explaining engine (jsonschema) speaks about what it refuses.
"""

from tallysheet.shape.blocks import Block, Blocks
from tallysheet.shape.load import Schema, SchemaFault, load_schema

__all__ = ["Block", "Blocks", "Schema", "SchemaFault", "load_schema"]
