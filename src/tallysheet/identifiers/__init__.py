"""What an identifier is worth as it is written: canonical, mended without loss, doubtful or no identifier at all."""

from .kinds import KINDS, examine
from .registration import registry_of
from .verdict import Status, Verdict

__all__ = ["KINDS", "Status", "Verdict", "examine", "registry_of"]
