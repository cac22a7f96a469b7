"""Check digits: each function returns the digit that belongs to the given digits."""

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def issn_check_digit(digits: str) -> str:
    """Return the check digit of an ISSN's first seven digits: weights 8 to 2, modulo 11 (ISO 3297, annex A)."""
    rest = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits, strict=True)) % 11
    return "0123456789X"[-rest % 11]


def isbn10_check_digit(digits: str) -> str:
    """Return the check digit of an ISBN-10's first nine digits: weights 10 to 2, modulo 11 (ISO 2108:1992)."""
    rest = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
    return "0123456789X"[-rest % 11]


def isbn13_check_digit(digits: str) -> str:
    """Return the check digit of an ISBN-13's first twelve digits: weights 1 and 3, modulo 10 (ISO 2108:2017)."""
    total = sum(int(digit) for digit in digits[::2]) + 3 * sum(int(digit) for digit in digits[1::2])
    return str(-total % 10)


def orcid_check_digit(digits: str) -> str:
    """Return the check digit of an ORCID iD's first fifteen digits: ISO 7064 mod 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def ror_check_digits(body: str) -> str:
    """Return the two check digits of a ROR id's first seven characters: 98 - 100 n mod 97 (ISO 7064 mod 97-10).

    n is the number that the seven characters write in Crockford's base 32.
    """
    number = 0
    for character in body:
        number = number * 32 + _CROCKFORD.index(character)
    return f"{98 - number * 100 % 97:02d}"
