"""`tallysheet init`: a new collection that passes at once."""

import argparse
import os
import sys
from pathlib import Path

from tallysheet import __version__

SETTINGS = """\
# What `tallysheet check` judges by. Every line may be left out: these are the defaults, but for the quotes.
records: records
rules:
  quote: {required: true}
# severities: {citation: warning}     # error, warning or off
# validators: [validators]            # a folder of rules of your own
"""
EXAMPLE = """\
# yaml-language-server: $schema=https://raw.githubusercontent.com/tallysheet/tallysheet/main/schema/publication.schema.json
# An example to copy and then to delete: the figures are invented.
id: example-2024
status: active
kind: observational
citation:
  title: "An example of a record"
  authors: ["Reader A"]
  year: 2024
study:
  id: example
  design: cohort
groups:
  - {id: all, label: All patients, n: 30, source: {section: abstract, quote: "30 patients"}}
  - {id: treated, label: Treated, n: 18, source: {section: abstract, quote: "18 were treated"}}
  - {id: untreated, label: Not treated, n: 12, source: {section: abstract, quote: "12 were not"}}
breakdowns:
  - {of: all, by: treatment, relation: partition, parts: [treated, untreated]}
results:
  - outcome: clinical-response
    group: treated
    proportion: {events: 15, total: 18, percent: "83.3"}
    source: {section: abstract, quote: "15 (83.3%)"}
curation:
  extracted: {by: "A. Reader", on: "2024-05-01"}
"""
HOOKS = """\
repos:
  - repo: https://github.com/tallysheet/tallysheet
    rev: v{version}
    hooks:
      - id: tallysheet-record
      - id: tallysheet-repository
"""
WORKFLOW = """\
name: records
on:
  pull_request:
  push:
    branches: [main]
  merge_group:

permissions: {{}}

concurrency:
  group: records-${{{{ github.ref }}}}
  cancel-in-progress: true

jobs:
  check:
    name: records
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          fetch-depth: 2 # the merge of a pull request and its parents, of which the first is the base branch
          persist-credentials: false
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          python-version: "3.13"
      - run: python -m pip install --quiet "tallysheet=={version}"
      - name: judge a pull request by what its base branch has
        if: github.event_name == 'pull_request'
        env:
          PULL_HEAD: ${{{{ github.event.pull_request.head.sha }}}}
        run: |
          test "$(git rev-parse --verify HEAD^2)" = "$PULL_HEAD"
          tallysheet check --base HEAD^1
      - name: judge what is merged
        if: github.event_name != 'pull_request'
        run: tallysheet check
"""
CONTRIBUTING = """\
# How to add a record

1. `tallysheet new family-2024-topic --kind observational` writes `records/family-2024-topic.yaml`.
2. Fill in what stands between `<` and `>`. Every figure stands beside the fragment of the publication that carries it.
3. `tallysheet check` says what does not agree yet: the line, both figures, and what would fit.
4. Open a pull request. Somebody else compares the figures with the publication and enters `verified`.

A figure is never changed to make the arithmetic hold: if the publication itself contradicts, say so under
`discrepancies`. `tallysheet explain RULE` shows what a rule is about.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="DIR", help="where; this folder if left out"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the files of a new collection; returns 0, raises Unusable before writing if one of them is there."""
    from tallysheet.unusable import Unusable

    files = {
        "tallysheet.yaml": SETTINGS,
        "records/example-2024.yaml": EXAMPLE,
        ".pre-commit-config.yaml": HOOKS.format(version=__version__),
        ".github/workflows/records.yml": WORKFLOW.format(version=__version__),
        "CONTRIBUTING.md": CONTRIBUTING,
    }
    if there := [name for name in files if os.path.lexists(arguments.folder / name)]:
        raise Unusable(*(f"{name} is there already: nothing was written" for name in there))
    for name, text in files.items():
        path = arguments.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        sys.stdout.write(f"wrote {name}\n")
    sys.stdout.write("now: tallysheet check\n")
    return 0
