"""The workloads, from one generator, so that all peers do the same work."""

from __future__ import annotations

import datetime

EPOCH = datetime.date(2000, 1, 1)
MANY, SHORT, LONG = 10_000, 50, 1_000
ROWS = 1_000_000
TRADES = 150_000
LOANS, MONTHS = 10_000, 360


class Generator:
    """x = 1664525 x + 1013904223 mod 2^32."""

    def __init__(self, seed: int) -> None:
        self.x = seed

    def unit(self) -> float:
        self.x = (1664525 * self.x + 1013904223) & 0xFFFFFFFF
        return self.x / 4294967296.0


def series(seed: int, flows: int) -> tuple[list[int], list[float], float]:
    """Days after 2000-01-01, amounts, and their rate (actual/365)."""
    generator = Generator(seed)
    rate = -0.05 + 0.25 * generator.unit()
    days = [index * 7300 // (flows - 1) for index in range(flows)]
    amounts = [-10_000.0]
    for _ in range(1, flows - 1):
        direction = generator.unit()
        size = 100.0 + 900.0 * generator.unit()
        amounts.append(-size if direction < 0.85 else size)
    amounts.append(-sum(a * (1 + rate) ** ((7300 - day) / 365.0) for a, day in zip(amounts, days)))
    return days, amounts, rate


def level_payments() -> tuple[list[float], list[float], list[float]]:
    """Monthly rates, numbers of months and present values."""
    generator = Generator(5)
    rates, terms, values = [], [], []
    for _ in range(ROWS):
        rates.append((0.02 + 0.08 * generator.unit()) / 12)
        terms.append(float(60 + int(421 * generator.unit())))
        values.append(1e4 + 99e4 * generator.unit())
    return rates, terms, values


def loans(count: int) -> list[tuple[int, int]]:
    """Principals in cents and annual rates in millionths."""
    generator = Generator(99)
    return [
        (5_000_000 + int(generator.unit() * 95_000_000), 20_000 + int(generator.unit() * 80_000))
        for _ in range(count)
    ]


def trades(count: int) -> list[tuple[int, bool, int, int]]:
    """Days after 2000-01-01, whether it is a sale, and shares and prices in ten-thousandths; every third is a sale."""
    generator = Generator(7)
    held, found = 0, []
    for index in range(count):
        day = index * 7300 // count
        of_wave = day % 2920
        price = 500_000 + min(of_wave, 2920 - of_wave) * 600 + int(generator.unit() * 200_000)
        quantity = 10_000 + int(generator.unit() * 1_000_000)
        is_sale = index % 3 == 2
        if is_sale:
            quantity = min(int(quantity * 1.57), held)
        held += -quantity if is_sale else quantity
        if quantity > 0:
            found.append((day, is_sale, quantity, price))
    return found


# What they come to, by Python's decimal module: the short-term and the long-term gain in units of 10^-8, and the number of
# matches of a sale with a lot.
GAINS = {
    "w7-fifo": (837_361_345_305_161, -1_151_220_939_008_721, 128_413),
    "w7-hifo": (-1_575_093_088_177_945, -1_653_136_643_532_099, 128_371),
}


# Names, mean returns and volatilities of five asset classes, their shares in the portfolio, and their correlations, last
# those of inflation.
ASSET_CLASSES = [
    ("shares", 0.07, 0.16),
    ("small companies", 0.075, 0.19),
    ("bonds", 0.035, 0.06),
    ("real estate", 0.05, 0.13),
    ("cash", 0.02, 0.01),
]
WEIGHTS = [0.4, 0.2, 0.25, 0.1, 0.05]
CORRELATIONS = [
    [1.0, 0.8, 0.15, 0.6, 0.0, -0.1],
    [0.8, 1.0, 0.1, 0.55, 0.0, -0.1],
    [0.15, 0.1, 1.0, 0.2, 0.3, -0.2],
    [0.6, 0.55, 0.2, 1.0, 0.05, 0.1],
    [0.0, 0.0, 0.3, 0.05, 1.0, 0.4],
    [-0.1, -0.1, -0.2, 0.1, 0.4, 1.0],
]


def history() -> tuple[list[list[float]], list[float]]:
    """Returns of the five and inflation in 1,200 months."""
    generator = Generator(7)

    def shock() -> float:
        return sum(generator.unit() for _ in range(12)) - 6

    returns, inflation = [], []
    for _ in range(1_200):
        returns.append([mean / 12 + deviation / 12**0.5 * shock() for _, mean, deviation in ASSET_CLASSES])
        inflation.append(0.025 / 12 + 0.012 / 12**0.5 * shock())
    return returns, inflation


# The exact interest by the number of loans, in cents, by Python's decimal module.
INTEREST = {300: 17_317_401_286, 10_000: 616_532_717_910}
