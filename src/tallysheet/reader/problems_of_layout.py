"""What can be wrong with how lists and mappings are laid out: brackets, commas, indentation."""

from tallysheet.reader.complaint import Complaint, in_quotes, indent
from tallysheet.reader.flaws import Flaw
from tallysheet.reader.inert import inert


def dash(complaint: Complaint) -> Flaw:
    """Return what to say of a list on the line of its key."""
    at = complaint.at
    hint = "begin the list on the next line, or put the value in quotes if it is a text"
    return Flaw("syntax", at, at + 1, "a list cannot begin on the line of its key", hint)


def question(complaint: Complaint) -> Flaw:
    """Return what to say of `?` where no key can be."""
    at = complaint.at
    return Flaw("syntax", at, at + 1, "a key cannot begin here", "put the text in quotes if it begins with ?")


def flow(complaint: Complaint) -> Flaw:
    """Return what to say of brackets: never closed, or something other than a comma between two items."""
    opened = complaint.begun if complaint.opened is None else complaint.opened
    bracket = complaint.text[opened : opened + 1]
    number, line = complaint.lines.place(opened)[0], complaint.lines.place(complaint.at)[0]
    ended = not complaint.text[complaint.at :].strip()
    if bracket in {"[", "{"}:
        closing = "]" if bracket == "[" else "}"
        if ended or (line > number and indent(complaint.line) <= indent(complaint.lines.line(number))):
            return Flaw("syntax", opened, opened + 1, f"{bracket} is never closed", f"close it with {closing}")
        shown = inert(complaint.text[complaint.at : complaint.at + 1])
        message = f"{shown} where a comma or {closing} would fit, since {bracket} is open"
        hint = "put a comma between the items, and quotes around a text that holds , [ ] { } or :"
        return Flaw("syntax", complaint.at, complaint.at + 1, message, hint)
    return node(complaint)


def block(complaint: Complaint) -> Flaw:
    """Return what to say of a line that is neither the next key nor the next item."""
    at, line, character = complaint.at, complaint.line, complaint.character
    number, column = complaint.lines.place(at)
    before = line[: column - 1].rstrip()
    if character == ":":
        return Flaw("syntax", at, at + 1, "a colon with no key before it", "write the key before the colon")
    if before.endswith(("'", '"', "]", "}")) and character not in {"]", "}"}:
        shown = inert(line[column - 1 :].strip())
        within = "''" if before.endswith("'") else '\\"'
        hint = f"close the quotes at the end of the value, and write a quote within it as {within}"
        return Flaw("syntax", at, at + 1, f"{shown} follows a value that has ended", hint)
    if character == "-":
        hint = "indent the items of one list alike, under their key"
        return Flaw("syntax", at, at + 1, "a list item stands where a key would fit", hint)
    if before or character in {"]", "}"}:
        return node(complaint)
    hint = "indent the keys of one mapping, and the items of one list, alike"
    if "collection" in complaint.said:
        return Flaw("syntax", at, at + 1, f"{inert(line.strip())} stands where a list item would fit", hint)
    start = complaint.lines.start(number) + indent(line)
    message = f"the line is indented by {indent(line)}, which fits no line above it"
    return Flaw("syntax", start, start + 1, message, hint)


def node(complaint: Complaint) -> Flaw:
    """Return what to say of a character where a value should be."""
    at, shown = complaint.at, inert(complaint.character)
    if not shown.strip():
        return Flaw("syntax", at, at + 1, "a value is missing here", "write the value")
    if complaint.character in {"]", "}"}:
        return Flaw("syntax", at, at + 1, f"{shown} closes nothing", "remove it, or put the text in quotes")
    message = f"{shown} stands where a value would fit"
    return Flaw("syntax", at, at + 1, message, in_quotes(complaint.line, "put the text in quotes"))
