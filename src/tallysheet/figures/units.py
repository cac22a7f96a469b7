"""Factors between the units in which one analyte is printed; every answer is a warning at the most.

Mass units convert exactly. Factors that rest on a molar mass are rounded, and publications round them differently, so
half a per cent is allowed; assay-specific units (U/mL of soluble CD25) have no factor at all.
"""

from fractions import Fraction

from tallysheet.figures.check import Check, Figure, read, untestable
from tallysheet.figures.windows import Interval

_EXACT = Fraction(0)
_MOLAR = Fraction(1, 200)

FACTORS: dict[tuple[str, str, str], tuple[Fraction, Fraction]] = {
    ("ferritin", "ng/mL", "ug/L"): (Fraction(1), _EXACT),
    ("ferritin", "ng/mL", "ug/dL"): (Fraction(1, 10), _EXACT),
    ("ferritin", "ng/mL", "pmol/L"): (Fraction(2247, 1000), _MOLAR),
    ("fibrinogen", "g/L", "mg/dL"): (Fraction(100), _EXACT),
    ("triglycerides", "mmol/L", "mg/dL"): (Fraction(8857, 100), _MOLAR),
    ("platelets", "10^9/L", "10^3/uL"): (Fraction(1), _EXACT),
}
"""Analyte, from, to: the factor and the share by which it is uncertain. Ferritin in pmol/L: 445 kDa."""

SLIPS = tuple(Fraction(10) ** power for power in (-6, -3, -2, -1, 1, 2, 3, 6))
"""What a wrong prefix or a thousands separator read as a point multiplies a value by."""


def judge_conversion(analyte: str, value: Figure, unit: str, converted: Figure, other_unit: str) -> Check:
    """Return whether `value` in `unit` is `converted` in `other_unit`, over the windows of both."""
    one, two = read(value), read(converted)
    if one is None or two is None:
        return untestable("not_reported", "one of the two values is not printed")
    factor, slack = _factor(analyte, unit, other_unit)
    if not factor:
        return untestable("no_factor", f"no factor for {analyte} from {unit} to {other_unit}")
    low, high = one.window().low, one.window().high
    said = f"{one.text} {unit} = {float(one.value * factor):g} {other_unit}, printed {two.text}"
    if low is None or high is None:
        return untestable("bounded", f"{one.text}: a bound has no converse")
    for slip in (Fraction(1), *SLIPS):
        reached = Interval(low * factor * slip * (1 - slack), high * factor * slip * (1 + slack))
        if reached.meets(two.window()):
            if slip == 1:
                return Check("consistent", "", said)
            return Check("explained", "unit_slip", f"{said}: off by a factor of {float(slip):g}")
    return Check("explained", "conversion_differs", said)


def _factor(analyte: str, unit: str, other_unit: str) -> tuple[Fraction, Fraction]:
    if unit == other_unit:
        return Fraction(1), _EXACT
    if (analyte, unit, other_unit) in FACTORS:
        return FACTORS[analyte, unit, other_unit]
    factor, slack = FACTORS.get((analyte, other_unit, unit), (Fraction(0), _EXACT))
    return (1 / factor if factor else factor), slack
