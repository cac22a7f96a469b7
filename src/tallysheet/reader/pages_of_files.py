"""Pages of the rules about files: what they are called, what they are, and how much they hold."""

from tallysheet.reader.rule_page import RulePage

PAGES = (
    RulePage(
        name="odd-name",
        summary="a record, and each folder it is in, is named with a-z, 0-9, dot, dash and underscore",
        why="Other names differ between systems, look alike, pass for options of a command or vanish from git's lists.",
        mend="Rename the file, with git mv.",
        failing="(records/Müller 2021.yaml)",
        mended="(records/mueller-2021.yaml)",
    ),
    RulePage(
        name="file-type",
        summary="a record is a regular file inside the repository",
        why="A link may lead out of the repository, and a pipe or device has no end.",
        mend="Put the record itself where the link or the folder stands.",
        failing="(records/smith-2021.yaml is a symbolic link to /tmp/smith.yaml)",
        mended="(records/smith-2021.yaml is a plain file)",
    ),
    RulePage(
        name="file-unreadable",
        summary="a record can be opened and read",
        why="What was not read was not checked, and is never shown as a pass.",
        mend="See that the file exists and may be read, then check again.",
        failing="(records/smith-2021.yaml may not be read by the one who runs the check)",
        mended="(chmod u+r records/smith-2021.yaml)",
    ),
    RulePage(
        name="not-a-record",
        summary="the folder of records holds records, LICENSE, README.md and files that begin with a dot",
        why="A record under another ending (.yml, .YAML, .json) would never be checked.",
        mend="Rename it to end in .yaml, or move it elsewhere.",
        failing="(records/smith-2021.yml)",
        mended="(records/smith-2021.yaml)",
    ),
    RulePage(
        name="file-size",
        summary="a file has at most 1 MiB",
        why="A record has a few thousand bytes; what is larger is something else, and would hold up every check.",
        mend="Split the record, or take out what does not belong in it.",
        failing="(a file of 1,048,577 bytes)",
        mended="(a file of 4,000 bytes)",
    ),
    RulePage(
        name="events",
        summary="a file has at most 50,000 keys, values and collections",
        why="Time and memory grow with them; a record has some hundreds.",
        mend="Split the record, or take out what does not belong in it.",
        failing="(a list of 60,000 numbers)",
        mended="(a list of 60 numbers)",
    ),
    RulePage(
        name="scalar-size",
        summary="a key or value has at most 64 KiB",
        why="A record quotes fragments; a longer text is a paper pasted in.",
        mend="Shorten the text to the fragment that carries the figure.",
        failing="(a quote of 70,000 characters)",
        mended='(a quote such as "6 of 25")',
    ),
    RulePage(
        name="depth",
        summary="lists and mappings are nested at most 32 deep",
        why="Deeper ones crash or stall parsers; a record has about eight levels.",
        mend="Remove the brackets or the indentation that should not be there.",
        failing="quote: " + "[" * 40 + "]" * 40 + "\n",
        mended='quote: "6 of 25"\n',
    ),
    RulePage(
        name="too-many-faults",
        summary="of one file, 20 faults are told at most",
        why="More would bury the first, and often follow from it.",
        mend="Mend those that are told, then check again.",
        failing="flags: [" + ", ".join(["yes"] * 25) + "]\n",
        mended="flags: [" + ", ".join(["true"] * 25) + "]\n",
    ),
)
