"""Array functions against numpy-financial and pyxirr, and the forms of what they return."""

from __future__ import annotations

import datetime
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import numpy_financial as npf
import pandas as pd
import polars as pl
import pytest
import pyxirr

import wherewithal as ww

RNG = np.random.default_rng(20260101)
ROWS = 200
RATE = RNG.uniform(0.001, 0.02, ROWS)
NPER = RNG.integers(12, 480, ROWS)
PV = RNG.uniform(1e4, 1e6, ROWS)
PMT = -PV * RATE * RNG.uniform(1.5, 3.0, ROWS) / (1 - (1 + RATE) ** -NPER.astype(float))

DAYS = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
DATES = [datetime.date.fromisoformat(day) for day in DAYS]
AMOUNTS = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0]


@pytest.mark.parametrize("when", ["end", "begin"])
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda when: ww.fv(RATE, NPER, PMT, PV, when), lambda when: npf.fv(RATE, NPER, PMT, PV, when)),
        (lambda when: ww.pv(RATE, NPER, PMT, 7.0, when), lambda when: npf.pv(RATE, NPER, PMT, 7.0, when)),
        (lambda when: ww.pmt(RATE, NPER, PV, 7.0, when), lambda when: npf.pmt(RATE, NPER, PV, 7.0, when)),
        (lambda when: ww.nper(RATE, PMT, PV, 0.0, when), lambda when: npf.nper(RATE, PMT, PV, 0.0, when)),
        (
            lambda when: ww.ipmt(RATE, 7, NPER, PV, 0.0, when),
            lambda when: npf.ipmt(RATE, 7, NPER, PV, 0.0, when),
        ),
        (
            lambda when: ww.ppmt(RATE, 7, NPER, PV, 0.0, when),
            lambda when: npf.ppmt(RATE, 7, NPER, PV, 0.0, when),
        ),
        (lambda when: ww.rate(NPER, npf.pmt(RATE, NPER, PV, 0.0, when), PV, 0.0, when), lambda when: RATE),
    ],
    ids=["fv", "pv", "pmt", "nper", "ipmt", "ppmt", "rate"],
)
def test_level_payments_agree_with_numpy_financial(
    ours: Callable[[str], Any], theirs: Callable[[str], Any], when: str
) -> None:
    np.testing.assert_allclose(ours(when), theirs(when), rtol=1e-9)


def test_sums_of_payments_agree_with_pyxirr() -> None:
    for rate, nper, pv in zip(RATE[:20], NPER[:20].tolist(), PV[:20]):
        for begin, when in ((False, "end"), (True, "begin")):
            arguments = (rate, nper, pv, 3, 11)
            ours = [function(*arguments, when=when) for function in (ww.cumipmt, ww.cumprinc)]
            theirs = [
                function(*arguments, pmt_at_beginning=begin) for function in (pyxirr.cumipmt, pyxirr.cumprinc)
            ]
            assert ours == pytest.approx(theirs, rel=1e-9)


def test_series_of_cash_flows_agree_with_numpy_financial_and_pyxirr() -> None:
    flows = [-100.0, 39.0, 59.0, 55.0, 20.0]
    assert ww.irr(flows) == pytest.approx(npf.irr(flows), rel=1e-12)
    assert ww.npv(0.08, flows) == pytest.approx(npf.npv(0.08, flows), rel=1e-12)
    assert ww.npv(0.08, flows, start_from_zero=False) == pytest.approx(
        pyxirr.npv(0.08, flows, start_from_zero=False)
    )
    assert ww.mirr(flows, 0.1, 0.12) == pytest.approx(npf.mirr(flows, 0.1, 0.12), rel=1e-12)
    assert ww.nfv(0.05, 6, flows) == pytest.approx(pyxirr.nfv(0.05, 6, flows), rel=1e-12)
    assert ww.xnpv(0.09, DATES, AMOUNTS) == pytest.approx(pyxirr.xnpv(0.09, DATES, AMOUNTS), rel=1e-12)
    assert ww.xnfv(0.09, DATES, AMOUNTS) == pytest.approx(pyxirr.xnfv(0.09, DATES, AMOUNTS), rel=1e-12)
    assert ww.xirr(DATES, AMOUNTS) == pytest.approx(pyxirr.xirr(DATES, AMOUNTS), rel=1e-9)
    days = [datetime.date(2011, 2, 1), datetime.date(2011, 3, 1), datetime.date(2012, 2, 1)]
    assert ww.xfv(*days, 0.00142, 0.00246, 1e5) == pytest.approx(
        pyxirr.xfv(*days, 0.00142, 0.00246, 1e5), rel=1e-12
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("actual365_fixed", "ACT_365F"),
        ("actual36525", "ACT_365_25"),
        ("actual364", "ACT_364"),
        ("actual360", "ACT_360"),
        ("actual_actual_isda", "ACT_ACT_ISDA"),
        ("thirty360_us", "THIRTY_U_360"),
        ("thirty_e360", "THIRTY_E_360"),
        ("thirty360_bond_basis", "THIRTY_360_ISDA"),
        ("no_leap365", "NL_365"),
    ],
)
def test_day_counts_go_by_their_names(ours: str, theirs: str) -> None:
    expected = pyxirr.xirr(DATES, AMOUNTS, day_count=getattr(pyxirr.DayCount, theirs))
    assert ww.xirr(DATES, AMOUNTS, day_count=ours) == pytest.approx(expected, rel=1e-9)


def test_conversions_of_rates() -> None:
    # Microsoft's documentation of EFFECT, NOMINAL, RRI and PDURATION.
    assert ww.effect(0.0525, 4) == pytest.approx(0.0535427, abs=5e-8)
    assert ww.nominal(0.053543, 4) == pytest.approx(0.05250032, abs=5e-9)
    assert ww.rri(96, 10000, 11000) == pytest.approx(0.0009933, abs=5e-8)
    assert ww.pduration(0.025, 2000, 2200) == pytest.approx(3.86, abs=5e-3)


# The form of the result.


def test_a_result_has_the_form_of_its_arguments() -> None:
    expected = [ww.pmt(0.01, 12, 1000.0), ww.pmt(0.02, 12, 1000.0)]
    rates = [0.01, 0.02]
    assert all(type(value) is float for value in expected)
    for given in (rates, tuple(rates), iter(rates), [np.float64(0.01), Decimal("0.02")]):
        result = ww.pmt(given, 12, 1000.0)
        assert type(result) is list and result == expected

    array = ww.pmt(np.array(rates), 12, 1000.0)
    assert type(array) is np.ndarray and array.dtype == np.float64 and array.tolist() == expected

    series = ww.pmt(pd.Series(rates, index=["a", "b"], name="rate"), 12, [1000.0, 1000.0])
    assert type(series) is pd.Series and series.to_dict() == dict(zip("ab", expected))
    assert series.name == "rate"

    column = ww.pmt(pl.Series("rate", rates), np.array([12, 12]), 1000.0)
    assert type(column) is pl.Series and column.to_list() == expected
    assert column.name == "rate"


def test_numbers_of_every_kind_are_read() -> None:
    expected = ww.pmt(0.25, 12.0, 1000.0)
    for rate in (np.float32(0.25), np.float64(0.25), np.array(0.25), Decimal("0.25")):
        result = ww.pmt(rate, np.int32(12), np.int64(1000))
        assert type(result) is float and result == expected
    for rates in (
        np.array([0.25], dtype=np.float32),
        np.array([0.25], dtype=object),
        pd.Series([0.25], dtype="Float64"),
        pd.Series([Decimal("0.25")]),
        pl.Series([0.25], dtype=pl.Float32),
    ):
        assert list(ww.pmt(rates, 12, 1000)) == [expected]


def test_arrays_broadcast_as_in_numpy() -> None:
    rates, terms = np.array([[0.01], [0.02]]), np.array([12, 24, 36])
    result = ww.pmt(rates, terms, 1000.0)
    assert result.shape == (2, 3)
    assert result[1, 2] == ww.pmt(0.02, 36, 1000.0)
    assert ww.pmt([[0.01], [0.02]], [12, 24, 36], 1000.0) == result.tolist()
    assert ww.pmt(np.empty((0, 3)), terms, 1.0).shape == (0, 3)
    assert ww.pmt([], 12, 1000.0) == []
    strided = np.tile(RATE, (2, 1)).T[::3]
    assert not strided.flags.c_contiguous
    np.testing.assert_array_equal(ww.pmt(strided, 12, 1e3), ww.pmt(strided.copy(), 12, 1e3))


def test_many_rows_have_the_same_bits_as_one_by_one() -> None:
    rows = 30_000
    rates, terms = RNG.uniform(0.0, 0.02, rows), RNG.integers(1, 480, rows).astype(float)
    together = ww.pmt(rates, terms, 1000.0)
    assert together.tolist() == [
        ww.pmt(rate, term, 1000.0) for rate, term in zip(rates.tolist(), terms.tolist())
    ]


def test_one_series_of_cash_flows_at_many_rates() -> None:
    rates = np.array([0.01, 0.05])
    assert ww.npv(rates, AMOUNTS).tolist() == [ww.npv(rate, AMOUNTS) for rate in rates.tolist()]
    assert ww.xnpv([0.01, 0.05], DATES, AMOUNTS) == [ww.xnpv(rate, DATES, AMOUNTS) for rate in (0.01, 0.05)]


def test_begin_and_end_go_by_name_or_number() -> None:
    assert ww.fv(0.1, 1, -1, 0, when="begin") == ww.fv(0.1, 1, -1, 0, when=1) == pytest.approx(1.1)
    assert (
        ww.fv(0.1, 1, -1, 0) == ww.fv(0.1, 1, -1, 0, "end") == ww.fv(0.1, 1, -1, 0, 0) == pytest.approx(1.0)
    )


# Dates.


def dated_flows() -> list[tuple[Any, ...]]:
    stamps = pd.to_datetime(DAYS)
    return [
        (DAYS, AMOUNTS),
        (DATES, AMOUNTS),
        (tuple(DATES), np.array(AMOUNTS)),
        (iter(DATES), iter(AMOUNTS)),
        ([datetime.datetime(day.year, day.month, day.day, 23, 59) for day in DATES], AMOUNTS),
        ([pd.Timestamp(day) for day in DAYS], AMOUNTS),
        ([np.datetime64(day) for day in DAYS], AMOUNTS),
        (np.array(DAYS, dtype="datetime64[D]"), AMOUNTS),
        (np.array(DAYS, dtype="datetime64[ns]"), AMOUNTS),
        (np.array(DATES, dtype=object), AMOUNTS),
        (stamps, AMOUNTS),
        (pd.Series(stamps), pd.Series(AMOUNTS)),
        (pd.Series(stamps).dt.tz_localize("UTC"), AMOUNTS),
        (pd.Series(DATES), AMOUNTS),
        (pl.Series(DATES), pl.Series(AMOUNTS)),
        (pl.Series(DATES).cast(pl.Datetime("us")), AMOUNTS),
        (pl.Series(DAYS), AMOUNTS),
        (dict(zip(DATES, AMOUNTS)),),
        (list(zip(DAYS, AMOUNTS)),),
        (pd.Series(AMOUNTS, index=stamps),),
        (pd.DataFrame({"date": stamps, "amount": AMOUNTS}),),
        (pl.DataFrame({"date": DATES, "amount": AMOUNTS}),),
    ]


@pytest.mark.parametrize("case", range(len(dated_flows())))
def test_dates_are_read_from_wherever_they_are(case: int) -> None:
    arguments = dated_flows()[case]
    assert ww.xirr(*arguments) == ww.xirr(DAYS, AMOUNTS)


def test_dates_span_the_calendar() -> None:
    for days in (["0001-01-01", "9999-12-31"], [datetime.date.min, datetime.date.max]):
        assert ww.xnpv(0.0, days, [1.0, 2.0]) == 3.0
    with pytest.raises(ww.InvalidInput) as caught:
        ww.xnpv(0.0, np.array(["2020-01-01", "10000-01-01"], dtype="datetime64[D]"), [1.0, 2.0])
    assert (caught.value.code, caught.value.path) == ("date.out_of_range", "dates[1]")


# Errors.

NAN = float("nan")


@pytest.mark.parametrize(
    ("call", "code", "path"),
    [
        (lambda: ww.pmt(NAN, 12, 1), "number.not_finite", "rate"),
        (lambda: ww.pmt([0.1, NAN], 12, 1), "number.not_finite", "rate[1]"),
        (
            lambda: ww.pmt(np.where(np.arange(20_000) == 17_000, np.nan, 0.1), 12, 1),
            "number.not_finite",
            "rate[17000]",
        ),
        (lambda: ww.pmt(pd.Series([0.1, None], dtype="Float64"), 12, 1), "number.not_finite", "rate[1]"),
        (lambda: ww.pmt(pl.Series([0.1, None]), 12, 1), "number.not_finite", "rate[1]"),
        (lambda: ww.pmt([[0.1, 0.2], [0.3, -1.0]], 12, 1), "rate.out_of_range", "rate[1][1]"),
        (lambda: ww.pmt([0.1, 0.2], NAN, 1), "number.not_finite", "nper"),
        (lambda: ww.pmt([0.1, 0.2], [1, 2, 3], 1), "input.invalid", "nper"),
        (lambda: ww.pmt([0.1, [0.2]], 1, 1), "input.invalid", "rate[1]"),
        (lambda: ww.pmt([0.1, None], 1, 1), "input.invalid", "rate[1]"),
        (lambda: ww.pmt("0.1", 1, 1), "input.invalid", "rate"),
        (lambda: ww.pmt(None, 1, 1), "input.invalid", "rate"),
        (lambda: ww.pmt(True, 1, 1), "input.invalid", "rate"),
        (lambda: ww.pmt(np.array(["a"]), 1, 1), "input.invalid", "rate[0]"),
        (lambda: ww.pmt(["6.5 %", "6.5"], 1, 1), "input.invalid", "rate[1]"),
        (lambda: ww.pmt(["6.5 %", 6.5], 1, 1), "rate.out_of_range", "rate[1]"),
        (lambda: ww.pmt(6.5, 12, 10_000), "rate.out_of_range", "rate"),
        (lambda: ww.npv([0.1, 1], [1.0, 2.0]), "rate.out_of_range", "rate[1]"),
        (lambda: ww.pmt(np.array([[0.1, 7.0]]), 12, 1), "rate.out_of_range", "rate[0][1]"),
        (lambda: ww.amortize_batch(1000, 6.5, 12), "rate.out_of_range", "annual_rate"),
        (lambda: ww.amortize_batch(1000, np.array([0.05, 6.5]), 12), "rate.out_of_range", "annual_rate[1]"),
        (lambda: ww.amortize_batch(1000, ["6.5 %", "6.5"], 12), "rate.out_of_range", "annual_rate[1]"),
        (lambda: ww.xirr_batch([DAYS], [AMOUNTS], guess=10), "rate.out_of_range", "guess"),
        (lambda: ww.pmt(0.1, 1, 1, when="middle"), "input.invalid", "when"),
        (lambda: ww.pmt(0.1, 1, 1, when=2), "input.invalid", "when"),
        (lambda: ww.effect(0.1, 1.5), "input.invalid", "periods_per_year"),
        (lambda: ww.effect(-1e9, 1), "rate.out_of_range", "nominal_rate"),
        (lambda: ww.irr(5), "input.invalid", "amounts"),
        (lambda: ww.irr([[1.0, -1.0]]), "input.invalid", "amounts"),
        (lambda: ww.irr([]), "list.empty", "amounts"),
        (lambda: ww.irr([1.0, NAN]), "number.not_finite", "amounts[1]"),
        (lambda: ww.xirr(DAYS, AMOUNTS[1:]), "list.length_mismatch", "dates"),
        (lambda: ww.xirr(["2020-01-01", "soon"], [1, -1]), "date.malformed", "dates[1]"),
        (lambda: ww.xirr([1, 2], [1, -1]), "input.invalid", "dates[0]"),
        (lambda: ww.xirr("2020-01-01", [1]), "input.invalid", "dates"),
        (lambda: ww.xirr([pd.NaT], [1]), "date.malformed", "dates[0]"),
        (
            lambda: ww.xirr(np.array(["2020-01-01", "NaT"], "datetime64[D]"), [1, -1]),
            "date.malformed",
            "dates[1]",
        ),
        (lambda: ww.xirr([1, 2]), "input.invalid", "dates[0]"),
        (lambda: ww.xirr(pd.DataFrame({"a": [1]})), "input.invalid", "dates"),
        (lambda: ww.xirr(DAYS, AMOUNTS, day_count="lunar"), "input.invalid", "day_count"),
        (lambda: ww.pmt(pd.Series([0.1], index=[1]), pd.Series([1], index=[2]), 1), "input.invalid", "nper"),
    ],
)
def test_a_bad_argument_is_named_with_its_index(call: Callable[[], object], code: str, path: str) -> None:
    with pytest.raises(ww.InvalidInput) as caught:
        call()
    assert (caught.value.code, caught.value.path) == (code, path)


def test_a_rate_may_have_its_percent_sign() -> None:
    assert ww.pmt("0.5 %", 360, 100_000) == ww.pmt(0.005, 360, 100_000)
    assert ww.pmt("650 %", 12, 100) == ww.pmt(["650 %"], 12, 100)[0] == pytest.approx(-650)
    plain = pd.Series([0.05, 0.0657], index=["a", "b"])
    stated = pd.Series(["5 %", "6.57%"], index=["a", "b"])
    pd.testing.assert_series_equal(ww.pmt(stated, 12, 100), ww.pmt(plain, 12, 100))
    polars = ww.pmt(pl.Series("rate", ["5 %", "6.57%"]), 12, 100)
    assert isinstance(polars, pl.Series)
    assert polars.to_list() == ww.pmt(plain.to_list(), 12, 100)
    assert ww.pmt(np.array(["5 %", "6.57%"]), 12, 100).tolist() == ww.pmt(plain.to_list(), 12, 100)
    assert ww.xirr_batch([DAYS], [AMOUNTS], guess="10 %") == ww.xirr_batch([DAYS], [AMOUNTS])


def test_percents_divided_by_a_hundred_are_exact_rates() -> None:
    percents = pd.Series([5.25, 6.57, 7.0])
    batch = ww.amortize_batch(100_000, percents / 100, 360)
    stated = ww.amortize_batch(100_000, [f"{percent} %" for percent in percents], 360)
    assert batch.payment.tolist() == stated.payment.tolist()
    column = ww.amortize_batch(100_000, pd.Series(["5.25 %", "6.57 %", "7 %"]), 360)
    assert batch.payment.tolist() == column.payment.tolist()


def test_a_masked_array_has_no_value_where_its_mask_is() -> None:
    rates = np.ma.array([0.01, 9.9, 0.02], mask=[False, True, False])
    with pytest.raises(ww.InvalidInput) as caught:
        ww.pmt(rates, 12, 100)
    assert (caught.value.code, caught.value.path) == ("number.not_finite", "rate[1]")
    found = ww.pmt(rates, 12, 100, on_error="nan")
    assert np.isnan(found).tolist() == [False, True, False]
    days = np.ma.array(np.array(DAYS, "datetime64[D]"), mask=[index == 1 for index in range(len(DAYS))])
    with pytest.raises(ww.InvalidInput) as caught:
        ww.xirr(days, AMOUNTS)
    assert (caught.value.code, caught.value.path) == ("date.malformed", "dates[1]")


def test_no_answer_is_an_error_that_says_why() -> None:
    with pytest.raises(ww.NoSolution) as caught:
        ww.xirr(DAYS, [abs(amount) for amount in AMOUNTS])
    assert caught.value.code == "cash_flows.one_sign"


def test_a_result_that_memory_cannot_hold_is_refused() -> None:
    ghost = np.broadcast_to(0.1, (1 << 30, 1))
    with pytest.raises(ww.TooLarge) as caught:
        ww.pmt(ghost[:, :], np.broadcast_to(12.0, (1 << 40,))[: 1 << 31].reshape(1, -1)[:, : 1 << 20], 1.0)
    assert caught.value.code == "input.too_large"


def test_the_package_needs_no_numpy() -> None:
    import subprocess
    import sys

    program = (
        "import sys; sys.modules['numpy'] = None\n"
        "import wherewithal as ww\n"
        "assert ww.pmt([0.01, 0.02], 12, 1000)[0] == ww.pmt(0.01, 12, 1000)\n"
        "assert ww.xirr(['2024-01-01', '2025-01-01'], [-100, 110]) > 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_signatures_are_those_of_the_stubs() -> None:
    assert str(inspect.signature(ww.pmt)) == "(rate, nper, pv, fv=0.0, when='end', *, on_error='raise')"
    assert (
        str(inspect.signature(ww.xirr))
        == "(dates, amounts=None, guess=0.1, *, day_count='actual365_fixed', on_error='raise')"
    )


def test_functions_can_be_pickled() -> None:
    for name in ww.arrays.__all__:
        function = getattr(ww.arrays, name)
        assert pickle.loads(pickle.dumps(function)) is function


def test_a_row_without_an_answer_is_nan_where_that_is_asked_for() -> None:
    found = ww.pmt([0.01, -2.0, 0.02], 12, 1000.0, on_error="nan")
    assert np.isnan(found).tolist() == [False, True, False]
    assert (found[0], found[2]) == (ww.pmt(0.01, 12, 1000.0), ww.pmt(0.02, 12, 1000.0))
    assert np.isnan(ww.irr([1.0, 2.0], on_error="nan"))
    assert np.isnan(ww.pmt(-2.0, 12, 1000.0, on_error="nan"))
    rates = np.full(20_000, 0.01)
    rates[[12_345, 19_000]] = -2.0
    for function in (ww.fv, ww.pv, ww.pmt):
        assert np.flatnonzero(np.isnan(function(rates, 12, 0.0, 1000.0, on_error="nan"))).tolist() == [
            12_345,
            19_000,
        ]
    with pytest.raises(ww.InvalidInput) as caught:
        ww.pmt([0.1, 0.2], [1, 2, 3], 1, on_error="nan")
    assert caught.value.path == "nper"
    with pytest.raises(ww.InvalidInput) as caught:
        ww.pmt(0.1, 1, 1, on_error="ignore")  # type: ignore[call-overload]
    assert caught.value.path == "on_error"


def test_one_series_at_several_guesses_or_rates() -> None:
    flows = [-100.0, 230.0, -132.0]
    # (1 + r) is 1.1 or 1.2: 100 x^2 - 230 x + 132 = 0.
    assert ww.irr(flows, np.array([0.0, 0.3])) == pytest.approx([0.1, 0.2], abs=1e-9)
    finance = [0.1, 0.12]
    assert ww.mirr(AMOUNTS, finance, 0.1) == [ww.mirr(AMOUNTS, rate, 0.1) for rate in finance]


# Many rows at once.


def test_results_of_columns_are_those_of_single_rows() -> None:
    for function, columns in (
        (ww.fv, (RATE, NPER, PMT, PV)),
        (ww.pv, (RATE, NPER, PMT)),
        (ww.pmt, (RATE, NPER, PV)),
        (ww.rate, (NPER, PMT, PV, 0.0 * PV)),
    ):
        one_by_one = [function(*map(float, row)) for row in zip(*columns)]
        assert function(*columns).tolist() == one_by_one


def test_the_first_row_of_many_that_fails_is_named() -> None:
    rates = np.full(20_000, 0.01)
    rates[12_345] = -2.0
    rates[19_000] = np.nan
    with pytest.raises(ww.InvalidInput) as caught:
        ww.pmt(rates, 12, 1000.0)
    assert (caught.value.code, caught.value.path) == ("rate.out_of_range", "rate[12345]")


def many_series(count: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    days = np.datetime64("2020-01-01") + np.cumsum(RNG.integers(1, 90, (count, 12)), axis=1)
    amounts = RNG.uniform(50, 200, (count, 12))
    amounts[:, 0] = -1000
    return days, amounts


def test_a_batch_has_the_rates_of_its_series() -> None:
    days, amounts = many_series(300)
    expected = [ww.xirr(*series) for series in zip(days, amounts)]
    found = ww.xirr_batch(days, amounts)
    assert isinstance(found, np.ndarray)
    assert found.tolist() == expected
    np.testing.assert_allclose(found, [pyxirr.xirr(*series) for series in zip(days, amounts)], rtol=1e-8)
    as_dates = [[day.item() for day in series] for series in days]
    assert ww.xirr_batch(as_dates, amounts.tolist()) == expected
    assert ww.xirr_batch([series.astype(str).tolist() for series in days], list(amounts)) == expected
    assert ww.xirr_batch(days[0], amounts[:2]).tolist() == [ww.xirr(days[0], amounts[at]) for at in (0, 1)]
    assert ww.xirr_batch(as_dates[0], amounts[:1].tolist()) == expected[:1]
    assert ww.xirr_batch(days[:, ::-1], amounts[:, ::-1]).tolist() == expected
    by_other_day_count = ww.xirr_batch(days, amounts, day_count="thirty360_us")
    assert by_other_day_count[0] == ww.xirr(days[0], amounts[0], day_count="thirty360_us")


def test_series_of_a_batch_may_have_several_lengths() -> None:
    found = ww.xirr_batch([DATES, DATES[:2], DAYS], [AMOUNTS, [-100, 110], AMOUNTS])
    assert found == [ww.xirr(DATES, AMOUNTS), ww.xirr(DATES[:2], [-100, 110]), ww.xirr(DATES, AMOUNTS)]


def test_a_series_of_a_batch_without_a_rate_is_never_silent() -> None:
    days, amounts = many_series(100)
    amounts[70] = 1.0
    amounts[30, 4] = np.inf
    with pytest.raises(ww.InvalidInput) as infinite:
        ww.xirr_batch(days, amounts)
    assert (infinite.value.code, infinite.value.path) == ("number.not_finite", "amounts[30][4]")
    with pytest.raises(ww.NoSolution) as hopeless:
        ww.xirr_batch(days[31:], amounts[31:])
    assert (hopeless.value.code, hopeless.value.path) == ("cash_flows.one_sign", "amounts[39]")
    found = ww.xirr_batch(days, amounts, on_error="nan")
    assert np.flatnonzero(np.isnan(found)).tolist() == [30, 70]


def test_a_batch_of_series_that_do_not_fit_is_refused() -> None:
    days, amounts = many_series(3)
    days[1, 2] = np.datetime64("NaT")
    for dates, flows, path in (
        (DATES, [AMOUNTS, AMOUNTS[:2]], "amounts[1]"),
        ([DATES, DATES], [AMOUNTS, AMOUNTS[:2]], "dates[1]"),
        ([DATES], [AMOUNTS, AMOUNTS], "dates"),
        (DATES, np.array(AMOUNTS), "amounts"),
        (DATES, [1.0, 2.0], "amounts[0]"),
        (days, amounts, "dates[1][2]"),
        (DATES, [["a"]], "amounts[0][0]"),
    ):
        with pytest.raises(ww.WherewithalError) as caught:
            ww.xirr_batch(dates, flows)
        assert caught.value.path == path
    with pytest.raises(ww.InvalidInput):
        ww.xirr_batch(DATES, [AMOUNTS], on_error="ignore")  # type: ignore[arg-type]


@pytest.mark.parametrize("rounding", ["half_even", "half_up", "down", "up"])
@pytest.mark.parametrize(("currency", "places"), [("USD", 2), ("JPY", 0), ("KWD", 3)])
def test_a_batch_of_loans_has_the_schedules_of_each(rounding: Any, currency: str, places: int) -> None:
    principals = [100_000, 2_500, 1_234_567]
    rates = [0.065, 0.0, 0.0399]
    terms = [360, 24, 180]
    found = ww.amortize_batch(principals, rates, terms, currency=currency, rounding=rounding)
    assert (found.places, len(found.ends)) == (places, 3)
    start = 0
    for at, end in enumerate(found.ends.tolist()):
        loan = ww.debt.amortize(
            principal=str(principals[at]),
            annual_rate=str(rates[at]),
            term_months=terms[at],
            first_payment="2026-01-01",
            currency=currency,
            rounding=rounding,
        )
        scale = 10**places
        assert found.payment[at] == loan.payment * scale
        assert found.total_interest[at] == loan.total_interest * scale
        for name in ("interest", "principal", "balance"):
            column = getattr(found, name)[start:end].tolist()
            assert column == [int(getattr(row, name) * scale) for row in loan.schedule]
        start = end


def test_terms_of_loans_come_in_every_form() -> None:
    expected = ww.amortize_batch(["1000.50", "2000"], "0.05", 12)
    forms: list[Any] = [
        np.array([1000.5, 2000]),
        pd.Series([1000.5, 2000]),
        pl.Series([1000.5, 2000]),
        [Decimal("1000.50"), 2000],
        (1000.5, "2000.00"),
    ]
    for principal in forms:
        found = ww.amortize_batch(principal, Decimal("0.05"), np.array([12, 12]))
        assert found.interest.tolist() == expected.interest.tolist()
    extra = ww.amortize_batch(1000, 0.05, 12, extra_monthly_payment=100)
    assert len(extra.balance) == extra.ends[0] < 12
    assert extra.balance[-1] == 0


def test_columns_can_be_used_again() -> None:
    first = ww.amortize_batch([1000, 2000], 0.05, 12)
    second = ww.amortize_batch([3000, 4000], 0.06, 12, out=first)
    assert second.balance.ctypes.data == first.balance.ctypes.data
    assert second.balance.tolist() == ww.amortize_batch([3000, 4000], 0.06, 12).balance.tolist()
    with pytest.raises(ww.InvalidInput) as caught:
        ww.amortize_batch(1000, 0.05, 12, out=first)
    assert caught.value.path == "out"


def test_a_loan_of_a_batch_that_is_wrong_is_named() -> None:
    for arguments, code, path in (
        (([1000, -5], 0.05, 12), "amount.out_of_range", "loans[1].principal"),
        (([1000, 5], [0.05, 11], 12), "rate.out_of_range", "annual_rate[1]"),
        (([1000, 5], [0.05, "1100 %"], 12), "rate.out_of_range", "loans[1].annual_rate"),
        ((1000, 0.05, [12, 5201]), "term.out_of_range", "loans[1].term_months"),
        ((1000, 0.05, [12, 1.5]), "term.out_of_range", "term_months[1]"),
        ((1000, 1 / 3, 12), "decimal.inexact", "annual_rate"),
        (([1000, "x"], 0.05, 12), "decimal.malformed", "principal[1]"),
        (([1000, 1000], [0.05] * 3, 12), "input.invalid", "annual_rate"),
        ((np.array([[1000.0]]), 0.05, 12), "input.invalid", "principal"),
        (([1000.001], 0.05, 12), "decimal.too_precise", "loans[0].principal"),
    ):
        with pytest.raises(ww.InvalidInput) as caught:
            ww.amortize_batch(*arguments)
        assert (caught.value.code, caught.value.path) == (code, path)
    for keywords in ({"currency": "XXQ"}, {"rounding": "nearest"}):
        with pytest.raises(ww.InvalidInput):
            ww.amortize_batch(1000, 0.05, 12, **keywords)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ("ww.pmt(np.broadcast_to(0.1, (10**9,)), 12, 100)", "input.too_large"),
        ("ww.pmt([[0.1]] * 40_000, 12, np.ones(40_000))", "input.too_large"),
        ("ww.amortize_batch(np.full(10**6, 1e5), 0.05, 5200)", "MemoryError"),
    ],
)
def test_what_does_not_fit_into_memory_is_an_error(call: str, error: str) -> None:
    program = f"""
import resource
import numpy as np
import wherewithal as ww
ww.pmt(np.zeros(2), 12, 100)
resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
try:
    {call}
except MemoryError:
    print("MemoryError")
except ww.WherewithalError as error:
    print(error.code)
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert found.stdout.strip() == error, found.stderr
