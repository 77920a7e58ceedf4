"""The money-weighted return of several accounts, from one table of cash flows."""

import pandas as pd

import wherewithal as ww

flows = pd.DataFrame(
    [
        ("brokerage", "2023-01-15", -10_000.0),
        ("brokerage", "2023-09-01", -2_500.0),
        ("brokerage", "2024-12-31", 14_900.0),
        ("retirement", "2022-06-30", -6_000.0),
        ("retirement", "2023-06-30", -6_000.0),
        ("retirement", "2024-12-31", 14_150.0),
        ("new", "2024-12-31", -1_000.0),
    ],
    columns=["account", "date", "amount"],
).astype({"date": "datetime64[s]"})

for account, group in flows.groupby("account"):
    try:
        print(f"{account}: {ww.xirr(group['date'], group['amount']):.3%} a year")
    except ww.NoSolution as error:
        print(f"{account}: no rate, because {error.message} [{error.code}]")

found = ww.time_value.irr(amounts=[-1_000.0, 2_300.0, -1_320.0], all_roots={"lower": -0.5, "upper": 1.0})
print("flows that change sign twice have two rates:", [round(root.rate, 6) for root in found.all_roots or []])
