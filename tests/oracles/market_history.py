"""Statistics of the annual returns of the United States, by numpy.

The returns, in percent, are those of A. Damodaran's table "Historical Returns on Stocks, Bonds and Bills" (New York
University, January 2026), as PyPI's owlplanner 2026.10.26 ships them, in `data/us_returns.csv`, but for the inflation of 2025: there it is that of
the year to November, here December on December (324.054 over 315.605, Bureau of Labor Statistics, CUUR0000SA0). The
price-earnings ratios of R. Shiller are quoted by the vectors and not recomputed.
"""

import csv
from pathlib import Path

import numpy as np

from support import QUOTED

CLASSES = ["largeStocks", "treasuryBonds", "corporateBonds", "treasuryBills", "realEstate"]


def table():
    path = Path(__file__).with_name("data") / "us_returns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["year"]): row for row in csv.DictReader(file)}


TABLE = table()


def statistics(name, years, values):
    """Sample statistics (n - 1) of a series."""
    growth = np.log1p(values)
    return {
        "name": name,
        "arithmeticMean": float(values.mean()),
        "geometricMean": float(np.expm1(growth.mean())),
        "standardDeviation": float(values.std(ddof=1)),
        "logVolatility": float(growth.std(ddof=1)),
        "minimum": float(values.min()),
        "minimumYear": years[int(values.argmin())],
        "maximum": float(values.max()),
        "maximumYear": years[int(values.argmax())],
    }


def correlation(one, other):
    """The correlation of two series; 0 where one of them never changes."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 1.0 if one is other else 0.0
    return float(np.corrcoef(one, other)[0, 1])


def history(request):
    """`market.history`."""
    years = list(range(request.get("firstYear") or min(TABLE), (request.get("lastYear") or max(TABLE)) + 1))
    names = request.get("assetClasses", CLASSES)
    series = {name: np.array([float(TABLE[year][name]) for year in years]) / 100 for name in [*names, "inflation"]}
    growth = [np.log1p(values) for values in series.values()]
    return {
        "years": years,
        "history": {
            "assetClasses": names,
            "periodsPerYear": 1,
            "returns": [[round(float(series[name][i]), 6) for name in names] for i in range(len(years))],
            "inflation": [round(float(value), 6) for value in series["inflation"]],
            "cape": QUOTED,
        },
        "statistics": [statistics(name, years, values) for name, values in series.items()],
        "correlations": [[correlation(one, other) for other in growth] for one in growth],
    }


OPERATIONS = {"market.history": history}
