"""`tallysheet check`: judge records, print the report, say by the exit code whether all holds."""

import argparse
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from datetime import date

    from tallysheet.commands.progress import Bar
    from tallysheet.fixes.offers import Offers
    from tallysheet.outline import Outline
    from tallysheet.report.formats import Surroundings
    from tallysheet.repository import Repository
    from tallysheet.run import Means, Report
    from tallysheet.scope import Asked, Scope

FORMATS = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "markdown")
MOST_JOBS = 256


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
    parser.add_argument("--no-cache", action="store_true", help="judge every record anew, and keep nothing")
    parser.add_argument(
        "--jobs", type=jobs, metavar="N", help="processes at most, if not as many as there are cores for"
    )
    parser.add_argument(
        "--root", type=Path, metavar="DIR", help="the repository, if not the one that this folder is in"
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge the records that are asked for; returns the exit code."""
    from tallysheet.root import root_of
    from tallysheet.unusable import Unusable

    asks_git = arguments.rev or arguments.staged or arguments.base or arguments.changed_since
    if arguments.paths and (arguments.base or arguments.changed_since or arguments.staged):
        raise Unusable("PATH and --base, --changed-since or --staged exclude each other: these know what to judge")
    if arguments.fix and (arguments.base or arguments.rev or arguments.staged):
        raise Unusable("--fix and --base, --rev or --staged exclude each other: it mends what lies in the folder")
    root = root_of(arguments.root, arguments.paths)
    if not asks_git:
        outline, means = opened(root, arguments)
        return judge(outline, means, arguments)
    return judge_change(root, arguments)


def opened(root: Path, arguments: argparse.Namespace) -> "tuple[Outline, Means]":
    """Return the repository as it lies there, from what is kept of it where nothing is changed, and how to judge it."""
    from tallysheet.run import Means
    from tallysheet.trees import Folder

    own = not arguments.no_repository_rules
    if arguments.no_cache:
        from tallysheet.outline import outline_of
        from tallysheet.repository import open_repository

        return outline_of(open_repository(root, Folder(root), own=own)), Means(arguments.jobs)
    from tallysheet.cache.opening import open_kept

    choice = [sorted(set(arguments.select or ())), sorted(set(arguments.ignore or ())), own]
    outline, kept, head = open_kept(root, choice, own=own)
    return outline, Means(arguments.jobs, kept, head)


def judge_change(root: Path, arguments: argparse.Namespace) -> int:
    """Judge what git is asked for, and keep nothing of it; returns the exit code."""
    from tallysheet.outline import outline_of
    from tallysheet.run import Means
    from tallysheet.scope import Asked, open_scope

    asked = Asked(
        arguments.rev,
        arguments.staged,
        arguments.base,
        arguments.changed_since,
        own_rules=not arguments.no_repository_rules,
        strict=arguments.gate_changes == "fail",
        today=arguments.today,
    )
    with open_scope(root, asked) as scope:
        return judge(outline_of(scope.repository), Means(arguments.jobs), arguments, scope, asked)


def judge(
    outline: "Outline",
    means: "Means",
    arguments: argparse.Namespace,
    scope: "Scope | None" = None,
    asked: "Asked | None" = None,
) -> int:
    """Judge the records and write the reports; returns the exit code."""
    from tallysheet.judged import Day
    from tallysheet.reader.inert import inert
    from tallysheet.run import run as run_over
    from tallysheet.unusable import Unusable

    folder = outline.settings.records
    if not outline.tree.holds(folder):
        raise Unusable(f"no record was checked: there is no folder {folder}/ in {outline.root}")
    rules = choose(outline, arguments.select, arguments.ignore)
    paths = scope.paths if scope else None
    if arguments.paths:
        paths = relative_paths(outline.root, arguments.paths, outline)
    if arguments.output:
        refuse_outputs(arguments.output, outline.root / folder)
    if arguments.fix:
        from tallysheet.commands.fix import fix_before_check

        fix_before_check(outline.open(), paths)
    day = scope.day if scope else Day(arguments.today)
    bar = progress_on(sys.stderr)
    try:
        report = run_over(outline, paths, rules, bar, day, means)
    finally:
        if bar:
            bar.wipe()
    if scope and asked:
        scope.finish(report, asked)
    publish(report, surroundings(outline, paths), arguments.format, arguments.output)
    for crash in report.crashes:
        trace = "\n".join(inert(line, 600) for line in crash.trace.splitlines())
        sys.stderr.write(f"tallysheet: internal error: rule {crash.rule} failed on {inert(crash.path, 200)}\n{trace}\n")
    if not report.records and not report.unchanged:
        sys.stderr.write(f"tallysheet: no record was checked: nothing matches in {folder}/\n")
    return report.exit_code


def day(text: str) -> "date":
    """Return the day of an argument such as 2026-11-23."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!a} is no day such as 2026-11-23") from None


def jobs(text: str) -> int:
    """Return the number of an argument such as 4."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= MOST_JOBS):
        raise argparse.ArgumentTypeError(f"{text!a} is no number from 1 to {MOST_JOBS}")
    return int(text)


def relative_paths(root: Path, asked: list[str], repository: "Repository | Outline") -> list[str] | None:
    """Return the records that the paths name, relative to the root; None for all that there are.

    Raises Unusable for a path that is not there.
    """
    from tallysheet.unusable import Unusable

    folder = repository.settings.records
    places: set[str] = set()
    for path in asked:
        place = place_below(root, path)
        if place is None:
            what = "lies outside the repository" if os.path.lexists(path) else "there is no such file in"
            raise Unusable(f"{path!a}: {what} {root}")
        if place != "." and not repository.tree.holds(place):
            raise Unusable(f"{path!a}: there is no such file")
        places.add(place)
    if any(place == "." or f"{folder}/".startswith(f"{place}/") for place in places):
        return None
    found, faults = repository.tree.records(folder)
    known = {*found, *(path for path, _ in faults)}
    paths = places & known
    for place in places - known:
        inside = [one for one in known if one.startswith(place + "/")]
        paths.update(inside if inside or (root / place).is_dir() else [place])
    return sorted(paths)


def place_below(root: Path, path: str) -> str | None:
    """Return where a path leads, as a POSIX path from the root; None where that is outside."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow links
    if absolute.startswith(f"{root}{os.sep}"):  # at once, for whoever names ten thousand files
        return absolute[len(str(root)) + 1 :].replace(os.sep, "/")
    return Path(absolute).relative_to(root).as_posix() if Path(absolute).is_relative_to(root) else None


def choose(outline: "Outline", select: list[str] | None, ignore: list[str] | None) -> set[str]:
    """Return the names of the rules to run; raises Unusable for a name that no rule has."""
    if not select and not ignore:
        return set(outline.severities)
    from tallysheet.unusable import Unusable
    from tallysheet.words import did_you_mean, listed

    for name in [*(select or ()), *(ignore or ())]:
        if name not in outline.names:
            raise Unusable(f'"{name}" is no rule; {did_you_mean(name, outline.names) or "tallysheet rules lists them"}')
    chosen = set(select or outline.severities) - set(ignore or ())
    if off := sorted(set(select or ()) - outline.severities.keys()):
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


def surroundings(outline: "Outline", paths: list[str] | None) -> "Surroundings":
    """Return what the formats may ask of the repository."""
    from tallysheet.report.formats import Surroundings

    def lines(path: str) -> list[str]:
        from tallysheet.run import source_lines

        return source_lines(outline.tree, path)

    def page(name: str) -> str | None:
        from tallysheet.pages import page_of

        return page_of(name, outline.open().rules)

    def records() -> list[str]:
        if paths is not None:
            return paths
        found, faults = outline.tree.records(outline.settings.records)
        return [*found, *(path for path, _ in faults)]

    @cache
    def offers() -> "Offers":
        from tallysheet.fixes.offers import Offers

        return Offers(outline.open())

    return Surroundings(lines, page, records, lambda finding: offers().offer(finding))


def publish(report: "Report", around: "Surroundings", form: str | None, outputs: list[tuple[str, Path]]) -> None:
    """Write the report to the files that are named, and print it: in GitHub Actions as GitHub shows it."""
    from tallysheet.report.formats import write_report
    from tallysheet.report.text import Style

    for file_form, file in outputs:
        from tallysheet.report.files import write_whole

        write_whole(file, write_report(file_form, report, around, Style()))
    in_actions = form is None and os.environ.get("GITHUB_ACTIONS") == "true"
    if in_actions and (named := os.environ.get("GITHUB_STEP_SUMMARY")):
        from tallysheet.report.files import append
        from tallysheet.report.markdown import LARGEST, write_markdown

        summary = Path(named)
        used = summary.stat().st_size if summary.exists() else 0
        append(summary, write_markdown(report, LARGEST - used))
    chosen = form or ("github" if in_actions else "text")
    sys.stdout.write(write_report(chosen, report, around, Style(colour=wants_colour(sys.stdout))))


def wants_colour(stream: TextIO) -> bool:
    """Tell whether colours are welcome: on a terminal, unless NO_COLOR (https://no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def progress_on(stream: TextIO, things: str = "records") -> "Bar | None":
    """Return a progress bar for long work on a terminal, None elsewhere."""
    if not stream.isatty():
        return None
    from tallysheet.commands.progress import Bar

    return Bar(stream, things)
