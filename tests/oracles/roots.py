"""Roots of a value in the rate, by changes of sign on a grid and between two points, with 50 digits, given to 30.

It is simple on purpose: no derivative, no guess, no polynomial. Each root is proved by the signs on both sides of it.

A program may give a rough value beside the exact one: in floating point, with the sum of the sizes of its terms. Where it
is larger than any error of rounding could be, its sign is that of the exact value, and the grid is walked much faster.
"""

from functools import cache
from math import isfinite

from mpmath import exp, mp, mpf, nstr

mp.dps = 50
# The relative error that rough values may have: some hundred thousand times that of one operation.
ROUGH = 1e-9
# How far on either side of a root the sign is asked, in proportion to it.
CLOSE = mpf(10) ** -35


def between(value, low, high):
    """The root between two points of opposite sign: by secants that keep it between them, else by halving."""
    left, right = value(low), value(high)
    for point, at in ((low, left), (high, right)):
        if at == 0:
            return point
    first, last, before, moved = low, high, None, None
    for _ in range(60):
        middle = (low * right - high * left) / (right - left)
        at = value(middle)
        if at == 0:
            return middle
        margin = abs(middle) * CLOSE
        if before is not None and abs(middle - before) < margin:
            if (value(max(middle - margin, first)) > 0) != (value(min(middle + margin, last)) > 0):
                return mpf(nstr(middle, 30))
            break
        before = middle
        # Of an end that stays twice, half the value counts the next time (the Illinois rule), so that both ends come near.
        moves = "high" if (at > 0) == (right > 0) else "low"
        weight = mpf(1) / 2 if moves == moved else 1
        moved = moves
        if moves == "high":
            high, right, left = middle, at, left * weight
        else:
            low, left, right = middle, at, right * weight
    return halved(value, first, last)


def halved(value, low, high, steps=170):
    """The root between two points of opposite sign, by halving alone."""
    left = value(low)
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


def sign_at(value, rough, point):
    """The sign of the value: -1, 0 or 1."""
    if rough:
        try:
            about, size = rough(float(point))
        except (OverflowError, ZeroDivisionError):
            about, size = 0, 0
        if isfinite(size) and abs(about) > ROUGH * size:
            return 1 if about > 0 else -1
    at = value(point)
    return (at > 0) - (at < 0)


def first_root(value, points, rough=None):
    """The root between the first two neighbours of a list of points whose signs differ, or None."""
    before, previous = None, None
    for point in points:
        at = sign_at(value, rough, point)
        if at == 0:
            return point
        if before is not None and at != before:
            return between(value, min(previous, point), max(previous, point))
        before, previous = at, point
    return None


def nearest_rate(value, rough=None):
    """The positive root nearest to zero; where there is none, the negative root nearest to zero."""
    if value(mpf(0)) == 0:
        return mpf(0)
    growth = mpf("1.15")
    up = [mpf(10) ** -12 * growth**step for step in range(400)]
    positive = first_root(value, up, rough)
    if positive is not None:
        return positive
    down = [-point for point in up if point < mpf("0.99")] + [mpf(-1) + mpf(10) ** -power for power in range(3, 12)]
    negative = first_root(value, down, rough)
    if negative is None:
        raise ValueError("no rate between -100 % and 10^12")
    return negative


@cache
def fine_grid(_precision):
    return [exp(mpf(step) / 200) - 1 for step in range(-2800, 2801)]


def all_rates(value, rough=None):
    """Every rate between -99.9999 % and 10^6 at which the sign changes on a fine grid of ln(1 + rate), in order."""
    found, before, previous = [], None, None
    for point in fine_grid(mp.prec):
        at = sign_at(value, rough, point)
        if at == 0:
            found.append(point)
        elif before and at != before:
            found.append(between(value, previous, point))
        before, previous = at, point
    return found


def nearest_to(rates, guess):
    if not rates:
        raise ValueError("no rate")
    return min(rates, key=lambda rate: abs(rate - guess))
