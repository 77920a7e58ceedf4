"""An analyst's first hour: a mortgage for each row of a frame, XIRR by group, a plan from a file with its yearly table and
a plot. Nothing is converted by hand."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest

import wherewithal as ww

matplotlib.use("Agg")
from matplotlib import pyplot

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def run() -> ww.types.RetirementResult:
    plan = ww.types.RetirementPlan.from_file(EXAMPLES / "plans" / "couple.json")
    return ww.retirement.run(plan, paths=500)


def test_mortgages_from_a_column_of_percents() -> None:
    loans = pd.DataFrame(
        {"principal": [400_000.0, 250_000.0, np.nan], "pct": [6.57, 5.25, 7.0], "months": [360, 180, None]}
    )
    loans = loans.dropna()
    # The months have become floats, and the percents divided by 100 are not exact in binary.
    assert loans["months"].dtype == np.float64
    assert repr(6.57 / 100) == "0.06570000000000001"
    payments = []
    for loan in loans.itertuples():
        terms = ww.debt.amortize(
            principal=loan.principal,
            annual_rate=loan.pct / 100,
            term_months=loan.months,
            first_payment="2026-01-01",
        )
        payments.append(terms.payment)
    batch = ww.amortize_batch(loans["principal"], loans["pct"] / 100, loans["months"])
    assert [int(payment * 100) for payment in payments] == batch.payment.tolist()
    assert (-ww.pmt(loans["pct"] / 1200, loans["months"], loans["principal"])).round(2).tolist() == [
        float(payment) for payment in payments
    ]


def test_a_schedule_is_described_and_summed_by_year() -> None:
    loan = ww.debt.amortize(
        principal="400000", annual_rate="6.57 %", term_months=360, first_payment="2026-01-01"
    )
    exact, floats = loan.schedule.to_pandas(), loan.schedule.to_pandas(decimals="float")
    assert exact["interest"].sum() == loan.total_interest
    assert floats.describe()["interest"]["count"] == 360
    by_year = exact.groupby(exact["date"].dt.year)["interest"].sum()
    assert by_year.sum() == loan.total_interest
    assert by_year.index.tolist() == list(range(2026, 2056))


def test_xirr_by_group() -> None:
    flows = pd.DataFrame(
        {
            "fund": ["a", "a", "b", "b", "c"],
            "date": pd.to_datetime(["2024-01-01", "2025-01-01", "2024-01-01", "2025-01-01", "2025-01-01"]),
            "amount": [-100.0, 110.0, -100.0, 95.0, -100.0],
        }
    )
    rates = flows.groupby("fund")[["date", "amount"]].apply(
        lambda group: ww.xirr(group["date"], group["amount"], on_error="nan")
    )
    # 2024 has 366 days, and a year of XIRR has 365.
    assert rates["a"] == pytest.approx(1.1 ** (365 / 366) - 1)
    assert rates["b"] == pytest.approx(0.95 ** (365 / 366) - 1)
    assert np.isnan(rates["c"])


def test_the_years_of_a_plan_are_a_table(run: ww.types.RetirementResult) -> None:
    years = run.years.to_pandas()
    assert years["year"].tolist() == [row.year for row in run.years]
    assert {"income", "taxes", "spending", "balance"} <= set(years.columns)
    assert run.years.nested == ["withdrawals", "properties"]
    assert len(run.years["withdrawals"]) == len(years)

    withdrawals = run.years.unnest("withdrawals").to_pandas()
    by_account = withdrawals.pivot(index="year", columns="account", values="amount")
    assert by_account.columns.tolist() == sorted(row.account for row in run.years[0].withdrawals)
    assert by_account.loc[years["year"][3]].sum() == pytest.approx(
        sum(row.amount for row in run.years[3].withdrawals)
    )


def test_a_path_of_a_plan_is_a_table(run: ww.types.RetirementResult) -> None:
    plan = ww.types.RetirementPlan.from_file(EXAMPLES / "plans" / "couple.json")
    ledger = ww.retirement.path(plan.replace(paths=500), path=run.worst_path.path)
    frame = ledger.rows.to_pandas()
    assert frame["year"].is_monotonic_increasing and "spending" in frame
    accounts = ledger.rows.unnest("accounts")
    assert len(accounts) == sum(len(row.accounts) for row in ledger.rows)
    assert {"year", "price_level"} < set(accounts.columns)
    with pytest.raises(KeyError, match="possible are"):
        ledger.rows.unnest("year")


def test_the_fan_of_a_plan_is_drawn_by_the_calendar(run: ww.types.RetirementResult) -> None:
    axes = run.fan.plot("real")
    assert axes.get_xlabel() == "year"
    first, last = axes.get_xlim()
    running = [row.year for row in run.years if row.running >= 0.1]
    assert (first, last) == (run.years[0].year, running[-1] + 1)
    assert any("," in text.get_text() for text in axes.get_yticklabels())
    bands = [patch.get_facecolor() for patch in axes.collections]
    assert len({tuple(color[0]) for color in bands}) == len(bands) > 1
    assert run.fan.plot("real", start=62).get_xlabel() == "age"
    pyplot.close("all")


def test_the_schedule_of_a_loan_is_drawn_by_its_balance() -> None:
    loan = ww.debt.amortize(
        principal="400000", annual_rate="0.065", term_months=360, first_payment="2026-01-01"
    )
    (line,) = loan.schedule.plot().get_lines()
    assert line.get_label() == "balance"
    assert line.get_ydata()[-1] == 0
    both = loan.schedule.plot(["interest", "principal"])
    assert [line.get_label() for line in both.get_lines()] == ["interest", "principal"]
    assert both.get_xlabel() == "date"
    pyplot.close("all")


def test_a_history_is_a_frame() -> None:
    history = ww.market.history(
        first_year=2020, last_year=2022, asset_classes=["large_stocks", "treasury_bonds"]
    )
    frame = history.to_pandas()
    assert frame.index.tolist() == [2020, 2021, 2022]
    assert frame.columns.tolist() == [*history.history.asset_classes, "inflation", "cape"]
    assert frame.iloc[0].tolist()[:2] == history.history.returns[0]
    assert (1 + frame).prod().notna().all()


def test_a_record_reads_well_in_a_notebook_and_in_a_terminal(run: ww.types.RetirementResult) -> None:
    assert "<table>" in run._repr_html_() and "<table>" in run.success._repr_html_()
    depth = 0
    for line in repr(run).splitlines():
        indent = len(line) - len(line.lstrip())
        closes = line.lstrip().startswith((")", "]"))
        depth -= closes
        assert indent == 4 * depth, line
        depth += line.rstrip().endswith(("(", "["))
    assert depth == 0
