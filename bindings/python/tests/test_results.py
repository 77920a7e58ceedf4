"""Results and inputs of the generated functions: typed, frozen, exact."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wherewithal as ww

HOUSEHOLDS = Path(__file__).resolve().parents[3] / "examples" / "households"
DATES = {"term_months": 360, "first_payment": "2026-01-01"}
LOAN = {"principal": "400000", "annual_rate": "0.065"} | DATES


def test_a_result_has_pythons_own_types() -> None:
    loan = ww.debt.amortize(**LOAN)
    assert loan.payment == Decimal("2528.27")
    assert str(loan.schedule[-1].balance) == "0.00"
    assert loan.payoff_date == datetime.date(2055, 12, 1)
    first = loan.schedule[0]
    assert type(first) is ww.types.AmortizationRow
    assert (type(first.number), type(first.interest)) == (int, Decimal)
    assert type(ww.time_value.effect(nominal_rate=0.12, periods_per_year=12).value) is float


@pytest.mark.parametrize(
    "principal",
    ["400000", 400000, Decimal("400000.00"), Decimal("4E5"), 400000.0, np.float64(4e5), np.int64(400000)],
)
def test_a_decimal_may_be_text_an_integer_a_decimal_or_an_exact_float(principal: object) -> None:
    assert ww.debt.amortize(**LOAN | {"principal": principal}).payment == Decimal("2528.27")


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        datetime.date(2026, 1, 1),
        datetime.datetime(2026, 1, 1, 23, 59),
        np.datetime64("2026-01-01"),
        np.datetime64("2026-01-01T12:00:00", "ns"),
        pd.Timestamp("2026-01-01"),
    ],
)
def test_a_date_may_come_from_any_library(day: object) -> None:
    assert ww.debt.amortize(**LOAN | {"first_payment": day}).payoff_date == datetime.date(2055, 12, 1)


def test_choices_are_spelled_in_snake_case() -> None:
    down = ww.debt.amortize(**LOAN | {"rounding": "down"})
    even = ww.debt.amortize(**LOAN | {"rounding": "half_even"})
    assert down.schedule[0].interest == Decimal("2166.66") < even.schedule[0].interest


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"principal": "-1"}, "amount.out_of_range", "principal"),
        ({"principal": "12,5"}, "decimal.malformed", "principal"),
        ({"principal": 0.1234567890123456}, "decimal.inexact", "principal"),
        ({"principal": float("nan")}, "number.not_finite", "principal"),
        ({"principal": Decimal("NaN")}, "decimal.malformed", "principal"),
        ({"principal": True}, "input.invalid", "principal"),
        ({"principal": object()}, "input.invalid", "principal"),
        ({"principal": np.array([1.0, 2.0])}, "input.invalid", "principal"),
        ({"term_months": 360.5}, "input.invalid", "term_months"),
        ({"term_months": 0}, "term.out_of_range", "term_months"),
        ({"first_payment": "2026-02-30"}, "date.out_of_range", "first_payment"),
        ({"first_payment": 20260101}, "input.invalid", "first_payment"),
        ({"first_payment": pd.NaT}, "date.malformed", "first_payment"),
        ({"rounding": "sideways"}, "input.invalid", "rounding"),
        ({"annual_rate": 6.5}, "rate.out_of_range", "annual_rate"),
        ({"annual_rate": "1"}, "rate.out_of_range", "annual_rate"),
        ({"annual_rate": 1 / 3}, "decimal.inexact", "annual_rate"),
    ],
)
def test_a_bad_input_is_an_error_with_code_and_path(changes: dict[str, object], code: str, path: str) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(**LOAN | changes)
    assert (caught.value.code, caught.value.path) == (code, path)
    assert str(caught.value) == f"{path}: {caught.value.message} [{code}]"


@pytest.mark.parametrize(
    "missing", [None, float("nan"), np.float32("nan"), pd.NaT, pd.NA, Decimal("NaN"), np.datetime64("NaT")]
)
def test_an_empty_cell_leaves_an_optional_field_out(missing: object) -> None:
    plain = ww.debt.amortize(**LOAN)
    assert ww.debt.amortize(**LOAN, payment=missing, extra_monthly_payment=missing, rounding=missing) == plain
    row = pd.DataFrame([LOAN | {"payment": missing}, LOAN | {"payment": "3000"}]).to_dict("records")[0]
    assert ww.debt.amortize(row) == plain


def test_a_missing_field_stands_in_the_path_in_pythons_spelling() -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(principal="400000", first_payment="2026-01-01", term_months=360)
    assert (caught.value.code, caught.value.path) == ("input.missing_field", "annual_rate")
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.schedule(principal="1", unpaid_interest={"cap": 2})
    assert caught.value.path.startswith("unpaid_interest.") or "_" in caught.value.message


def test_a_whole_number_may_be_a_float() -> None:
    assert ww.debt.amortize(**LOAN | {"term_months": 360.0}) == ww.debt.amortize(**LOAN)
    assert ww.debt.amortize(**LOAN | {"term_months": np.float64(360)}) == ww.debt.amortize(**LOAN)


def test_a_percentage_is_exact_and_one_that_is_meant_has_its_sign() -> None:
    assert ww.percent("6.57") == ww.percent(6.57) == Decimal("0.0657")
    assert ww.percent(650) == Decimal("6.5")
    assert ww.percent(Decimal("1E+2")) == 1
    assert ww.percent(np.float64(0.1)) == Decimal("0.001")
    assert str(ww.percent("-12.50")) == "-0.1250"
    for wrong in ("6.5 %", "", "1e3", "nan", float("inf"), True, None, [6.5], pd.Series([6.5])):
        with pytest.raises(ww.InvalidInput) as caught:
            ww.percent(wrong)  # type: ignore[arg-type]
        assert caught.value.code == "decimal.malformed"
    rate = ww.percent("6.57")
    by_percent = ww.debt.amortize(**LOAN | {"annual_rate": rate})
    assert by_percent == ww.debt.amortize(**LOAN | {"annual_rate": "6.57 %"})
    assert by_percent == ww.debt.amortize(**LOAN | {"annual_rate": 6.57 / 100})


def test_a_record_knows_that_its_rates_are_fractions() -> None:
    loan = ww.types.Loan(**LOAN | {"annual_rate": "391 %"})
    assert loan.annual_rate == Decimal("3.91")
    payday = ww.debt.amortize(loan)
    assert payday == ww.debt.amortize(**LOAN | {"annual_rate": "391 %"})
    assert '"391 %"' in loan.to_json()
    assert ww.types.Loan.from_json(loan.to_json()) == loan
    shorter = loan.replace(term_months=12)
    assert (shorter.annual_rate, shorter.term_months) == (loan.annual_rate, 12)
    assert ww.debt.amortize(shorter) == ww.debt.amortize(loan, term_months=12)
    with pytest.raises(ww.InvalidInput):
        loan.replace(annual_rate=3.91)
    floats = ww.types.SimulationInput(initial_balance=1, months=12, expected_return="120 %", volatility=0)
    assert floats.expected_return == 1.2
    assert ww.simulation.run(floats, paths=1).success.probability == 1.0


def test_the_class_of_an_error_says_what_a_caller_can_do() -> None:
    assert issubclass(ww.WherewithalError, ValueError)
    with pytest.raises(ww.NotFound) as unknown:
        ww.call("debt.amortise", "{}")
    assert unknown.value.code == "operation.unknown"
    with pytest.raises(ww.TooLarge):
        ww.call("debt.amortize", " " * (16 * 1024 * 1024 + 1))
    with pytest.raises(ww.NoSolution):
        ww.irr([1.0, 2.0])
    again = pickle.loads(pickle.dumps(unknown.value))
    assert (type(again), again.code, again.message) == (
        ww.NotFound,
        unknown.value.code,
        unknown.value.message,
    )


def test_a_result_does_not_change_and_compares_by_value() -> None:
    loan, same = ww.debt.amortize(**LOAN), ww.debt.amortize(**LOAN)
    other = ww.debt.amortize(**LOAN | {"principal": "400001"})
    assert loan == same != other
    assert hash(loan.schedule[0]) == hash(same.schedule[0])
    with pytest.raises(AttributeError):
        loan.payment = Decimal(1)
    with pytest.raises(AttributeError):
        del loan.payment
    assert pickle.loads(pickle.dumps(loan)) == loan == copy.deepcopy(loan)
    match loan.schedule[0]:
        case ww.types.AmortizationRow(number, date):
            assert (number, date) == (1, datetime.date(2026, 1, 1))


def test_a_result_reads_well() -> None:
    row = ww.debt.amortize(**LOAN).schedule[0]
    assert repr(ww.time_value.effect(nominal_rate=0.5, periods_per_year=1)).endswith("(value=0.5)")
    assert repr(row).splitlines()[:3] == [
        "AmortizationRow(",
        "    number=1,",
        "    date=datetime.date(2026, 1, 1),",
    ]
    loan = ww.debt.amortize(**LOAN)
    assert "schedule=<360 x AmortizationRow>" in repr(loan)
    html = loan._repr_html_()
    assert "<td>payment</td><td>2528.27</td>" in html
    assert "<td>schedule</td><td>&lt;360 x AmortizationRow&gt;</td>" in html
    assert html.endswith("<p>Amortization</p>")
    assert len(ww.Household.from_file(HOUSEHOLDS / "rivera.json")._repr_html_()) < 3000


def test_a_long_list_is_cut_in_a_notebook() -> None:
    history = ww.types.MarketHistory(
        asset_classes=["stocks"], periods_per_year=12, returns=[[0.01 * month] for month in range(1, 99)]
    )
    assert "<td>returns</td><td>98 x list</td>" in history._repr_html_()
    assert "<td>asset_classes</td><td>[&#x27;stocks&#x27;]</td>" in history._repr_html_()


def test_a_record_becomes_a_dictionary_and_json_and_comes_back() -> None:
    loan = ww.types.Loan(**LOAN)
    assert (loan.principal, loan.rounding, loan.payment) == (Decimal(400000), "half_even", None)
    assert loan.to_dict()["first_payment"] == datetime.date(2026, 1, 1)
    assert ww.types.Loan.from_dict(loan.to_dict()) == loan
    assert ww.types.Loan.from_json(loan.to_json()) == loan
    assert json.loads(loan.to_json())["annualRate"] == "0.065"
    assert loan.replace(term_months=180).term_months == 180
    result = ww.debt.amortize(**LOAN)
    assert result.to_dict()["schedule"][0]["interest"] == Decimal("2166.67")


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("{", "input.malformed", ""),
        ("[]", "input.invalid", ""),
        ('{"principal": "1"}', "input.missing_field", "annualRate"),
        ('{"annual_rate": "1"}', "input.unknown_field", "annual_rate"),
        (
            json.dumps({"principal": "x", "annualRate": 0, "termMonths": 1, "firstPayment": ""}),
            "decimal.malformed",
            "principal",
        ),
    ],
)
def test_a_record_that_cannot_be_read_says_where(text: str, code: str, path: str) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.types.Loan.from_json(text)
    assert (caught.value.code, caught.value.path) == (code, path)


def test_an_unknown_field_is_refused_wherever_it_is() -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.types.Loan(**LOAN, colour="red")
    assert (caught.value.code, caught.value.path) == ("input.unknown_field", "colour")
    household = json.loads((HOUSEHOLDS / "rivera.json").read_text())
    household["accounts"][1]["colour"] = "red"
    with pytest.raises(ww.InvalidInput) as caught:
        ww.Household.from_dict(household)
    assert (caught.value.code, caught.value.path) == ("input.unknown_field", "accounts[1].colour")
    with pytest.raises(ww.InvalidInput) as caught:
        ww.net_worth.statement(household=household)
    assert (caught.value.code, caught.value.path) == ("input.unknown_field", "household.accounts[1].colour")


def test_a_file_of_another_document_says_what_reads_it(tmp_path: Path) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.types.RetirementPlan.from_file(HOUSEHOLDS / "rivera.json")
    assert "this is a household document, which `Household.from_file` reads" in caught.value.message
    plans = HOUSEHOLDS.parent / "plans"
    with pytest.raises(ww.InvalidInput) as caught:
        ww.Household.from_file(plans / "couple.json")
    assert "this is a retirement plan, which `types.RetirementPlan.from_file` reads" in caught.value.message
    # A file that is neither gets an error about its fields.
    other = tmp_path / "other.json"
    other.write_text('{"version": 1, "people": []}')
    with pytest.raises(ww.InvalidInput) as caught:
        ww.types.RetirementPlan.from_file(other)
    assert "document" not in caught.value.message


@pytest.mark.parametrize(
    "path",
    sorted(set(HOUSEHOLDS.glob("*.json")) - set(HOUSEHOLDS.glob("*.schema.json"))),
    ids=lambda path: path.stem,
)
def test_a_household_is_the_same_as_a_record_a_dictionary_and_a_file(path: Path) -> None:
    household = ww.Household.from_file(path)
    assert ww.Household.from_json(household.to_json()) == household
    assert ww.Household.from_dict(household.to_dict()) == household
    raw = json.loads(ww.call("net_worth.statement", json.dumps({"household": json.loads(path.read_text())})))
    statement = ww.net_worth.statement(household)
    assert json.loads(statement.to_json()) == raw
    assert ww.net_worth.statement(household=household.to_dict()) == statement
    assert ww.net_worth.statement(household=json.loads(path.read_text())) == statement


def test_a_plan_is_built_from_a_household() -> None:
    plan = ww.plan.build(ww.Household.from_file(HOUSEHOLDS / "rivera.json"), paths=500, seed=7)
    assert 0.0 <= plan.result.success.probability <= 1.0
    assert plan.result.fan.to_pandas().shape[0] == len(plan.result.fan) > 0


def test_a_whole_input_goes_straight_into_its_operation() -> None:
    loan = ww.types.Loan(**LOAN)
    expected = ww.debt.amortize(**LOAN)
    assert ww.debt.amortize(loan) == ww.debt.amortize(LOAN) == ww.debt.amortize(loan.to_dict()) == expected
    assert ww.debt.amortize(json.loads(loan.to_json())) == expected
    shorter = ww.debt.amortize(**LOAN | {"term_months": 180})
    assert ww.debt.amortize(loan, term_months=180) == ww.debt.amortize(LOAN, term_months=180) == shorter
    assert ww.debt.amortize({"principal": "400000", "annualRate": "0.065"}, **DATES) == expected


def test_an_input_that_holds_a_record_takes_either_by_its_place() -> None:
    household = ww.Household.from_file(HOUSEHOLDS / "rivera.json")
    whole = ww.types.PlanInput(household=household, paths=200, seed=3)
    seen: list[tuple[int, int]] = []

    def on_progress(done: int, total: int) -> None:
        seen.append((done, total))

    plan = ww.plan.build(whole, on_progress=on_progress)
    assert plan == ww.plan.build(household, paths=200, seed=3)
    assert plan != ww.plan.build(whole, seed=4)
    assert seen


@pytest.mark.parametrize(("whole", "found"), [(400_000, "400000"), (None, "null"), ([LOAN], "a list")])
def test_what_is_no_whole_input_is_refused(whole: object, found: str) -> None:
    with pytest.raises(ww.InvalidInput, match=f'expected an object such as .*"principal": .*, got {found}'):
        ww.debt.amortize(whole)


def test_one_argument_goes_by_its_place() -> None:
    with pytest.raises(TypeError, match="amortize.* one positional argument, a types.Loan in one piece"):
        ww.debt.amortize(ww.types.Loan(**LOAN), 1)


def test_a_call_that_does_not_fit_is_explained() -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(**DATES, annual_rate=0, principle=1)
    assert caught.value.message == "unknown field `principle`; did you mean `principal`?"
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(term_months=12)
    assert caught.value.message == "missing fields `principal`, `annual_rate`, `first_payment`"
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(**LOAN, on_progress=print)
    assert (caught.value.code, caught.value.path) == ("input.unknown_field", "on_progress")


def test_a_field_that_is_unknown_in_a_whole_input_is_refused() -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(LOAN | {"colour": "red"})
    assert (caught.value.code, caught.value.path) == ("input.unknown_field", "colour")
    with pytest.raises(ww.InvalidInput) as caught:
        ww.debt.amortize(**LOAN, colour="red")
    assert (caught.value.code, caught.value.path) == ("input.unknown_field", "colour")


def test_a_record_of_a_union_belongs_to_it() -> None:
    rule = ww.types.SpendingRule.from_dict({"kind": "percent_of_portfolio", "rate": 0.04})
    assert type(rule) is ww.types.SpendingRulePercentOfPortfolio
    assert isinstance(rule, ww.types.SpendingRule)
    assert rule == ww.types.SpendingRulePercentOfPortfolio(rate=0.04)
    assert ww.types.SpendingRule.from_json(rule.to_json()) == rule
    assert pickle.loads(pickle.dumps(rule)) == rule
    with pytest.raises(TypeError, match="SpendingRulePercentOfPortfolio"):
        ww.types.SpendingRule(rate=0.04)
    with pytest.raises(ww.InvalidInput) as caught:
        ww.types.SpendingRule.from_dict({"kind": "percent_of_portfolo"})
    assert (caught.value.code, caught.value.path) == ("input.invalid", "kind")
    assert caught.value.message.endswith('did you mean "percent_of_portfolio"?')
    assert ww.types.SpendingRule.from_dict({"kind": "percentOfPortfolio", "rate": 0.04}) == rule
