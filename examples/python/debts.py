"""Several debts: the best order of repayment, the value of a refinancing offer, and the true cost of a loan."""

import wherewithal as ww

debts = [
    {
        "id": "card",
        "balance": "6200",
        "annual_rate": "0.2299",
        "minimum_payment": {"kind": "percent_plus_interest", "fraction": "0.01", "floor": "35"},
    },
    {
        "id": "transfer",
        "balance": "4000",
        "annual_rate": "0.2699",
        "promotions": [{"until": "2026-09-30", "annual_rate": "0"}],
        "minimum_payment": {"kind": "fixed", "amount": "60"},
    },
    {
        "id": "car",
        "balance": "11500",
        "annual_rate": "0.0649",
        "minimum_payment": {"kind": "fixed", "amount": "310"},
    },
]
comparison = ww.debt.payoff_compare(first_payment="2026-01-15", debts=debts, budget={"monthly": "900"})
for result in comparison.strategies:
    print(f"{result.strategy:16} free of debt on {result.debt_free_date}, interest {result.total_interest}")
print(f"best: {comparison.winner}: {comparison.reason}")
print(f"no plan costs less than {comparison.proof.lower_bound}, every rounding in its favour\n")

offer = ww.debt.refinance(
    current_loan={"balance": "310000", "annual_rate": "0.0725", "remaining_months": 336},
    new_loan={"annual_rate": "0.0599", "term_months": 360, "points": "1", "fees": "4200"},
)
print(f"{offer.monthly_saving} saved each month; the costs are back after {offer.break_even.cash} months\n")

loan = ww.debt.schedule(
    principal="310000",
    annual_rate="0.0599",
    advance_date="2026-01-15",
    term_months=360,
    points="1",
    fees=[{"name": "Origination", "amount": "1200"}],
)
print(f"{loan.payment} a month; the annual percentage rate is {loan.annual_percentage_rate:.3%}")
print(loan.schedule.to_pandas()[["date", "interest", "principal", "balance"]].head(3))
