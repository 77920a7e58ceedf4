"""Attribution of a portfolio's return to its segments, with 40 digits.

Effects of a period by Brinson, Hood and Beebower (1986) or Brinson and Fachler (1985). Linking over periods: Carino by
logarithms, Menchero by geometric means with the least correction, Frongello as the recursion in time, F(t) = e(t) times
the growth of the portfolio before t, plus B(t) times the sum of the F before.
"""

from mpmath import log, mpf, workdps

from support import number

DIGITS = 40


def exact(value):
    fraction = number(value)
    return mpf(fraction.numerator) / fraction.denominator


def sides(segment):
    own_weight, weight = exact(segment["portfolioWeight"]), exact(segment["benchmarkWeight"])
    own, other = segment.get("portfolioReturn"), segment.get("benchmarkReturn")
    own, other = own if own is not None else other, other if other is not None else own
    return own_weight, exact(own or 0), weight, exact(other or 0)


def of_period(period, request):
    rows = [(segment["name"], *sides(segment)) for segment in period["segments"]]
    portfolio = sum(w * r for _, w, r, _, _ in rows)
    benchmark = sum(v * b for _, _, _, v, b in rows)
    level = benchmark if request.get("model", "brinsonFachler") == "brinsonFachler" else mpf(0)
    folded = request.get("interaction", "separate") == "inSelection"
    effects = {
        name: ((w - v) * (b - level), (w if folded else v) * (r - b), mpf(0) if folded else (w - v) * (r - b))
        for name, w, r, v, b in rows
    }
    return portfolio, benchmark, effects


def told(effects):
    allocation, selection, interaction = effects
    return {"allocation": allocation, "selection": selection, "interaction": interaction, "total": sum(effects)}


def together(all_effects):
    return tuple(sum(column) for column in zip(*all_effects))


def logarithmic(portfolio, benchmark):
    if portfolio == benchmark:
        return 1 / (1 + benchmark)
    return (log(1 + portfolio) - log(1 + benchmark)) / (portfolio - benchmark)


def linked(effects, returns, whole, linking):
    """The effects of one segment and kind over the whole time."""
    excess = [portfolio - benchmark for portfolio, benchmark in returns]
    if linking == "sum":
        return sum(effects)
    if linking == "carino":
        factors = [logarithmic(*one) / logarithmic(*whole) for one in returns]
        return sum(effect * factor for effect, factor in zip(effects, factors))
    if linking == "menchero":
        count = len(returns)
        own, other = ((1 + side) ** (mpf(1) / count) - 1 for side in whole)
        difference = whole[0] - whole[1]
        shared = (1 + whole[0]) ** (mpf(count - 1) / count) if own == other else difference / count / (own - other)
        squares = sum(one * one for one in excess)
        correction = (difference - shared * sum(excess)) / squares if squares else 0
        return sum(effect * (shared + correction * one) for effect, one in zip(effects, excess))
    growth, before = mpf(1), mpf(0)
    for effect, (portfolio, benchmark) in zip(effects, returns):
        before += effect * growth + benchmark * before
        growth *= 1 + portfolio
    return before


def attribution(request):
    with workdps(DIGITS):
        periods = [of_period(period, request) for period in request["periods"]]
        returns = [(portfolio, benchmark) for portfolio, benchmark, _ in periods]
        whole = [mpf(1), mpf(1)]
        for portfolio, benchmark in returns:
            whole = [whole[0] * (1 + portfolio), whole[1] * (1 + benchmark)]
        whole = (whole[0] - 1, whole[1] - 1)
        linking = request.get("linking", "carino")
        names = list(dict.fromkeys(name for _, _, effects in periods for name in effects))
        none = (mpf(0), mpf(0), mpf(0))
        segments = []
        for name in names:
            own = [effects.get(name, none) for _, _, effects in periods]
            kinds = [[one[kind] for one in own] for kind in range(3)]
            segments.append((name, tuple(linked(kind, returns, whole, linking) for kind in kinds)))
        total = together([effects for _, effects in segments])
        return {
            "portfolioReturn": whole[0],
            "benchmarkReturn": whole[1],
            "excessReturn": whole[0] - whole[1],
            "total": told(total),
            "residual": whole[0] - whole[1] - sum(total),
            "segments": [{"name": name, "effects": told(effects)} for name, effects in segments],
            "periods": [
                {
                    "portfolioReturn": portfolio,
                    "benchmarkReturn": benchmark,
                    "excessReturn": portfolio - benchmark,
                    "total": told(together(effects.values())),
                    "segments": [{"name": name, "effects": told(one)} for name, one in effects.items()],
                }
                for portfolio, benchmark, effects in periods
            ],
            "model": request.get("model", "brinsonFachler"),
            "linking": linking,
        }


OPERATIONS = {"returns.attribution": attribution}
