"""A mortgage: its cost, the savings of extra payments, and the schedule by year."""

import pandas as pd

import wherewithal as ww

terms = {"principal": "400000", "annual_rate": "0.065", "term_months": 360, "first_payment": "2026-01-01"}
loan = ww.debt.amortize(**terms)
print(f"{loan.payment} a month, {loan.total_interest} interest in all, paid off on {loan.payoff_date}")

faster = ww.debt.amortize(**terms, extra_monthly_payment="250")
saved = loan.total_interest - faster.total_interest
print(f"250 more each month saves {saved} and ends on {faster.payoff_date}")

schedule = loan.schedule.to_pandas()
by_year = schedule.groupby(schedule["date"].dt.year)[["interest", "principal"]].sum()
by_year["balance"] = schedule.groupby(schedule["date"].dt.year)["balance"].last()
print(by_year.head())

rates = pd.Series([0.05, 0.06, 0.07], index=["low", "middle", "high"], name="payment")
print(ww.pmt(rates / 12, 360, 400_000).round(2))
