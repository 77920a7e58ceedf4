"""The probability of ruin under continuous consumption of a lognormal portfolio, with 40 digits.

Milevsky and Robinson, "A Sustainable Spending Rate without Simulation" (Financial Analysts Journal 61, 2005): ruin is the
event that the present value of a consumption of 1 a year, discounted at the portfolio's own return, exceeds the portfolio.

- For ever, the reciprocal of the present value has a gamma distribution (Dufresne 1990).
- Over an exponential lifetime, the present value is a beta variable over a gamma variable (Yor, "Sur certaines
  fonctionnelles exponentielles du mouvement brownien", 1992); here the integral over the beta variable.
- Over a lifetime by Gompertz, the two moments of the present value are integrated, and the reciprocal gamma distribution
  with these moments takes its place; the paper's approximation does the same for an exponential lifetime.
"""

from mpmath import beta as beta_function
from mpmath import exp, expm1, gammainc, log, mpf, quad, sqrt, workdps

from simple_returns import moments as simple_moments

DIGITS = 40


def drift_and_spread(request):
    """The drift and the volatility of the portfolio in continuous time."""
    expected, spread = mpf(request["expectedReturn"]), mpf(request.get("volatility", 0))
    convention = request.get("returnConvention", "arithmetic")
    if convention == "simple":
        mean, deviation = simple_moments(expected, spread)
        return mpf(mean) + mpf(deviation) ** 2 / 2, mpf(deviation)
    if convention == "arithmetic":
        return log(1 + expected), spread
    mean = log(1 + expected) if convention == "geometric" else expected
    return mean + spread**2 / 2, spread


def gamma_below(shape, value):
    """The share of a gamma distribution of scale 1 below a value."""
    return gammainc(shape, 0, value, regularized=True)


def survival(lifetime):
    if lifetime["kind"] == "exponential":
        hazard = log(2) / mpf(lifetime["medianYears"])
        return lambda t: exp(-hazard * t)
    age, mode, spread = (mpf(lifetime[name]) for name in ("age", "modalAge", "dispersion"))
    return lambda t: exp(-exp((age - mode) / spread) * expm1(t / spread))


def present_value_moments(drift, spread, lifetime):
    """The first two moments of the present value; None where one is infinite.

    With D(t) = exp(-(drift - spread^2 / 2) t - spread B(t)): E[D(t)] = exp(-p t) and E[D(s) D(t)] = exp(-q s - p (t - s))
    for s < t, where p = drift - spread^2 and q = 2 drift - 3 spread^2.
    """
    p, q = drift - spread**2, 2 * drift - 3 * spread**2
    if lifetime["kind"] != "gompertz":
        hazard = log(2) / mpf(lifetime["medianYears"]) if lifetime["kind"] == "exponential" else mpf(0)
        first = 1 / (p + hazard) if p + hazard > 0 else None
        return first, (2 * first / (q + hazard) if first is not None and q + hazard > 0 else None)
    alive, points = survival(lifetime), [0, 10, 25, 50, 75, 100, 150, 250]

    def inner(t):
        # The integral of exp(-q s - p (t - s)) over s from 0 to t.
        return exp(-p * t) * (t if q == p else -expm1(-(q - p) * t) / (q - p))

    return quad(lambda t: alive(t) * exp(-p * t), points), 2 * quad(lambda t: alive(t) * inner(t), points)


def by_moments(rate, first, second):
    """The reciprocal gamma distribution with these two moments."""
    shape = (2 * second - first**2) / (second - first**2)
    scale = (second - first**2) / (first * second)
    return gamma_below(shape, rate / scale)


def certain(rate, drift, lifetime):
    """Without volatility the portfolio ends at a known time, if it ends."""
    share = drift / rate
    if share >= 1:
        return mpf(0)
    end = 1 / rate if drift == 0 else -log(1 - share) / drift
    return mpf(1) if lifetime["kind"] == "perpetual" else survival(lifetime)(end)


def exact(rate, drift, spread, lifetime):
    """For ever, or over an exponential lifetime."""
    x = 2 * rate / spread**2
    if lifetime["kind"] == "perpetual":
        shape = 2 * drift / spread**2 - 1
        return gamma_below(shape, x) if shape > 0 else mpf(1)
    hazard = log(2) / mpf(lifetime["medianYears"])
    index = 1 - 2 * drift / spread**2
    root = sqrt(8 * hazard / spread**2 + index**2)
    a, b = (root + index) / 2, (root - index) / 2
    return quad(lambda u: gamma_below(b, x * u) * (1 - u) ** (a - 1), [0, 0.5, 1]) / beta_function(1, a)


def ruin_probability(request):
    """`simulation.ruin_probability`."""
    with workdps(DIGITS):
        rate, lifetime = mpf(request["spendingRate"]), request["lifetime"]
        drift, spread = drift_and_spread(request)
        first, second = present_value_moments(drift, spread, lifetime)
        approximation = None
        if spread and lifetime["kind"] != "perpetual" and first is not None and second is not None:
            approximation = by_moments(rate, first, second)
        if not spread:
            probability = certain(rate, drift, lifetime)
        elif lifetime["kind"] == "gompertz":
            probability = approximation
        else:
            probability = exact(rate, drift, spread, lifetime)
        matched = bool(spread) and lifetime["kind"] == "gompertz"
        return {
            "probability": probability,
            "method": "momentMatching" if matched else "exact",
            "reciprocalGammaApproximation": approximation,
            "meanPresentValue": first,
            "presentValueDeviation": None if second is None else sqrt(second - first**2),
        }


OPERATIONS = {"simulation.ruin_probability": ruin_probability}
