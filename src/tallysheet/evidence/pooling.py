"""Proportions pooled by the random-effects logit model with exact likelihood, or the reason why they are not.

Point: expit(mu), the median proportion over the studies that the model describes. Interval: 95 % by profile likelihood,
which needs no standard error, so that it holds where no study, or every patient, has the event. Prediction interval:
mu +- t(k-2) sqrt(tau2 + se(mu)2) on the logit scale (Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172:137).
Heterogeneity: the likelihood ratio of a probability for each study against one for all, chi-square with k-1 degrees of
freedom, and tau = 0 against tau > 0, half a chi-square with one (Self & Liang 1987, J Am Stat Assoc 82:605).
I2 = (G - (k-1))/G with that first likelihood ratio G for Cochran's Q (Higgins & Thompson 2002, Stat Med 21:1539).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, inf, lgamma, log, sqrt

from tallysheet.evidence import fitting
from tallysheet.evidence.beta import t_quantile
from tallysheet.evidence.intervals import Interval
from tallysheet.evidence.likelihood import Weighted, expit, log_likelihood
from tallysheet.figures.tails import OutOfReachError, chi_square
from tallysheet.words import counted

FEWEST = 3
"""Fewer studies say nothing of how studies differ."""
ENOUGH = 5
"""With fewer studies the variance between them is little more than a guess, and this is said."""
NAMED = 3
"""Pairs of cohorts that are named, of those that may overlap."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """What studies say together; proportions lie between 0 and 1."""

    k: int
    events: int
    total: int
    estimate: float
    interval: Interval
    prediction: Interval | None
    """Where the proportion of a new study is expected; None where no study, or every patient, has the event."""
    mu: float
    se: float | None
    tau2: float | None
    i2: float | None
    """Both None where no study, or every patient, has the event."""
    g: float
    """Likelihood ratio of heterogeneity, with k-1 degrees of freedom."""
    g_p: float
    tau_p: float
    """Of tau = 0 against tau > 0."""
    log_likelihood: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing is pooled."""

    why: str


def pool(counts: Sequence[tuple[int, int]], overlaps: Collection[tuple[str, str]] = ()) -> Pooled | Refused:
    """Return what `counts`, events and total of one study each, say together; studies in `overlaps` share patients.

    Raises ValueError for counts that are none: a total of 0, or events beyond it.
    """
    for events, total in counts:
        if not 0 <= events <= total or not total:
            raise ValueError(f"{events}/{total} is no count of events")
    if whys := [*too_few(len(counts)), *sharing(overlaps)]:
        return Refused("; ".join(whys))
    if all(total == 1 for _, total in counts):
        return Refused("every study has one patient: how studies differ can't be told from chance")
    rows = fitting.weighted(counts)
    events, total = sum(one for one, _ in counts), sum(one for _, one in counts)
    if events in (0, total):
        return one_sided(counts, rows, everybody=bool(events))
    try:
        best = fitting.fit(rows)
    except fitting.UnboundedError:
        return Refused("studies are all or nothing: no finite variance between them fits best")
    return described(counts, rows, best)


def too_few(k: int) -> list[str]:
    """Return why so many studies are not pooled, if they are too few."""
    return [f"{counted(k, 'study', 'studies')}: fewer than {FEWEST}"] if k < FEWEST else []


def sharing(overlaps: Collection[tuple[str, str]]) -> list[str]:
    """Return why cohorts that may overlap are not pooled, if there are any, naming the first."""
    said = [f"{one} and {other} may share patients" for one, other in sorted(overlaps)[:NAMED]]
    more = len(overlaps) - len(said)
    return [*said, f"and so may {counted(more, 'more pair')}"] if more else said


def described(counts: Sequence[tuple[int, int]], rows: Sequence[Weighted], best: fitting.Point) -> Pooled:
    """Return the estimates at the point of the highest likelihood."""
    events, total = sum(one for one, _ in counts), sum(one for _, one in counts)
    low, high = (limit_as_share(fitting.limit(rows, best, side)) for side in (-1, 1))
    information = -best.at.mu_mu
    if best.tau:
        information -= best.at.mu_tau**2 / -best.at.tau_tau
    se = 1 / sqrt(information) if information > 0 else None
    reach = inf if se is None else t_quantile(len(counts) - 2) * sqrt(best.tau**2 + se * se)
    common = log_likelihood(rows, log(events / (total - events)), 0.0)
    g = max(0.0, 2 * (saturated(counts) - common.height))
    if g < 1e-9 * max(1.0, -common.height):  # what rounding leaves of nothing
        g = 0.0
    ratio = max(0.0, 2 * (best.at.height - common.height)) if best.tau else 0.0
    return Pooled(
        len(counts),
        events,
        total,
        expit(best.mu),
        (low, high),
        (limit_as_share(best.mu - reach), limit_as_share(best.mu + reach)),
        best.mu,
        se,
        best.tau**2,
        max(0.0, (g - (len(counts) - 1)) / g) if g else 0.0,
        g,
        tail(g, len(counts) - 1),
        tail(ratio, 1) / 2 if best.tau else 1.0,
        best.at.height + coefficients(counts),
        ("few studies: tau and the prediction interval are uncertain",) if len(counts) < ENOUGH else (),
    )


def one_sided(counts: Sequence[tuple[int, int]], rows: Sequence[Weighted], *, everybody: bool) -> Pooled:
    """Return the estimates where no study has an event, or every patient has one: the likelihood is highest at the end.

    There it is 1 whatever tau is, so the interval is what the profile likelihood leaves, and nothing predicts.
    """
    events, total = sum(one for one, _ in counts), sum(one for _, one in counts)
    mirrored = [(whole - one, whole, times) for one, whole, times in rows] if everybody else rows
    start = log(1.0 / total)
    ceiling = fitting.Point(start, 0.0, log_likelihood(mirrored, start, 0.0)._replace(height=0.0, mu_mu=0.0))
    bound = limit_as_share(fitting.limit(mirrored, ceiling, 1))
    said = "every patient has the event" if everybody else "no patient has the event"
    return Pooled(
        len(counts),
        events,
        total,
        float(everybody),
        (1 - bound, 1.0) if everybody else (0.0, bound),
        None,
        inf if everybody else -inf,
        None,
        None,
        None,
        0.0,
        1.0,
        1.0,
        coefficients(counts),
        (f"{said}: the variance between studies and the next study can't be estimated",),
    )


def limit_as_share(logit: float) -> float:
    """Return a limit as proportion, 0 or 1 where the profile never falls."""
    return float(logit > 0) if abs(logit) == inf else expit(logit)


def saturated(counts: Sequence[tuple[int, int]]) -> float:
    """Return the log-likelihood, without its coefficients, of a probability of its own for each study."""
    return sum(_entropy(events, total) + _entropy(total - events, total) for events, total in counts)


def _entropy(part: int, total: int) -> float:
    return part * log(part / total) if part else 0.0


def coefficients(counts: Sequence[tuple[int, int]]) -> float:
    """Return the logarithm of the binomial coefficients."""
    return sum(lgamma(n + 1) - lgamma(y + 1) - lgamma(n - y + 1) for y, n in counts)


def tail(statistic: float, df: int) -> float:
    """Return P(X >= statistic) for a chi-square with `df` degrees of freedom."""
    try:
        high = chi_square(Fraction(statistic), Fraction(df)).high
    except OutOfReachError:  # with very many studies: Wilson & Hilferty 1931, right to about 4 digits there
        from math import erfc

        z = ((statistic / df) ** (1 / 3) - (1 - 2 / (9 * df))) / sqrt(2 / (9 * df))
        return erfc(z / sqrt(2)) / 2
    assert high is not None  # noqa: S101 - a tail has both bounds
    return float(high) if high > Fraction(1, 10**24) else exp(-statistic / 2) if df == 1 else 0.0
