"""Tables of text: pandas, with dates and exact decimals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

from workloads import Generator

ROWS = 1_000_000


def card_activity(rows: int) -> tuple[str, int]:
    """The activity of a card of Chase as CSV, over twenty years, and the sum of its amounts in cents."""
    generator, start, total = Generator(2026), date(2000, 1, 1), 0
    lines = ["Transaction Date,Post Date,Description,Category,Type,Amount,Memo"]
    for row in range(rows):
        day = start + timedelta(days=row * 7300 // rows)
        posted = day + timedelta(days=1)
        merchant = int(generator.unit() * 200)
        cents = 1 + int(generator.unit() * 20_000)
        total -= cents
        dates = f"{day:%m/%d/%Y},{posted:%m/%d/%Y}"
        lines.append(f"{dates},STORE {merchant:03} MAIN ST,Shopping,Sale,-{cents // 100}.{cents % 100:02},")
    return "\n".join(lines) + "\n", total


def tables() -> tuple[Callable[[], Any], Callable[[Any], float], float]:
    import pandas as pd

    text, total = card_activity(ROWS)

    def run() -> Any:
        frame = pd.read_csv(StringIO(text), dtype={"Amount": str})
        for name in ("Transaction Date", "Post Date"):
            frame[name] = pd.to_datetime(frame[name], format="%m/%d/%Y")
        frame["Amount"] = frame["Amount"].map(Decimal)
        return frame

    return run, lambda frame: 0.0 if sum(frame["Amount"]) * 100 == total else 1.0, 1.0
