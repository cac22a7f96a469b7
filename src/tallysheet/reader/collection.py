"""A list or mapping while it is being filled."""

from dataclasses import dataclass, field
from typing import Any

from tallysheet.reader.places import Extent


@dataclass(slots=True)
class Collection:
    """A list or mapping that is being filled; `hidden` within a key that is itself a list or mapping."""

    node: Any
    pointer: str
    start: int
    end: int
    is_flow: bool
    hidden: bool
    at_key: Extent | None = None
    key: str | None = None
    key_extent: Extent | None = None
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def awaits_key(self) -> bool:
        """Whether the next node is a key."""
        return self.key is None and isinstance(self.node, dict)

    def put(self, value: Any) -> None:
        """Add an item, or the value of the key before; of two alike, the first is kept."""
        if isinstance(self.node, list):
            self.node.append(value)
        else:
            self.node.setdefault(self.key, value)
            self.key = self.key_extent = None
