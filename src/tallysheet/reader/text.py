"""From bytes to text: strict UTF-8, and what to say where it is something else."""

from tallysheet.findings import TOP, Fault, Span

BOM = b"\xef\xbb\xbf"
"""The byte order mark that some editors put before UTF-8; taken off, since nothing is lost with it."""

_MARKS = (  # UTF-32 first, since its little-endian mark begins with that of UTF-16
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def decode(data: bytes) -> str | Fault:
    """Return the text of a file without a leading byte order mark, or the fault."""
    wide = _wide(data) if b"\x00" in data or data[:2] in {b"\xff\xfe", b"\xfe\xff"} else None
    if wide:
        return Fault("encoding", TOP, f"the file is {wide}, not UTF-8", "save the file as UTF-8")
    try:
        return data.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        return _not_utf8(error)


def _wide(data: bytes) -> str | None:
    """Return the name of an encoding of two or four bytes a character, told by its mark or by where its zeros stand."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:256]
    head = head[: len(head) // 4 * 4]
    zeros = [head[i::4].count(0) * 4 / (len(head) or 1) for i in range(4)]
    if sum(zero > 0.7 for zero in zeros) == 3:  # noqa: PLR2004 - three of four bytes are zero in Latin text
        return "UTF-32"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    return "UTF-16" if max(even, odd) > 0.5 and min(even, odd) < 0.2 else None  # noqa: PLR2004 - every other byte


def _not_utf8(error: UnicodeDecodeError) -> Fault:
    """Return the fault for the first byte that is no UTF-8, with the character that was probably meant."""
    from tallysheet.reader.places import Lines

    data, start = error.object, error.start
    lines = Lines(data[:start].decode())
    line, column = lines.place(len(lines.text))
    byte = data[start]
    message = f"byte {byte:02X} is not UTF-8 ({error.reason})"
    hint = "save the file as UTF-8"
    if error.reason == "unexpected end of data":
        message, hint = "the file ends within a character", "the file seems cut off: save it again, as UTF-8"
    # Half of Windows-1252 text is one accented letter among ASCII: neither neighbour is a byte above 7F.
    lone = byte >= 0x80 and (data[start + 1 : start + 2] or b" ")[0] < 0x80  # noqa: PLR2004 - ASCII ends there
    guess = bytes((byte,)).decode("cp1252", "ignore") if lone else ""
    if guess and guess.isprintable():
        message = f'byte {byte:02X} is not UTF-8; in Windows-1252 (or Latin-1) it is "{guess}"'
        hint = f'save the file as UTF-8 and see that "{guess}" stands there'
    return Fault("encoding", Span(line, column, line, column + 1), message, hint)
