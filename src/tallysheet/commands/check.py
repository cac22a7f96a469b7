"""`tallysheet check`: judge records, print the report, say by the exit code whether all holds."""

import argparse
import os
import sys
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from tallysheet.fixes.offers import Offers
    from tallysheet.report.formats import Surroundings
    from tallysheet.repository import Repository
    from tallysheet.run import Progress, Report
    from tallysheet.scope import Asked, Scope

FORMATS = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="records, or folders of records; all if none is named")
    parser.add_argument(
        "--format", choices=FORMATS, help="how the report is printed; text, or github where GITHUB_ACTIONS is true"
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        type=output,
        metavar="FORMAT=FILE",
        help="write the report to a file as well, whole or not at all (may be repeated)",
    )
    parser.add_argument("--select", action="append", metavar="RULE", help="run only this rule (may be repeated)")
    parser.add_argument("--ignore", action="append", metavar="RULE", help="do not run this rule (may be repeated)")
    parser.add_argument(
        "--changed-since", metavar="REF", help="judge what is changed since this branch left REF, compare all records"
    )
    parser.add_argument("--base", metavar="REF", help="judge by the schema, rules, settings and waivers of REF")
    parser.add_argument(
        "--gate-changes",
        choices=("fail", "report"),
        default="fail",
        help="with --base: whether a change of what records are judged by fails (the default) or is only told",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--rev", metavar="REV", help="judge the files of a commit, without a check-out")
    source.add_argument("--staged", action="store_true", help="judge the changes that would be committed now")
    parser.add_argument("--fix", action="store_true", help="mend before judging what can be mended without judgement")
    parser.add_argument("--no-repository-rules", action="store_true", help="run no code of the repository")
    parser.add_argument(
        "--today", type=day, metavar="DAY", help="the day that waivers are judged by, if not the day of the clock"
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge the records that are asked for; returns the exit code."""
    from tallysheet.repository import root_of
    from tallysheet.scope import Asked, open_scope
    from tallysheet.unusable import Unusable

    if arguments.paths and (arguments.base or arguments.changed_since or arguments.staged):
        raise Unusable("PATH and --base, --changed-since or --staged exclude each other: these know what to judge")
    if arguments.fix and (arguments.base or arguments.rev or arguments.staged):
        raise Unusable("--fix and --base, --rev or --staged exclude each other: it mends what lies in the folder")
    asked = Asked(
        arguments.rev,
        arguments.staged,
        arguments.base,
        arguments.changed_since,
        own_rules=not arguments.no_repository_rules,
        strict=arguments.gate_changes == "fail",
        today=arguments.today,
    )
    with open_scope(root_of(arguments.root, arguments.paths), asked) as scope:
        return judge(scope, asked, arguments)


def judge(scope: "Scope", asked: "Asked", arguments: argparse.Namespace) -> int:
    """Judge what the scope holds and write the reports; returns the exit code."""
    from tallysheet.reader.inert import inert
    from tallysheet.run import run as run_over
    from tallysheet.unusable import Unusable

    repository = scope.repository
    folder = repository.settings.records
    if not repository.tree.holds(folder):
        raise Unusable(f"no record was checked: there is no folder {folder}/ in {repository.root}")
    rules = choose(repository, arguments.select, arguments.ignore)
    if arguments.paths:
        scope.paths = relative_paths(repository.root, arguments.paths, repository)
    refuse_outputs(arguments.output, repository.root / folder)
    if arguments.fix:
        from tallysheet.commands.fix import fix_before_check

        fix_before_check(repository, scope.paths)
    report = run_over(repository, scope.paths, rules, progress_on(sys.stderr), scope.day)
    scope.finish(report, asked)
    publish(report, surroundings(repository, scope.paths), arguments.format, arguments.output)
    for crash in report.crashes:
        trace = "\n".join(inert(line, 600) for line in crash.trace.splitlines())
        sys.stderr.write(f"tallysheet: internal error: rule {crash.rule} failed on {inert(crash.path, 200)}\n{trace}\n")
    if not report.records and not report.unchanged:
        sys.stderr.write(f"tallysheet: no record was checked: nothing matches in {folder}/\n")
    return report.exit_code


def day(text: str) -> date:
    """Return the day of an argument such as 2026-11-23."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!a} is no day such as 2026-11-23") from None


def relative_paths(root: Path, asked: list[str], repository: "Repository") -> list[str]:
    """Return the records that the paths name, relative to the root; raises Unusable for one that is not there."""
    from tallysheet.unusable import Unusable

    found, faults = repository.tree.records(repository.settings.records)
    known = [*found, *(path for path, _ in faults)]
    paths: set[str] = set()
    for path in asked:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        if not absolute.is_relative_to(root):
            what = "lies outside the repository" if os.path.lexists(absolute) else "there is no such file in"
            raise Unusable(f"{path!a}: {what} {root}")
        relative = absolute.relative_to(root).as_posix()
        if relative != "." and not repository.tree.holds(relative):
            raise Unusable(f"{path!a}: there is no such file")
        inside = [one for one in known if relative in {".", one} or one.startswith(relative + "/")]
        if not inside and not absolute.is_dir():
            inside = [relative]
        paths.update(inside)
    return sorted(paths)


def choose(repository: "Repository", select: list[str] | None, ignore: list[str] | None) -> set[str]:
    """Return the names of the rules to run; raises Unusable for a name that no rule has."""
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean, listed

    for name in [*(select or ()), *(ignore or ())]:
        if name not in repository.rules:
            raise Unusable(
                f'"{name}" is no rule; {did_you_mean(name, repository.rules) or "tallysheet rules lists them"}'
            )
    chosen = set(select or repository.severities) - set(ignore or ())
    if off := sorted(set(select or ()) - repository.severities.keys()):
        raise Unusable(f"{listed(off)}: off in the project file, so it can't be selected")
    if not chosen:
        raise Unusable("no rule is left to run")
    return chosen


def output(text: str) -> tuple[str, Path]:
    """Return the format and the file of an argument `FORMAT=FILE`."""
    form, equals, file = text.partition("=")
    if form not in FORMATS or not equals or not Path(file).name:
        raise argparse.ArgumentTypeError(f"{text!a} is not FORMAT=FILE with one of {', '.join(FORMATS)}")
    return form, Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links


def refuse_outputs(outputs: list[tuple[str, Path]], records: Path) -> None:
    """Raise Unusable for a file that no report can be written to: before the work, not after it."""
    from tallysheet.report.files import why_unwritable
    from tallysheet.unusable import Unusable

    files = [file for _, file in outputs]
    for file in files:
        if reason := why_unwritable(file):
            raise Unusable(f"--output: {str(file)!a}: {reason}")
        if file.is_relative_to(records):
            raise Unusable(f"--output: {str(file)!a}: lies among the records, where it would be taken for one")
        if files.count(file) > 1:
            raise Unusable(f"--output: {str(file)!a}: named for two reports")


def surroundings(repository: "Repository", paths: list[str] | None) -> "Surroundings":
    """Return what the formats may ask of the repository."""
    from tallysheet.pages import page_of
    from tallysheet.report.formats import Surroundings
    from tallysheet.run import source_lines

    def records() -> list[str]:
        if paths is not None:
            return paths
        found, faults = repository.tree.records(repository.settings.records)
        return [*found, *(path for path, _ in faults)]

    @cache
    def offers() -> "Offers":
        from tallysheet.fixes.offers import Offers

        return Offers(repository)

    pages = partial(page_of, rules=repository.rules)
    return Surroundings(partial(source_lines, repository.tree), pages, records, lambda finding: offers().offer(finding))


def publish(report: "Report", around: "Surroundings", form: str | None, outputs: list[tuple[str, Path]]) -> None:
    """Write the report to the files that are named, and print it: in GitHub Actions as GitHub shows it."""
    from tallysheet.report.files import append, write_whole
    from tallysheet.report.formats import write_report
    from tallysheet.report.markdown import LARGEST, write_markdown
    from tallysheet.report.text import Style

    for file_form, file in outputs:
        write_whole(file, write_report(file_form, report, around, Style()))
    in_actions = form is None and os.environ.get("GITHUB_ACTIONS") == "true"
    if in_actions and (named := os.environ.get("GITHUB_STEP_SUMMARY")):
        summary = Path(named)
        used = summary.stat().st_size if summary.exists() else 0
        append(summary, write_markdown(report, LARGEST - used))
    chosen = form or ("github" if in_actions else "text")
    sys.stdout.write(write_report(chosen, report, around, Style(colour=wants_colour(sys.stdout))))


def wants_colour(stream: TextIO) -> bool:
    """Tell whether colours are welcome: on a terminal, unless NO_COLOR (https://no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def progress_on(stream: TextIO, things: str = "records") -> "Progress | None":
    """Return a progress bar for long work on a terminal, None elsewhere."""
    if not stream.isatty():
        return None
    from tallysheet.commands.progress import Bar

    return Bar(stream, things)
