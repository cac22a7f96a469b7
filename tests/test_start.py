"""What `tallysheet check` imports for a record that passes: start-up is most of what one record costs."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tallysheet import settings
from tallysheet.settings import FORM, fill_in, filled_plainly

ASK = """import json, os, sys
before = set(sys.modules)
os.utime("records/good.yaml", (0, 0))
from tallysheet import stamps
stamps.SETTLED = -10**12
from tallysheet.command import main
code = main(["check", "records/good.yaml", *sys.argv[1:]])
json.dump([code, sorted(set(sys.modules) - before)], sys.stderr)
"""
UNCHANGED = {
    *(
        "_plainly",
        "batch",
        "cache",
        "cache.kept",
        "cache.laws",
        "cache.opening",
        "cache.rows",
        "cache.store",
        "columns",
        "command",
    ),
    *("commands", "gathered", "line", "trees.listing"),
    *("commands.check", "comparison", "findings", "judged", "outline", "pointers", "reader", "reader.files"),
    *("reader.inert", "reader.limits", "reader.problems_of_files", "report", "report.formats", "report.sinks"),
    *("report.text", "report.totals", "root", "rulebook", "rules", "run", "settings", "stamps", "trees", "unusable"),
    *("validators", "validators.dangling", "validators.unique_doi", "validators.unique_id", "words"),
}
"""The tool's own modules that a run may import in which nothing is changed."""
JUDGED = {
    *UNCHANGED,
    *("asking", "dates", "engine", "figures", "figures.agreeing", "figures.check", "figures.fits", "figures.order"),
    *("figures.printed", "figures.windows", "groups", "identifiers", "identifiers.doi", "identifiers.doi_forms"),
    *("identifiers.kinds", "identifiers.registration", "identifiers.verdict", "judging", "placeholders"),
    *("reader.accept", "reader.document", "reader.scalars", "reader.text", "repository", "rows", "settled", "shape"),
    *(
        "shape.accept",
        "shape.blocks",
        "shape.keywords",
        "shape.load",
        "shape.places",
        "shape.ways",
        "sight",
        "trees.series",
    ),
}
"""The same, and the rules, where a record is judged and passes."""
COMPILED = {"_plainly", "reader._plain"}
NEVER = {
    *("jsonschema", "referencing", "cerberus", "yaml", "importlib.metadata", "subprocess", "multiprocessing"),
    *("asyncio", "ssl", "http", "unittest", "xml", "difflib", "dataclasses", "inspect", "pkgutil", "threading"),
    *("traceback", "textwrap", "unicodedata"),
}
"""What no run over a record that passes imports, be it changed or not."""
SLOW = {
    "jsonschema_rs",
    "email",
    "decimal",
    "fractions",
    "datetime",
    "random",
    "shutil",
    "socket",
}
"""What a run imports only if there is something to judge."""


def imported(repo: Any, *arguments: str) -> set[str]:
    """Return the modules that a check of a record that passes imports, beside what starts Python."""
    asked = [sys.executable, "-B", "-c", ASK, *arguments]
    done = subprocess.run(asked, cwd=repo.root, capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stderr)
    assert code == 0
    return set(modules)


# A run in which nothing is changed imports only what it needs to see that, to compare, and to say so.
def test_unchanged_record_imports_little(repo: Any) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "severities: {citation: warning}\n")
    imported(repo)
    modules = imported(repo)
    own = {name.removeprefix("tallysheet.") for name in modules if name.startswith("tallysheet.")}
    assert own <= UNCHANGED
    assert not modules & (NEVER | SLOW)


# A record that is judged and passes needs nothing that only explains, and no library for settings that are plain.
@pytest.mark.parametrize("arguments", [[], ["--no-cache"]])
def test_passing_record_imports_nothing_that_explains(repo: Any, arguments: list[str]) -> None:
    repo.good()
    repo.write("tallysheet.yaml", "severities: {citation: warning}\nrules: {quote: {required: true}}\n")
    modules = imported(repo, *arguments)
    assert not {name for name in modules if name.split(".")[0] in NEVER or name in NEVER}
    own = {name.removeprefix("tallysheet.") for name in modules if name.startswith("tallysheet.")}
    assert {name for name in own if not name.startswith("validators.")} <= JUDGED | COMPILED
    assert arguments == [] or not modules & {"hashlib", "tallysheet.cache"}


# Whoever asks for the version waits for no command, and for nothing that one needs.
def test_version_needs_no_command() -> None:
    asked = "from tallysheet.command import main; main(['--version']); import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    version, modules = done.stdout.splitlines()
    assert version.startswith("tallysheet ")
    own = {name for name in modules.split() if name.startswith("tallysheet.")}
    assert own == {"tallysheet.command"}


VALUES: list[Any] = [
    *("records", "a/b", "a b", "", "../x", "x.json", "a/x.json", "off", "warning", "x\n", None, True, 1, 1.0),
    *([], ["a"], ["a", "b/c"], ["a b"], [1], ["a\n"], {}, {"quote": "off"}, {"quote": "Off"}, {"quote": 1}),
    *({"quote": {"required": True}}, {"quote": []}, {"quote": {}}),
]


# A Python that does not tell how many callbacks wait for its end ends as usual, with the same exit code.
@pytest.mark.parametrize("missing", ["", "del atexit._ncallbacks; "])
@pytest.mark.parametrize("late", ["", "atexit.register(print, 'late'); "])
def test_run_ends_by_itself_where_python_does_not_say(repo: Any, missing: str, late: str) -> None:
    repo.wrong()
    asked = f"import atexit, sys; {missing}{late}from tallysheet.__main__ import run; sys.exit(run())"
    asked_in_full = [sys.executable, "-c", asked, "check"]
    done = subprocess.run(asked_in_full, cwd=repo.root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("late\n") == bool(late)


# Wherever the short way says that settings are in order, cerberus says so too, and fills them in alike.
@pytest.mark.parametrize("name", [*FORM, "record"])
def test_short_way_agrees_with_cerberus(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = {str(value): filled_plainly({name: value}, FORM) for value in VALUES}
    monkeypatch.setattr(settings, "filled_plainly", lambda *_: None)
    taken = 0
    for value in VALUES:
        filled, complaints = fill_in({name: value}, FORM)
        if (short := plain[str(value)]) is not None:
            taken += 1
            assert (short, []) == (filled, complaints), value
    assert taken or name == "record"


# The same holds for options of rules, of whatever form; what the short way does not know it leaves to cerberus.
@pytest.mark.parametrize(
    "form",
    [
        {},
        {"a": {"type": "boolean", "default": False}},
        {"a": {"type": "string", "allowed": ["off", "x.json"]}},
        {"a": {"type": "string", "regex": "[a-z]+", "nullable": True, "default": None}},
        {"a": {"type": "list", "schema": {"type": "boolean"}}},
        {"a": {"type": "integer", "min": 1}},
        {"a": {"type": "string", "coerce": str}, "b": {"type": "string", "required": True}},
        {"a": {"type": "dict", "schema": {"quote": {"type": "string"}}}},
    ],
)
def test_short_way_agrees_on_options(form: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    given = [{}, *({"a": value} for value in VALUES)]
    plain = [filled_plainly(value, form) for value in given]
    monkeypatch.setattr(settings, "filled_plainly", lambda *_: None)
    for value, short in zip(given, plain, strict=True):
        if short is not None:
            assert (short, []) == fill_in(value, form), value
