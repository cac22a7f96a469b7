"""What a run has to know of a repository before, and often without, opening its schema and its rules."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tallysheet.settings import Settings
from tallysheet.trees import Tree

if TYPE_CHECKING:
    from tallysheet.repository import Repository
    from tallysheet.rules import Rule


class Outline:
    """A repository in outline: all of it is opened when it is asked for."""

    def __init__(  # noqa: PLR0913 - all that is known of it
        self,
        root: Path,
        tree: Tree,
        settings: Settings,
        names: Sequence[str],
        severities: Mapping[str, Literal["error", "warning"]],
        comparing: Sequence[str],
        *,
        own: bool,
        left_out: Sequence[str] = (),
        opened: "Repository | None" = None,
        opener: "Callable[[Outline], Repository] | None" = None,
    ) -> None:
        self.root = root
        self.tree = tree
        self.settings = settings
        self.names = names
        """All rules, those that are off as well."""
        self.severities = severities
        self.comparing = comparing
        """The rules on the repository."""
        self.left_out = left_out
        self.own = own
        """Whether any rule is the repository's own."""
        self.opened = opened
        self.opener = opener

    def open(self) -> "Repository":
        """Return the repository; raises Unusable for whatever is wrong with it."""
        if self.opened is None:
            if self.opener is None:
                raise LookupError("an outline of nothing")
            self.opened = self.opener(self)
        return self.opened

    def comparing_rules(self, chosen: frozenset[str]) -> "list[Rule]":
        """Return the rules on the repository among those chosen."""
        names = [name for name in self.comparing if name in chosen]
        if self.opened is not None or self.own:
            return [self.open().rules[name] for name in names]
        from tallysheet.rulebook import bundled_rule

        return [bundled_rule(name) for name in names]

    def as_json(self) -> dict[str, Any]:
        """Return what a later run needs to do without the repository."""
        names = ("names", "severities", "comparing", "own", "left_out")
        return {"settings": self.settings._asdict(), **{name: getattr(self, name) for name in names}}


def outline_of(repository: "Repository") -> Outline:
    """Return the outline of a repository that is open."""
    rules = repository.rules
    return Outline(
        repository.root,
        repository.tree,
        repository.settings,
        tuple(rules),
        dict(repository.severities),
        tuple(name for name, rule in rules.items() if rule.compare),
        own=any(rule.own for rule in rules.values()),
        left_out=tuple(repository.left_out),
        opened=repository,
    )


def outline_from(root: Path, tree: Tree, kept: Any, opener: "Callable[[Outline], Repository]") -> Outline:
    """Return the outline that was kept; raises one of batch.ODD for what is none."""
    given = kept["settings"]
    lists = {name: tuple(given[name]) for name in ("validators", "guarded")}
    names, comparing, left_out = (tuple(kept[name]) for name in ("names", "comparing", "left_out"))
    settings = Settings(**{**given, **lists})
    return Outline(
        root, tree, settings, names, kept["severities"], comparing, own=kept["own"], left_out=left_out, opener=opener
    )
