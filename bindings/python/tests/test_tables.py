"""Tables through the libraries that read them."""

from __future__ import annotations

import builtins
import datetime
from decimal import Decimal

import duckdb
import matplotlib
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import wherewithal as ww

matplotlib.use("Agg")

LOAN = ww.debt.amortize(principal="12000", annual_rate="0.0725", term_months=12, first_payment="2026-01-31")
TABLE = LOAN.schedule
INTEREST = sum((row.interest for row in TABLE), Decimal(0))


def test_a_table_is_a_sequence_of_records() -> None:
    assert len(TABLE) == 12
    assert [row.number for row in TABLE] == list(range(1, 13))
    assert TABLE[-1].date == datetime.date(2026, 12, 31)
    assert [row.number for row in TABLE[2:8:3]] == [3, 6]
    assert type(TABLE[2:4]) is ww.Table
    assert TABLE[2:4] == TABLE[2:4] != TABLE[3:5]
    assert INTEREST == LOAN.total_interest
    with pytest.raises(IndexError):
        TABLE[12]


def test_a_table_is_also_columns() -> None:
    assert TABLE.columns == ["number", "date", "opening", "payment", "interest", "principal", "balance"]
    assert TABLE["interest"][0] == TABLE[0].interest
    assert TABLE.to_dicts()[1] == TABLE[1].to_dict()
    with pytest.raises(KeyError):
        TABLE["colour"]


def test_a_table_reads_well() -> None:
    lines = repr(TABLE).splitlines()
    assert lines[0].split() == TABLE.columns
    assert lines[6].split() == ["..."] * 7
    assert lines[-1] == "[12 rows]"
    assert TABLE._repr_html_().count("<tr>") == 12
    assert repr(TABLE[:0]).splitlines()[-1] == "[0 rows]"


def test_pandas_has_dates_and_exact_decimals_or_floats() -> None:
    exact = TABLE.to_pandas()
    assert exact["date"].dtype == "datetime64[s]"
    assert exact["number"].dtype == "int64"
    assert exact["interest"].sum() == INTEREST
    floats = TABLE.to_pandas(decimals="float")
    assert floats["interest"].dtype == "float64"
    assert floats["interest"].sum() == pytest.approx(float(INTEREST))
    assert floats.set_index("date").index[0] == pd.Timestamp("2026-01-31")


def test_absent_values_stay_absent() -> None:
    statement = ww.net_worth.statement(
        household={
            "version": 1,
            "name": "Example",
            "as_of": "2026-01-01",
            "people": [{"id": "pat", "name": "Pat", "birth_date": "1958-07-01"}],
            "accounts": [
                {"id": "cash", "name": "Cash", "kind": "checking", "owner": "pat", "balance": "1000"}
            ],
        }
    )
    for table in tables_of(statement):
        frame, arrow = table.to_pandas(), table.to_arrow()
        for name in table.columns:
            absent = [value is None for value in table[name]]
            assert frame[name].isna().tolist() == absent, name
            assert [value is None for value in arrow[name].to_pylist()] == absent, name


def test_choices_are_spelled_alike_in_every_form_of_a_table() -> None:
    household = {"version": 1, "name": "Example", "as_of": "2026-01-01", "people": []}
    categories = ww.net_worth.statement(household=household).categories
    names = [row.category for row in categories]
    assert names[0] == "real_estate"
    assert names == categories["category"] == categories.to_pandas()["category"].to_list()
    assert names == pa.table(categories)["category"].to_pylist()
    assert "real_estate" in repr(categories)


def tables_of(value: object) -> list[ww.Table[object]]:
    if isinstance(value, ww.Table):
        return [value]
    if isinstance(value, ww.Record):
        return [table for field in value._described for table in tables_of(getattr(value, field.name))]
    if isinstance(value, list):
        return [table for item in value for table in tables_of(item)]
    return []


def test_polars_reads_it_by_itself_and_stays_exact() -> None:
    for frame in (pl.DataFrame(TABLE), TABLE.to_polars()):
        assert frame["interest"].sum() == INTEREST
        assert frame.schema["date"] == pl.Date
        assert frame.schema["number"] == pl.Int64


def test_arrow_has_decimals_and_days_and_shares_its_memory() -> None:
    table = TABLE.to_arrow()
    assert table.schema.field("interest").type == pa.decimal128(38, 2)
    assert table.schema.field("date").type == pa.date32()
    assert table.schema.field("number").type == pa.int64()
    assert pa.schema(TABLE) == table.schema
    addresses = {pa.table(TABLE)["balance"].chunk(0).buffers()[1].address for _ in range(3)}
    assert len(addresses) == 1
    assert [row["balance"] for row in table.to_pylist()] == TABLE["balance"]
    assert pa.table(TABLE[:0]).schema.names == TABLE.columns


def test_duckdb_queries_it_by_name() -> None:
    schedule = TABLE
    assert len(schedule) == 12
    assert duckdb.sql("select sum(interest) from schedule").fetchall() == [(INTEREST,)]


def test_arrow_outlives_the_table() -> None:
    def rows() -> pa.Table:
        return ww.debt.amortize(
            principal="1200", annual_rate="0", term_months=12, first_payment="2026-01-01"
        ).schedule.to_arrow()

    assert rows()["principal"].to_pylist() == [Decimal("100.00")] * 12


def test_the_decimals_of_a_column_share_the_largest_scale() -> None:
    from wherewithal import _native

    table = pa.table(
        _native.ArrowTable(
            [("x", "decimal", True, ["1.5", None, "-0.125", "79228162514264337593543950335"])], 4
        )
    )
    assert table["x"].to_pylist() == [
        Decimal("1.500"),
        None,
        Decimal("-0.125"),
        Decimal("79228162514264337593543950335.000"),
    ]
    with pytest.raises(ww.InvalidInput) as caught:
        _native.ArrowTable([("x", "decimal", False, ["79228162514264337593543950335", "0.0000000000001"])], 2)
    assert (caught.value.code, caught.value.path) == ("decimal.overflow", "x")


def test_a_chart_is_a_fan_where_there_are_percentiles() -> None:
    run = ww.simulation.run(
        initial_balance=1000.0,
        months=24,
        expected_return=0.05,
        volatility=0.1,
        paths=100,
        seed=1,
        percentiles=[10, 50, 90],
    )
    axes = run.fan.plot("nominal")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["10 to 90 %", "median"]
    lines = TABLE.plot("balance", x="date", ax=axes.figure.subplots())
    assert lines.get_lines()[0].get_ydata()[-1] == 0.0
    matplotlib.pyplot.close("all")


@pytest.mark.parametrize(
    ("name", "use"),
    [("pandas", "to_pandas"), ("polars", "to_polars"), ("pyarrow", "to_arrow"), ("matplotlib", "plot")],
)
def test_a_missing_library_is_named(name: str, use: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from wherewithal import _require

    def absent(module: str) -> object:
        raise ImportError(f"No module named {module}")

    monkeypatch.setattr(_require.importlib, "import_module", absent)
    with pytest.raises(ImportError, match=f"pip install {name}"):
        getattr(TABLE, use)()


def test_a_column_goes_by_its_name() -> None:
    interest = TABLE["interest"]
    assert (interest.name, len(interest)) == ("interest", 12)
    assert sum(interest) == INTEREST
    assert interest[0] == TABLE[0].interest
    assert interest[-1] == TABLE[-1].interest
    assert type(interest[2:5]) is ww.Column
    assert interest[2:5] == TABLE[2:5]["interest"] == [row.interest for row in TABLE[2:5]]
    assert INTEREST not in interest
    assert TABLE["date"].to_list() == [row.date for row in TABLE]
    with pytest.raises(IndexError):
        interest[12]


def test_a_column_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="there is no column 'intrest'. Did you mean 'interest'?"):
        TABLE["intrest"]
    assert TABLE._ipython_key_completions_() == TABLE.columns
    with pytest.raises(KeyError, match="The columns are number, date, opening"):
        TABLE["colour"]


def test_a_column_reads_well() -> None:
    lines = repr(TABLE["interest"]).splitlines()
    assert lines[0].strip() == "interest"
    assert lines[1].strip() == str(TABLE[0].interest)
    assert lines[6].strip() == "..."
    assert lines[-1] == "[12 values]"
    assert TABLE["interest"]._repr_html_().count("<tr>") == 12
    assert repr(TABLE[:0]["interest"]).splitlines() == ["interest", "[0 values]"]


def test_a_column_is_taken_where_a_sequence_is() -> None:
    floats = [float(row.interest) for row in TABLE]
    assert np.array(TABLE["interest"], dtype=float).tolist() == floats
    assert TABLE["interest"].to_numpy().tolist() == floats
    assert TABLE["number"].to_numpy().dtype == np.int64
    assert TABLE["date"].to_numpy()[0] == np.datetime64("2026-01-31")
    series = TABLE["interest"].to_pandas(decimals="float")
    assert (series.name, series.dtype, series.tolist()) == ("interest", "float64", floats)
    frame = pd.DataFrame({"paid": TABLE["payment"], "on": TABLE["date"]})
    assert frame["paid"].sum() == sum(TABLE["payment"])
    assert pl.Series(TABLE["interest"].to_list()).sum() == INTEREST
    assert ww.npv(0.0, TABLE["interest"].to_numpy()) == pytest.approx(float(INTEREST))


def test_absent_values_of_a_column_are_not_numbers() -> None:
    column = ww.Column("count", "integer", [1, None])
    assert column.to_numpy().dtype == np.float64
    assert np.isnan(column.to_numpy()[1])
    assert np.isnat(ww.Column("day", "date", [None]).to_numpy()[0])
    assert ww.Column("flag", "boolean", [True, None]).to_numpy().tolist() == [True, None]
