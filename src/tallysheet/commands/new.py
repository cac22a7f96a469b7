"""`tallysheet new ID --kind KIND`: a commented skeleton of a record, and a list of what only its author can fill in."""

import argparse
import os
import re
import sys
from datetime import date
from pathlib import Path

from tallysheet.placeholders import PLACEHOLDER

LONGEST = 64
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
REVIEWS = frozenset({"systematic-review", "scoping-review"})
SCHEMA_LINE = "# yaml-language-server: $schema="
PAGES = "https://raw.githubusercontent.com/tallysheet/tallysheet/main/schema/"
"""Where editors find the schema of a repository that has none of its own."""

RECORD = """\
{schema_line}
# Fill in what stands between < and >, remove what the publication does not give: absent is never zero.
# Figures other than counts stand in quotes, with every digit as printed: "80" is not "80.0".
id: {id}
status: active
kind: {kind}
citation:
  title: "<title as printed>"
  authors: ["<Family AB>"]
  journal: "<abbreviated title>"
  # year: 2025
  # volume: "12"
  # pages: "100-107"
identifiers:
  doi: "<DOI, without https://doi.org/>"
# Reports of one study share its id, so that its patients are counted once:
# study: {{id: {id}, design: cohort}}
{search}groups:
  - {{id: all, label: All patients, n: 1, source: {{section: abstract, quote: "<fragment that carries the number>"}}}}
# One entry for each figure; a breakdown says how groups divide a group:
# breakdowns:
#   - {{of: all, by: sex, relation: partition, parts: [female, male]}}
results:
  - outcome: clinical-response
    group: all
    proportion: {{events: 1, total: 1}}
    source: {{section: abstract, quote: "<fragment that carries the figures>"}}
curation:
  extracted: {{by: "<your name>", on: "{today}"}}
"""
SEARCH = """\
search:
  databases: ["<database>"]
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("id", metavar="ID", help="the record's id, such as locatelli-2020-nejm")
    parser.add_argument("--kind", required=True, metavar="KIND", help="what kind of publication it is")
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton and say what is left to do; returns 0, raises Unusable where it can't be written."""
    from tallysheet.repository import load_repository_schema, load_settings
    from tallysheet.root import root_of
    from tallysheet.trees import Folder
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean

    if not ID.fullmatch(arguments.id) or len(arguments.id) > LONGEST:
        wanted = f"small letters and digits, with single hyphens between, {LONGEST} characters at most"
        raise Unusable(f"{arguments.id[: LONGEST + 1]!a} is no id: {wanted}")
    root = root_of(arguments.root)
    settings = load_settings(Folder(root))
    schema = load_repository_schema(Folder(root), settings.schema)
    kinds = schema.files.get("kinds.schema.json", {}).get("enum")
    if not kinds:
        raise Unusable("the repository has a schema of its own: tallysheet new knows records of the bundled one only")
    if arguments.kind not in kinds:
        hint = did_you_mean(arguments.kind, kinds) or f"kinds: {', '.join(kinds)}"
        raise Unusable(f"{arguments.kind!a} is no kind; {hint}")
    path = root / settings.records / f"{arguments.id}.yaml"
    text = skeleton(arguments.id, arguments.kind, schema_reference(settings.schema, settings.records))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Unusable(f"{settings.records}/{path.name} is there already") from None
    sys.stdout.write(f"wrote {settings.records}/{path.name}; yours to fill in:\n")
    for number, line in enumerate(text.splitlines(), 1):
        if PLACEHOLDER.search(line) and not line.startswith("#"):
            sys.stdout.write(f"  line {number}: {line.strip().removeprefix('- ')}\n")
    sys.stdout.write(f"then: tallysheet check {settings.records}/{path.name}\n")
    return 0


def schema_reference(schema: str | None, records: str) -> str:
    """Return how a record refers to the schema, for editors."""
    return os.path.relpath(schema, records).replace(os.sep, "/") if schema else f"{PAGES}publication.schema.json"


def skeleton(identity: str, kind: str, schema: str) -> str:
    """Return the text of a new record."""
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the author is
    return RECORD.format(
        schema_line=SCHEMA_LINE + schema,
        id=identity,
        kind=kind,
        search=SEARCH if kind in REVIEWS else "",
        today=today,
    )
