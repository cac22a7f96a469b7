"""One refresh: asks each source for each record, writes a snapshot as soon as its record is done, and counts answers.

A snapshot says when each source was asked; whoever was asked lately is not asked again. So a run that was interrupted
goes on where it stopped, and one that failed for some records asks for these alone.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tallysheet.refresh import crossref, pubmed, retraction_watch
from tallysheet.refresh.asking import Answer, Asker
from tallysheet.refresh.before import LIST, before_of, conditions, keys_of, listed, look_up
from tallysheet.refresh.clock import day_of
from tallysheet.refresh.facts import Facts, Update
from tallysheet.refresh.snapshots import Said, Snapshot, Snapshots, Source, age
from tallysheet.refresh.strict_json import NotJson

LATELY = 7
"""Days after which a source is asked again."""
SILENT = 3
LIST_SIZE = 200_000_000
LIST_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where the sources are: others for tests and mirrors."""

    crossref: str = crossref.HOST
    pubmed: str = pubmed.HOST
    retraction_watch: str = retraction_watch.LIST


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one source for one record: an answer of the host's, or that it was not asked, and why."""

    record: str
    source: Source
    said: str
    reason: str = ""


@dataclass(slots=True)
class Refresh:
    """What a run needs, and what it has done; `keep` writes a snapshot."""

    asker: Asker
    before: Snapshots
    keep: Callable[[Snapshot], object]
    hosts: Hosts = field(default_factory=Hosts)
    lately: int = LATELY
    resting: dict[Source, str] = field(default_factory=dict)
    """Sources that are not asked any more in this run, and why."""
    silent: Counter[Source] = field(default_factory=Counter)
    """How often in a row a source did not answer."""

    def run(self, records: Iterable[Mapping[str, Any]], sources: Iterable[Source]) -> Iterable[Outcome]:
        """Yield what came of each record and source, the list of retractions last."""
        wanted, asked = list(records), tuple(sources)
        now: dict[str, Snapshot] = {}
        for record in wanted:
            snapshot = self.before.by_record.get(record["id"], Snapshot(record["id"]))
            for source in asked:
                if source != LIST:
                    outcome, said = self.one(record, source, snapshot)
                    if said:
                        snapshot = replace(snapshot, said={**snapshot.said, source: said})
                    yield outcome
            now[record["id"]] = snapshot
            self.changed(snapshot)
        if LIST in asked:
            yield from self.whole_list(wanted, now)

    def changed(self, snapshot: Snapshot) -> None:
        """Write a snapshot if it is another than it was."""
        if snapshot.said and self.before.by_record.get(snapshot.record) != snapshot:
            self.keep(snapshot)

    def one(self, record: Mapping[str, Any], source: Source, snapshot: Snapshot) -> tuple[Outcome, Said | None]:
        """Ask one source for one record."""
        name = record["id"]
        key = "doi" if source == "crossref" else "pmid"
        identifier = record.get("identifiers", {}).get(key)
        if identifier is None:
            return Outcome(name, source, "no identifier", f"has no {key}"), None
        known = snapshot.said.get(source)
        if known and known.identifier != identifier:
            known = None
        if known and age(known, day_of(self.asker.clock)) < self.lately:
            return Outcome(name, source, "lately asked", f"on {known.on}"), None
        if source in self.resting:
            return Outcome(name, source, "not asked", self.resting[source]), None
        module = crossref if source == "crossref" else pubmed
        host = self.hosts.crossref if source == "crossref" else self.hosts.pubmed
        url = module.address(host, identifier, self.asker.contact)
        answer = self.asker.ask(url, (module.KIND,), self.conditions(known))
        self.mind(source, answer)
        return self.taken(name, source, identifier, answer, known)

    def mind(self, source: Source, answer: Answer) -> None:
        """Leave a source alone that asks for it, or that is not there."""
        gone = answer.said == "timed out" or answer.reason.startswith("the connection failed")
        self.silent[source] = self.silent[source] + 1 if gone else 0
        if answer.said == "busy":
            self.resting[source] = "the host asked to be left alone"
        elif self.silent[source] >= SILENT:
            self.resting[source] = f"the host did not answer {SILENT} times in a row"

    def conditions(self, known: Said | None) -> dict[str, str]:
        """Return headers that ask for an answer only if it has changed; none where all is to be asked anew."""
        return conditions(known) if self.lately else {}

    def taken(
        self, name: str, source: Source, identifier: str, answer: Answer, known: Said | None
    ) -> tuple[Outcome, Said | None]:
        """Return what an answer comes to, and what is kept of it: nothing but what was really said."""
        on = day_of(self.asker.clock).isoformat()
        if answer.said == "found":
            return self.read(name, source, identifier, answer, known)
        if answer.said == "unknown":
            return Outcome(name, source, "unknown", answer.reason), Said(on, identifier, None)
        if answer.said == "unchanged" and known is not None:
            return Outcome(name, source, "unchanged"), replace(known, on=on)
        said = "failed" if answer.said == "unchanged" else answer.said
        return Outcome(name, source, said, answer.reason or "unchanged, yet nothing was known"), None

    def read(
        self, name: str, source: Source, identifier: str, answer: Answer, known: Said | None
    ) -> tuple[Outcome, Said | None]:
        """Return what the body of an answer comes to."""
        on = day_of(self.asker.clock).isoformat()
        try:
            facts = (crossref if source == "crossref" else pubmed).read(answer.body, identifier)
        except NotJson as reason:
            return Outcome(name, source, "failed", str(reason)), None
        except pubmed.UnknownNumber:
            return Outcome(name, source, "unknown", "no such number"), Said(on, identifier, None)
        said = Said(on, identifier, facts, answer.etag, answer.modified)
        return Outcome(name, source, "unchanged" if known and known.facts == facts else "found"), said

    def whole_list(self, records: list[Mapping[str, Any]], now: Mapping[str, Snapshot]) -> Iterable[Outcome]:
        """Take the list of retractions once and look all records up in it."""
        due: dict[str, list[str]] = {}
        for name, keys in {record["id"]: keys_of(record) for record in records}.items():
            if not keys:
                yield Outcome(name, LIST, "no identifier", "has no doi and no pmid")
            elif (known := listed(now[name], keys)) and age(known, day_of(self.asker.clock)) < self.lately:
                yield Outcome(name, LIST, "lately asked", f"on {known.on}")
            else:
                due[name] = keys
        if not due:
            return
        asker = replace(self.asker, limits=replace(self.asker.limits, size=LIST_SIZE, whole=LIST_SECONDS))
        known_by_all = {(found.etag, found.modified) if found else None for found in before_of(due, now)}
        since = next(before_of(due, now)) if len(known_by_all) == 1 else None
        answer = asker.ask(self.hosts.retraction_watch, retraction_watch.KINDS, self.conditions(since))
        self.asker.client = asker.client
        updates: dict[str, list[Update]] = {}
        if answer.said == "found":
            try:
                updates = look_up(answer.body, [key for keys in due.values() for key in keys])
            except NotJson as reason:
                answer = Answer("failed", str(reason))
        for name, keys in due.items():
            yield self.looked_up(now[name], keys, answer, updates)

    def looked_up(
        self, snapshot: Snapshot, keys: list[str], answer: Answer, updates: Mapping[str, list[Update]]
    ) -> Outcome:
        """Keep what the list says of one record, and return what came of it."""
        on = day_of(self.asker.clock).isoformat()
        known = listed(snapshot, keys)
        if answer.said == "unchanged" and known:
            said = replace(known, on=on)
        elif answer.said == "found":
            here = tuple(dict.fromkeys(update for key in keys for update in updates.get(key.casefold(), ())))
            said = Said(on, "; ".join(keys), Facts(updates=here), answer.etag, answer.modified)
        else:
            wrong = answer.said if answer.said in ("busy", "timed out") else "failed"
            return Outcome(snapshot.record, LIST, wrong, answer.reason)
        self.changed(replace(snapshot, said={**snapshot.said, LIST: said}))
        found = "found" if said.facts and said.facts.updates else "not listed"
        return Outcome(snapshot.record, LIST, "unchanged" if answer.said == "unchanged" else found)
