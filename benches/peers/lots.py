"""Tax lots: plain programs in Python, and this library."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import workloads

# The short-term and the long-term gain in units of 10^-8, and the number of matches.
Gains = tuple[int, int, int]


def lots(workload: str, peer: str) -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    trades = workloads.trades(workloads.TRADES)
    expected = workloads.GAINS[workload]

    def error(gains: Gains) -> float:
        return 0.0 if gains == expected else 1.0

    if peer.startswith("wherewithal"):
        run = ours(trades, workload)
        return run, lambda book: error(gains_of(book)), 1.0
    return plain(trades, workload == "w7-hifo", in_decimals=peer == "decimal"), error, 1.0


def plain(
    trades: list[tuple[int, bool, int, int]], highest_first: bool, in_decimals: bool
) -> Callable[[], Gains]:
    """A queue or a heap of lots, with a record of each match."""

    def number(value: int) -> Any:
        return Decimal(value).scaleb(-4) if in_decimals else value

    rows = [(day, is_sale, number(quantity), number(price)) for day, is_sale, quantity, price in trades]

    def in_order() -> Gains:
        lots: deque[list[Any]] = deque()
        short = long = number(0)
        records = []
        for index, (day, is_sale, quantity, price) in enumerate(rows):
            if not is_sale:
                lots.append([quantity, price, day])
                continue
            while quantity > 0:
                lot = lots[0]
                held, cost, bought = lot
                taken = held if held <= quantity else quantity
                gain = taken * (price - cost)
                is_long = day - bought > 365
                if is_long:
                    long += gain
                else:
                    short += gain
                records.append((index, taken, cost, price, gain, is_long))
                if taken == held:
                    lots.popleft()
                else:
                    lot[0] = held - taken
                quantity -= taken
        return scaled(short), scaled(long), len(records)

    def by_cost() -> Gains:
        lots: list[list[Any]] = []
        short = long = number(0)
        records = []
        for index, (day, is_sale, quantity, price) in enumerate(rows):
            if not is_sale:
                heapq.heappush(lots, [-price, index, quantity, day])
                continue
            while quantity > 0:
                lot = lots[0]
                cost, _, held, bought = lot
                taken = held if held <= quantity else quantity
                gain = taken * (price + cost)
                is_long = day - bought > 365
                if is_long:
                    long += gain
                else:
                    short += gain
                records.append((index, taken, -cost, price, gain, is_long))
                if taken == held:
                    heapq.heappop(lots)
                else:
                    lot[2] = held - taken
                quantity -= taken
        return scaled(short), scaled(long), len(records)

    def scaled(gain: Any) -> int:
        return int(gain.scaleb(8)) if in_decimals else gain

    return by_cost if highest_first else in_order


def ours(trades: list[tuple[int, bool, int, int]], workload: str) -> Callable[[], Any]:
    import numpy as np
    import wherewithal

    days, sales, quantity, price = (np.array(column) for column in zip(*trades))
    first_of_day = np.searchsorted(days, days)
    date = np.datetime64("2000-01-01") + days
    kind = sales.astype("uint8")
    sequence = (np.arange(len(days)) - first_of_day).astype("uint32")
    rules = {
        "amount_places": 8,
        "jurisdiction": "none",
        "method": "hifo" if workload == "w7-hifo" else "fifo",
        "long_term_days": 365,
    }
    return lambda: wherewithal.lot_columns(
        date,
        kind,
        quantity,
        quantity_places=4,
        price=price,
        price_places=4,
        sequence=sequence,
        rules=rules,
    )


def gains_of(book: Any) -> Gains:
    rows = book.disposals
    gain = rows["proceeds"] - rows["cost"]
    is_long = rows["term"] == book.terms.index("long")
    return int(gain[~is_long].sum()), int(gain[is_long].sum()), len(gain)
