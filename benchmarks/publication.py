"""One record of a made-up publication, as a person would have typed it: figures agree, styles vary."""

from dataclasses import dataclass
from random import Random

FAMILIES = (
    *("Okafor", "Lindqvist", "Tanaka", "Moreau", "Haddad", "Novak", "Silva", "Brandt", "Castellanos", "Whitcombe"),
    *("Müller", "García-López", "Nørgaard", "Şahin", "Kovács", "Łukasik", "Björk", "O'Neill", "Nguyễn", "D'Angelo"),
)
SUBJECTS = (
    *("emapalumab", "anakinra", "ruxolitinib", "etoposide", "interferon-γ blockade", "an anti-IFN-γ antibody"),
    *("a reduced dose", "early treatment", "second-line treatment", "treatment before transplantation"),
)
PATIENTS = (
    *("children with primary haemophagocytic lymphohistiocytosis", "adults with macrophage activation syndrome"),
    *("patients with Still’s disease", "infants under 1 year", "patients with ferritin ≥ 10 000 µg/L"),
    *("malignancy-associated disease: a multicentre study", "critically ill patients – a chart review"),
)
JOURNALS = ("Blood Adv", "Haematologica", "Pediatr Blood Cancer", "Rheumatology (Oxford)", "Klin Padiatr", "Orphanet J")
CONDITIONS = ("hlh", "primary-hlh", "secondary-hlh", "mas", "ebv-hlh", "malignancy-associated-hlh")
CRITERIA = {
    "sex": ("male", "female"),
    "age": ("children", "adults"),
    "disease context": ("familial", "rheumatic", "malignant", "infectious", "unexplained"),
    "line of treatment": ("first-line", "second-line", "later-line"),
}
OUTCOMES = (
    *("clinical-response", "transplantation", "survival", "serious-adverse-event", "severe-infection", "improvement"),
    *("discontinuation", "engraftment", "intensive-care", "genetic-finding", "glucocorticoid-reduction", "remission"),
)
SECTIONS = ("abstract", "results", "table", "supplement")


@dataclass(frozen=True)
class Group:
    """A group of patients: its id, its size, and how it is quoted."""

    name: str
    size: int


def doi(seed: int, number: int) -> str:
    """Return the DOI of a record: no two of a collection are alike."""
    return f"10.{1000 + seed % 9000}/made.{2000 + number % 25}.{number:07d}"


def identity(number: int) -> str:
    """Return the id of a record, which is its file's name."""
    family = FAMILIES[number % 10].lower()
    return f"{family}-{2000 + number % 25}-{number:06d}"


def share(events: int, total: int) -> str:
    """Return events over total as a percentage with one decimal, rounded half up."""
    tenths = (2000 * events + total) // (2 * total)
    return f"{tenths // 10}.{tenths % 10}"


def parted(chance: Random, whole: int, count: int) -> list[int]:
    """Return `count` numbers that sum to `whole`."""
    cuts = sorted(chance.randint(0, whole) for _ in range(count - 1))
    return [high - low for low, high in zip([0, *cuts], [*cuts, whole], strict=True)]


def mapping(chance: Random, key: str, fields: dict[str, str], indent: str, flow: float = 0.85) -> list[str]:
    """Return a small mapping below a key, in flow style or in blocks."""
    if chance.random() < flow:
        return [f"{indent}{key}: {{{', '.join(f'{name}: {value}' for name, value in fields.items())}}}"]
    return [f"{indent}{key}:", *(f"{indent}  {name}: {value}" for name, value in fields.items())]


def source(chance: Random, quote: str, indent: str, flow: float = 0.85) -> list[str]:
    """Return where a figure stands."""
    section = chance.choice(SECTIONS)
    fields = {"section": section}
    if section == "table":
        fields["table"] = f'"{chance.randint(1, 5)}"'
    return mapping(chance, "source", {**fields, "quote": f'"{quote}"'}, indent, flow)


def title(chance: Random) -> list[str]:
    """Return the title, in one of the ways that titles are typed."""
    text = f"{chance.choice(SUBJECTS)} in {chance.choice(PATIENTS)}"
    text = text[0].upper() + text[1:]
    style = chance.random()
    if style < 0.08:  # noqa: PLR2004 - a few titles are folded
        cut = text.rindex(" ")
        return ["  title: >-", f"    {text[:cut]}", f"    {text[cut + 1 :]}"]
    if style < 0.12 and "'" not in text:  # noqa: PLR2004 - and a few stand in single quotes
        return [f"  title: '{text}'"]
    return [f'  title: "{text}"']


def head(chance: Random, seed: int, number: int) -> list[str]:
    """Return what comes before the figures."""
    year = 2000 + number % 25
    first = chance.randint(1, 3000)
    authors = ", ".join(f"{chance.choice(FAMILIES)} {chance.choice('ABEJKMRST')}" for _ in range(chance.randint(2, 6)))
    lines = ["# yaml-language-server: $schema=../schema/publication.schema.json"] if chance.random() < 0.9 else []  # noqa: PLR2004 - most begin so
    lines += [f"id: {identity(number)}", "status: active", "kind: observational", "citation:", *title(chance)]
    style = chance.random()
    if style < 0.5:  # noqa: PLR2004 - either way is usual
        lines.append(f"  authors: [{authors}]")
    elif style < 0.7:  # noqa: PLR2004 - long lists are broken
        lines += ["  authors:", f"    [{authors.replace(', ', ',' + chr(10) + '     ', 1)}]"]
    else:
        lines += ["  authors:", *(f"    - {author}" for author in authors.split(", "))]
    lines += [f"  journal: {chance.choice(JOURNALS)}", f"  year: {year}", f'  volume: "{chance.randint(1, 400)}"']
    lines += [f'  pages: "{first}-{first + 9}"', f'  published: "{year}-{chance.randint(1, 12):02d}-15"']
    lines += ["identifiers:", f'  doi: "{doi(seed, number)}"', f'  pmid: "{10_000_000 + number}"']
    if chance.random() < 0.5:  # noqa: PLR2004 - about half are in PubMed Central
        lines.append(f'  pmcid: "PMC{1_000_000 + number}"')
    lines += ["study:", f"  id: study-{number:06d}", "  design: chart-review"]
    lines.append(f'  setting: "{chance.randint(2, 40)} hospitals, {chance.choice(("Türkiye", "Japan", "Brasil"))}"')
    return lines


def groups_and_breakdowns(chance: Random, size: int) -> tuple[list[str], list[tuple[str, list[Group]]]]:
    """Return the lines of the groups and how they divide the whole, and the divisions themselves."""
    lines = ["groups:", "  - id: all", "    label: All patients", f"    n: {size}"]
    lines += [f"    condition: {chance.choice(CONDITIONS)}", *source(chance, f"N = {size}", "    ")]
    divisions = []
    for criterion in chance.sample(list(CRITERIA), chance.randint(1, 2)):
        names = CRITERIA[criterion]
        parts = [Group(name, n) for name, n in zip(names, parted(chance, size, len(names)), strict=True)]
        divisions.append((criterion, parts))
        for part in parts:
            quote, label = f"{part.size} ({share(part.size, size)})", part.name.replace("-", " ").capitalize()
            if chance.random() < 0.3:  # noqa: PLR2004 - short groups are typed on one line
                place = f'{{section: abstract, quote: "{quote}"}}'
                lines.append(f"  - {{id: {part.name}, label: {label}, n: {part.size}, source: {place}}}")
                continue
            lines += [f"  - id: {part.name}", f"    label: {label}", f"    n: {part.size}"]
            lines += source(chance, quote, "    ")
    lines.append("breakdowns:")
    for criterion, parts in divisions:
        names = ", ".join(part.name for part in parts)
        lines.append(f"  - {{of: all, by: {criterion}, relation: partition, parts: [{names}]}}")
    return lines, divisions


def result(chance: Random, outcome: str, group: Group, events: int, label: str) -> list[str]:
    """Return the result of one outcome in one group."""
    percent = share(events, group.size)
    lines = [f"  - outcome: {outcome}", f"    group: {group.name}"]
    lines += [f"    label: {label}"] if label else []
    fields = {"events": str(events), "total": str(group.size), "percent": f'"{percent}"'}
    lines += mapping(chance, "proportion", fields, "    ", 0.55)
    quote = f"{events} of {group.size} ({percent}%)" if chance.random() < 0.5 else f"{events}/{group.size} … {percent}"  # noqa: PLR2004 - either
    return lines + source(chance, quote, "    ", 0.75)


def estimates(chance: Random) -> list[str]:
    """Return an age and a survival, which are no proportions."""
    low = chance.randint(1, 20)
    middle, high = low + chance.randint(0, 30), low + chance.randint(30, 50)
    lines = ["  - outcome: age", "    group: all", "    label: at start of treatment"]
    fields = {"statistic": "median", "value": f'"{middle}.0"' if middle > low else f'"{low}.5"'}
    if middle > low:
        fields["range"] = f'{{from: "{low}.5", to: "{high}.2"}}'
    lines += mapping(chance, "estimate", {**fields, "unit": "years"}, "    ")
    quote = f"{middle}.0 ({low}.5-{high}.2)" if middle > low else f"median {low}.5 years"
    lines += source(chance, quote, "    ")
    if chance.random() < 0.5:  # noqa: PLR2004 - about half tell of survival
        percent = f"{chance.randint(40, 99)}.{chance.randint(0, 9)}"
        fields = {"at": '"12 months"', "percent": f'"{percent}"', "method": "kaplan-meier"}
        lines += ["  - outcome: survival", "    group: all", "    label: estimated survival"]
        lines += mapping(chance, "survival", fields, "    ") + source(chance, f"{percent}%", "    ")
    return lines


def publication(seed: int, number: int) -> list[str]:
    """Return the lines of one record: the same for the same seed and number."""
    chance = Random(seed * 1_000_003 + number)
    size = chance.randint(12, 400)
    lines = head(chance, seed, number)
    whole = Group("all", size)
    grouped, divisions = groups_and_breakdowns(chance, size)
    lines += grouped
    lines.append("results:")
    for outcome in chance.sample(OUTCOMES, chance.randint(2, 9)):
        if chance.random() < 0.1:  # noqa: PLR2004 - a remark now and then
            lines.append(f"  # {outcome}: read from the full text")
        label = chance.choice(("", "", "at week 8", "at last follow-up", "by the investigator’s judgement"))
        parts = [part for part in divisions[0][1] if part.size] if chance.random() < 0.25 else []  # noqa: PLR2004 - a row
        counts = [chance.randint(0, part.size) for part in parts]
        lines += result(chance, outcome, whole, sum(counts) if parts else chance.randint(0, size), label)
        for part, events in zip(parts, counts, strict=True):
            lines += result(chance, outcome, part, events, label)
    lines += estimates(chance)
    day = f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    lines += ["curation:", f'  extracted: {{by: A. Reader, on: "{day}"}}']
    if chance.random() < 0.4:  # noqa: PLR2004 - fewer are verified than not
        lines.append('  verified: {by: B. Reader, on: "2026-12-30"}')
    return lines
