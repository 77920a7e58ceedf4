"""Roots of a value in the rate, by sign changes on a grid and bisection, with 50 digits, given to 30.

It is slow and simple on purpose: no derivative, no guess, no polynomial.
"""

from mpmath import exp, mp, mpf, nstr

mp.dps = 50


def bisect(value, low, high, steps=170):
    """The root between two points of opposite sign."""
    left = value(low)
    if left == 0:
        return low
    for _ in range(steps):
        middle = (low + high) / 2
        at = value(middle)
        if at == 0:
            return middle
        if (at > 0) == (left > 0):
            low = middle
        else:
            high = middle
    return mpf(nstr((low + high) / 2, 30))


def first_root(value, points):
    """The root between the first two neighbours of a list of points whose signs differ, or None."""
    before, previous = None, None
    for point in points:
        at = value(point)
        if at == 0:
            return point
        if before is not None and (at > 0) != (before > 0):
            return bisect(value, min(previous, point), max(previous, point))
        before, previous = at, point
    return None


def nearest_rate(value):
    """The positive root nearest to zero; where there is none, the negative root nearest to zero."""
    if value(mpf(0)) == 0:
        return mpf(0)
    growth = mpf("1.15")
    up = [mpf(10) ** -12 * growth**step for step in range(400)]
    positive = first_root(value, up)
    if positive is not None:
        return positive
    down = [-point for point in up if point < mpf("0.99")] + [mpf(-1) + mpf(10) ** -power for power in range(3, 12)]
    negative = first_root(value, down)
    if negative is None:
        raise ValueError("no rate between -100 % and 10^12")
    return negative


def all_rates(value):
    """Every rate between -99.9999 % and 10^6 at which the sign changes on a fine grid of ln(1 + rate), in order."""
    found, before, previous = [], None, None
    for step in range(-2800, 2801):
        point = exp(mpf(step) / 200) - 1
        at = value(point)
        if at == 0:
            found.append(point)
        elif before and (at > 0) != (before > 0):
            found.append(bisect(value, previous, point))
        before, previous = at, point
    return found


def nearest_to(rates, guess):
    if not rates:
        raise ValueError("no rate")
    return min(rates, key=lambda rate: abs(rate - guess))
