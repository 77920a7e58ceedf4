"""A rental property, year by year: cash flow, taxes, and what the whole hold returns. And the days on which the rent is due."""

import wherewithal as ww

duplex = ww.cash_flow.property(
    years=8,
    purchase={"price": "400000", "closing_costs": "8000", "improvements": "12000"},
    loans=[{"principal": "300000", "annual_rate": "0.065", "term_months": 360}],
    rents=[{"name": "two flats", "units": 2, "monthly_rent": "1900", "annual_growth": "0.03"}],
    other_income=[{"name": "laundry", "annual_amount": "600"}],
    vacancy_rate="5 %",
    operating_expenses=[
        {"kind": "fixed", "name": "property tax", "annual_amount": "4800", "annual_growth": "0.02"},
        {"kind": "fixed", "name": "insurance", "annual_amount": "1700", "annual_growth": "0.04"},
        {"kind": "fixed", "name": "repairs", "annual_amount": "3000", "annual_growth": "0.03"},
        {"kind": "share_of_income", "name": "management", "share": "8 %"},
    ],
    reserves=[{"kind": "fixed", "name": "roof", "annual_amount": "1500"}],
    sale={"appreciation": "3 %", "cost_rate": "6 %"},
    taxes={"land_share": "20 %", "ordinary_rate": "24 %", "capital_gains_rate": "15 %"},
    discount_rate=0.08,
)

first, ratios = duplex.first_year, duplex.ratios
print(f"NOI {first.net_operating_income}, debt service {first.debt_service}")
print(f"cap rate {ratios.cap_rate:.2%}, cash on cash {ratios.cash_on_cash:.2%}")
print(f"DSCR {ratios.debt_service_coverage:.2f}, break-even occupancy {ratios.break_even_occupancy:.1%}")

print("year        NOI  cash flow  depreciation       tax  after tax      equity")
for year in duplex.years:
    print(
        f"{year.year:4} {year.net_operating_income:>10} {year.cash_flow_before_tax:>10} {year.depreciation:>13}"
        f" {year.tax:>9} {year.cash_flow_after_tax:>10} {year.equity:>11}"
    )

taxes = duplex.sale.taxes
print(
    f"sold for {duplex.sale.price}: a gain of {taxes.gain}, of which depreciation {taxes.recaptured_depreciation}"
)
for name, result in (("before tax", duplex.before_tax), ("after tax", duplex.after_tax)):
    print(
        f"{name}: {result.internal_rate.rate:.2%} a year, {result.equity_multiple:.2f} times the cash invested"
    )

# The rent is due on the last day of the month, and on the business day before a weekend.
due = ww.cash_flow.occurrences(
    start="2026-01-31",
    rule={"frequency": "monthly"},
    month_end="clamp",
    convention="preceding",
    to="2026-06-30",
)
print("rent due:", *(str(found.date) for found in due.occurrences))
