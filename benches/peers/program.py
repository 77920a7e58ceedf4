"""Runs one Python peer: `program.py WORKLOAD PEER REPETITIONS`.

Prints its time, the error of its results and its peak memory as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import lots
import portfolios
import tables
import workloads

# The number of loans for a slow peer; its time is scaled to all of them.
FEW = 300


def internal_rates(workload: str, peer: str) -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    import datetime

    import numpy as np

    many = workload == "w4-many"
    count, flows = (workloads.MANY, workloads.SHORT) if many else (1, workloads.LONG)
    all_series = [workloads.series(12_345 + seed, flows) for seed in range(count)]
    expected = np.array([rate for _, _, rate in all_series])

    def error(rates: Any) -> float:
        return float(np.max(np.abs(np.asarray(rates, float) - expected)))

    start = np.datetime64("2000-01-01")
    if peer == "wherewithal, 2-D arrays":
        import wherewithal

        dates = np.array([start + np.array(days) for days, _, _ in all_series])
        amounts = np.array([amounts for _, amounts, _ in all_series])
        return lambda: wherewithal.xirr_batch(dates, amounts), error, 1.0
    if peer.endswith("arrays"):
        inputs: list[Any] = [(start + np.array(days), np.array(amounts)) for days, amounts, _ in all_series]
    else:
        inputs = [
            ([workloads.EPOCH + datetime.timedelta(days=day) for day in days], amounts)
            for days, amounts, _ in all_series
        ]
    if peer == "wherewithal, list of lists":
        import wherewithal

        both = [dates for dates, _ in inputs], [amounts for _, amounts in inputs]
        return lambda: wherewithal.xirr_batch(*both), error, 1.0
    if peer.startswith("wherewithal"):
        from wherewithal import xirr
    else:
        from pyxirr import xirr
    return lambda: [xirr(dates, amounts) for dates, amounts in inputs], error, 1.0


def level_payments(workload: str, peer: str) -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    import numpy as np

    rate, term, value = map(np.array, workloads.level_payments())
    payment = value * rate / np.expm1(-term * np.log1p(rate))
    if peer == "numpy-financial":
        import numpy_financial as library
    elif peer == "pyxirr":
        import pyxirr as library
    else:
        import wherewithal as library
    if workload == "w5-pmt":
        expected, run = payment, lambda: library.pmt(rate, term, value)
    elif workload == "w5-pv":
        expected, run = value, lambda: library.pv(rate, term, payment)
    else:
        expected, run = rate, lambda: library.rate(term, payment, value, 0.0)
    return run, lambda found: float(np.max(np.abs(np.asarray(found, float) / expected - 1))), 1.0


def level_payment(cents: int, millionths: int) -> Decimal:
    rate = Decimal(millionths) / 12_000_000
    growth = (1 + rate) ** workloads.MONTHS
    return (Decimal(cents) / 100 * rate * growth / (growth - 1)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def schedules(peer: str) -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    count = workloads.LOANS if peer.startswith("wherewithal") or peer == "numpy-financial" else FEW
    loans = workloads.loans(count)

    def error(cents: Any) -> float:
        return abs(float(cents - workloads.INTEREST[count]))

    def in_decimals() -> int:
        cent, total = Decimal("0.01"), Decimal(0)
        for cents, millionths in loans:
            payment, balance, rows = level_payment(cents, millionths), Decimal(cents) / 100, []
            rate = Decimal(millionths) / 1_000_000
            for month in range(workloads.MONTHS):
                interest = (balance * rate / 12).quantize(cent, ROUND_HALF_EVEN)
                principal = balance if month == workloads.MONTHS - 1 else payment - interest
                balance -= principal
                rows.append((interest, principal, balance))
                total += interest
        return int(total * 100)

    def in_integers() -> int:
        total = 0
        for cents, millionths in loans:
            payment, balance, rows = int(level_payment(cents, millionths) * 100), cents, []
            for month in range(workloads.MONTHS):
                interest, rest = divmod(balance * millionths, 12_000_000)
                if rest > 6_000_000 or (rest == 6_000_000 and interest % 2):
                    interest += 1
                principal = balance if month == workloads.MONTHS - 1 else payment - interest
                balance -= principal
                rows.append((interest, principal, balance))
                total += interest
        return total

    if peer.startswith("wherewithal"):
        import numpy as np
        import wherewithal

        block = int(peer.split()[3]) if "blocks of" in peer else count
        reuses = "again" in peer or "blocks" in peer
        kept = wherewithal.amortize_batch([1_000] * block, 0, workloads.MONTHS) if reuses else None
        principal = np.array([cents for cents, _ in loans]) / 100
        rate = np.array([millionths for _, millionths in loans]) / 1e6

        def ours() -> int:
            total = 0
            for first in range(0, count, block):
                part = slice(first, first + block)
                found = wherewithal.amortize_batch(principal[part], rate[part], workloads.MONTHS, out=kept)
                if len(found.balance) != block * workloads.MONTHS:
                    raise AssertionError("rows are missing")
                total += int(found.total_interest.sum())
            return total

        return ours, error, 1.0
    if peer == "numpy-financial":
        import numpy as np
        import numpy_financial as npf

        principal = np.array([cents for cents, _ in loans])[:, None] / 100
        rate = np.array([millionths for _, millionths in loans])[:, None] / 12e6
        month = np.arange(1, workloads.MONTHS + 1)[None, :]

        def in_floats() -> float:
            interest = npf.ipmt(rate, month, workloads.MONTHS, principal)
            repaid = npf.ppmt(rate, month, workloads.MONTHS, principal)
            _balance = principal + np.cumsum(repaid, axis=1)
            return float(-interest.sum() * 100)

        return in_floats, error, 1.0
    if peer == "amortization":
        from amortization.schedule import amortization_schedule

        def by_package() -> float:
            return 100 * sum(
                float(row.interest if hasattr(row, "interest") else row[2])
                for cents, millionths in loans
                for row in amortization_schedule(cents / 100, millionths / 1e6, workloads.MONTHS)
            )

        return by_package, error, workloads.LOANS / FEW
    return (in_decimals if peer == "decimal" else in_integers), error, workloads.LOANS / FEW


def main() -> None:
    workload, peer, repetitions = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if workload == "w1":
        run, error, scale = portfolios.accumulation(peer)
    elif workload in ("w2", "w3"):
        run, error, scale = portfolios.retirement(workload, peer)
    elif workload.startswith("w4"):
        run, error, scale = internal_rates(workload, peer)
    elif workload.startswith("w5"):
        run, error, scale = level_payments(workload, peer)
    elif workload == "csv":
        run, error, scale = tables.tables()
    elif workload.startswith("w7"):
        run, error, scale = lots.lots(workload, peer)
    else:
        run, error, scale = schedules(peer)
    found = run()
    best = float("inf")
    for _ in range(repetitions):
        start = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - start)
    # Linux counts in kibibytes, macOS in bytes.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps({"seconds": best * scale, "error": error(found), "memory": memory}))


main()
