//! Tax lots from columns.

use numpy::{PyArray1, PyArrayMethods as _, PyReadonlyArray1, PyUntypedArrayMethods as _};
use pyo3::{
    prelude::*,
    types::{PyDict, PyList, PyString, PyTuple},
};
use wherewithal::{
    dates::date,
    error::At as _,
    lots::{
        self, BasisRule, LotAccount, LotColumns as Columns, LotRules, LotSecurity, LotTradeKind,
        LotTradeMoney, LotTrades, SecurityKind,
    },
    wire::{Reader, Shape, Spelling, Wire},
};

use super::dates::{Dates, dates};
use crate::{
    call::run_here,
    errors::{array_exception, invalid},
    objects::value_of,
    plain::plain,
};

/// A book of tax lots as columns.
///
/// Amounts are whole numbers of the book's smallest unit: an amount of 1 is 10 to the power of `-places`. Quantities are
/// whole numbers of 10 to the power of `-quantity_places`. Each table is a dictionary of numpy arrays, which pandas and
/// polars take as the columns of a frame. Lots are named by the row of their purchase (`lot`), and by the number of the part
/// (`part`) that a wash sale set apart, which is 0 for the rest.
///
/// Attributes:
///     disposals: What was sold, one row for each lot that a sale took from: `event` (the row of the sale), `lot`, `part`,
///         `quantity`, `proceeds`, `cost`, `disallowed_loss`, `term` and `rule`. The gain is proceeds less cost plus the
///         disallowed loss.
///     lots: What is left: `lot`, `part`, `held_since`, `quantity` and `cost`.
///     wash_sales: The losses that wash sales disallow: `disposal` (its row), `lot`, `part`, `quantity`, `disallowed_loss` and
///         `permanent`.
///     distribution_gains: Distributions above the basis of a lot: `event`, `lot`, `part`, `gain` and `term`.
///     years: The totals of the tax years, as in the result of `lots.book`.
///     terms: What the numbers of `term` stand for.
///     rules: What the numbers of `rule` stand for.
///     places: Decimal places of amounts.
///     quantity_places: Decimal places of quantities.
#[pyclass(frozen, get_all, module = "wherewithal._native")]
pub(crate) struct LotColumns {
    disposals: Py<PyDict>,
    lots: Py<PyDict>,
    wash_sales: Py<PyDict>,
    distribution_gains: Py<PyDict>,
    years: Py<PyAny>,
    terms: Py<PyTuple>,
    rules: Py<PyTuple>,
    places: u32,
    quantity_places: u32,
}

/// The book of a table of trades: `lots.book` for columns of numbers in place of a list of events.
///
/// It is the book that `lots.book` builds of the same events, to the last digit. The columns have one length and any order.
/// Quantities, prices and amounts are whole numbers, so nothing is rounded on the way in: 12.5 shares are 125 with one
/// decimal place. Splits, mergers and other events that do not fit a table need `lots.book`.
///
/// Args:
///     date (array of dates): The day of each row.
///     kind (array or list): What each row is: "buy", "sell", "reinvest", "dividend" or "return_of_capital", or their
///         numbers from 0 to 4.
///     quantity (array of int): The shares.
///     quantity_places (int): Decimal places of quantities, 0 to 18. Defaults to `0`.
///     price (array of int): The price of a share, or the dividend on one. Either this or `amount`.
///     price_places (int): Decimal places of prices, 0 to 18. Defaults to `2`.
///     amount (array of int): What all shares cost or brought without fees, in the smallest unit of the book.
///     fees (array of int): Fees of purchases and sales, in the smallest unit of the book. Optional.
///     sequence (array of int): The place of each row among those of its day. Absent, purchases come before sales, and
///         rows of one kind in their order. Optional.
///     account (array of int): The place of the account of each row among `accounts`. Optional with one.
///     security (array of int): The place of the security of each row among `securities`. Optional with one.
///     rules (LotRules): The rules of the book, as for `lots.book`. Optional.
///     accounts (list of LotAccount): The accounts; absent for one taxable account.
///     securities (list of LotSecurity): The securities; absent for one stock.
///
/// Returns:
///     The columns; they are numpy arrays, so numpy must be installed.
///
/// Raises:
///     WherewithalError: With the code and the path of what is wrong, such as `events[17].quantity`.
///
/// Example:
///     >>> import numpy as np
///     >>> import wherewithal as ww
///     >>> days = np.array(["2025-01-10", "2025-03-20"], dtype="datetime64[D]")
///     >>> book = ww.lot_columns(days, ["buy", "sell"], np.array([10, 4]), price=np.array([5000, 5500]))
///     >>> int(book.disposals["proceeds"][0] - book.disposals["cost"][0])
///     2000
#[pyfunction]
#[pyo3(signature = (
    date, kind, quantity, *, quantity_places = 0, price = None, price_places = 2, amount = None, fees = None,
    sequence = None, account = None, security = None, rules = None, accounts = None, securities = None
))]
#[expect(clippy::too_many_arguments, reason = "each is a column or an option that Python gives by its name")]
pub(crate) fn lot_columns<'py>(
    py: Python<'py>,
    date: &Bound<'py, PyAny>,
    kind: &Bound<'py, PyAny>,
    quantity: &Bound<'py, PyAny>,
    quantity_places: u32,
    price: Option<&Bound<'py, PyAny>>,
    price_places: u32,
    amount: Option<&Bound<'py, PyAny>>,
    fees: Option<&Bound<'py, PyAny>>,
    sequence: Option<&Bound<'py, PyAny>>,
    account: Option<&Bound<'py, PyAny>>,
    security: Option<&Bound<'py, PyAny>>,
    rules: Option<&Bound<'py, PyAny>>,
    accounts: Option<&Bound<'py, PyAny>>,
    securities: Option<&Bound<'py, PyAny>>,
) -> PyResult<LotColumns> {
    let rules: LotRules = record(rules, "rules")?.unwrap_or_default();
    let accounts: Vec<LotAccount> = record(accounts, "accounts")?.unwrap_or_default();
    let securities: Vec<LotSecurity> = record(securities, "securities")?.unwrap_or_else(|| vec![stock()]);
    let (days, kinds) = (days(date)?, kinds(kind)?);
    let quantities = Whole::read(quantity, "quantity")?;
    let column =
        |value: Option<&Bound<'py, PyAny>>, name| value.map(|value| Whole::read(value, name)).transpose();
    let places =
        |value: Option<&Bound<'py, PyAny>>, name| value.map(|value| Places::read(value, name)).transpose();
    let (prices, amounts, fees) = (column(price, "price")?, column(amount, "amount")?, column(fees, "fees")?);
    let sequences = places(sequence, "sequence")?;
    let (of_account, of_security) = (places(account, "account")?, places(security, "security")?);
    let money = match (&prices, &amounts) {
        (Some(prices), None) => LotTradeMoney::Prices { values: prices.values(), places: price_places },
        (None, Some(amounts)) => LotTradeMoney::Amounts(amounts.values()),
        (Some(_), Some(_)) => return Err(invalid(py, "amount", "give `price` or `amount`, not both")),
        (None, None) => return Err(invalid(py, "price", "give `price` or `amount`")),
    };
    let trades = LotTrades {
        days: &days,
        sequences: sequences.as_ref().map(Places::values),
        kinds: &kinds,
        accounts: of_account.as_ref().map(Places::values),
        securities: of_security.as_ref().map(Places::values),
        quantities: quantities.values(),
        quantity_places,
        money,
        fees: fees.as_ref().map(Whole::values),
    };
    let book = run_here(py, |control| lots::book_columns(&trades, &rules, &accounts, &securities, control))?
        .map_err(|error| array_exception(py, &error))?;
    LotColumns::of(py, book)
}

/// What is absent where a table has one security.
fn stock() -> LotSecurity {
    LotSecurity { id: "security".to_owned(), kind: SecurityKind::Stock, option: None, currency: None }
}

/// A record, or a list of them, from Python.
fn record<T: Wire>(value: Option<&Bound<'_, PyAny>>, name: &str) -> PyResult<Option<T>> {
    let Some(value) = value else { return Ok(None) };
    let tree = value_of(value, T::shape())?;
    let read = T::read(&tree, Reader::new(Spelling::Snake)).at(name);
    read.map(Some).map_err(|error| array_exception(value.py(), &error))
}

/// Days since 1970-01-01.
fn days(value: &Bound<'_, PyAny>) -> PyResult<Vec<i32>> {
    match dates(value, "date")?.0 {
        Dates::Days(days) => Ok(days),
        Dates::Civil(dates) => {
            let epoch = date(1970, 1, 1).map_err(|error| array_exception(value.py(), &error))?;
            Ok(dates.into_iter().map(|date| epoch.days_until(date)).collect())
        }
    }
}

/// Kinds, by their names or by their numbers.
fn kinds(value: &Bound<'_, PyAny>) -> PyResult<Vec<LotTradeKind>> {
    let unknown = |row: usize| {
        let message = "expected \"buy\", \"sell\", \"reinvest\", \"dividend\" or \"return_of_capital\", or a number from 0 to 4";
        invalid(value.py(), &format!("kind[{row}]"), message)
    };
    let of_name = |name: &str| match name {
        "buy" => Some(LotTradeKind::Buy),
        "sell" => Some(LotTradeKind::Sell),
        "reinvest" => Some(LotTradeKind::Reinvest),
        "dividend" => Some(LotTradeKind::Dividend),
        "return_of_capital" => Some(LotTradeKind::ReturnOfCapital),
        _ => None,
    };
    let of_number = |number: usize| LotTradeKind::ALL.get(number).copied();
    if let Ok(codes) = value.extract::<PyReadonlyArray1<'_, u8>>() {
        let codes = codes.as_array();
        let read: Vec<LotTradeKind> = codes.iter().filter_map(|code| of_number((*code).into())).collect();
        let wrong = || codes.iter().position(|code| of_number((*code).into()).is_none());
        // The wrong code is searched for only where there is one.
        return if read.len() == codes.len() { Ok(read) } else { Err(unknown(wrong().unwrap_or(0))) };
    }
    let mut kinds = Vec::new();
    for (row, item) in value.try_iter()?.enumerate() {
        let item = item?;
        let kind = match item.cast::<PyString>() {
            Ok(name) => of_name(name.to_str()?),
            Err(_) => item.extract().ok().and_then(of_number),
        };
        kinds.push(kind.ok_or_else(|| unknown(row))?);
    }
    Ok(kinds)
}

/// Whole numbers: those of a numpy array of 64 bits where it is, all others copied.
enum Whole<'py> {
    Borrowed(PyReadonlyArray1<'py, i64>),
    Owned(Vec<i64>),
}

impl<'py> Whole<'py> {
    fn read(value: &Bound<'py, PyAny>, name: &str) -> PyResult<Self> {
        let py = value.py();
        // A masked array of numpy hides numbers that are not meant.
        if value.hasattr("filled")? && value.getattr("mask")?.call_method0("any")?.is_truthy()? {
            return Err(invalid(py, name, "the column has rows without a value, which its mask hides"));
        }
        let array = match value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            // numpy would make numbers of text and of booleans, and lose digits of what it takes for floats.
            true => return Self::listed(value, name).map(Self::Owned),
            false => py.import("numpy")?.call_method1("asarray", (value,))?,
        };
        let array = match array.cast::<PyArray1<i64>>() {
            Ok(array) => array.clone(),
            Err(_) => {
                let kind: char = array.getattr("dtype")?.getattr("kind")?.extract()?;
                if !matches!(kind, 'i' | 'u') {
                    let found = format!("numbers or values of the type {}", array.getattr("dtype")?);
                    return Err(not_whole(py, name, None, &found));
                }
                let whole = PyDict::new(py);
                whole.set_item("casting", "same_kind")?;
                let wide = array.call_method("astype", ("int64",), Some(&whole));
                let other = |_| not_whole(py, name, None, "an array that is no single column");
                let wide = wide.map_err(|_| not_whole(py, name, None, "numbers of another width"))?;
                let wide = wide.cast_into::<PyArray1<i64>>().map_err(other)?;
                // Beyond 63 bits, a number without a sign would have become negative.
                let beyond = wide.readonly().as_array().iter().position(|number| *number < 0);
                if let Some(row) = beyond.filter(|_| kind == 'u') {
                    return Err(not_whole(py, name, Some(row), "a number beyond 63 bits"));
                }
                wide
            }
        };
        Ok(if array.is_c_contiguous() {
            Self::Borrowed(array.readonly())
        } else {
            Self::Owned(array.readonly().as_array().to_vec())
        })
    }

    /// The numbers of a list.
    fn listed(value: &Bound<'py, PyAny>, name: &str) -> PyResult<Vec<i64>> {
        let mut numbers = Vec::new();
        for (row, item) in value.try_iter()?.enumerate() {
            let item = item?;
            let Ok(number) = item.extract::<i64>() else {
                let found = format!("a value of the type {}", item.get_type().name()?);
                return Err(not_whole(value.py(), name, Some(row), &found));
            };
            numbers.push(number);
        }
        Ok(numbers)
    }

    fn values(&self) -> &[i64] {
        match self {
            Self::Borrowed(array) => array.as_slice().unwrap_or_default(),
            Self::Owned(values) => values,
        }
    }
}

/// The error of a column, or of a row of it, that has other than whole numbers.
fn not_whole(py: Python<'_>, name: &str, row: Option<usize>, found: &str) -> PyErr {
    let path = row.map_or_else(|| name.to_owned(), |row| format!("{name}[{row}]"));
    let hint = match name {
        "quantity" => "; state decimal places in `quantity_places`: 12.5 is 125 with 1",
        "price" => "; state decimal places in `price_places`: 12.5 is 125 with 1",
        "amount" | "fees" => ", in the smallest unit of the book: 12.50 is 1250 in dollars",
        _ => "",
    };
    invalid(py, &path, &format!("expected a column of whole numbers of 64 bits, got {found}{hint}"))
}

/// Whole numbers from 0 on: those of a numpy array of 32 bits where it is, all others copied.
enum Places<'py> {
    Borrowed(PyReadonlyArray1<'py, u32>),
    Owned(Vec<u32>),
}

impl<'py> Places<'py> {
    fn read(value: &Bound<'py, PyAny>, name: &str) -> PyResult<Self> {
        if let Ok(array) = value.cast::<PyArray1<u32>>()
            && array.is_c_contiguous()
        {
            return Ok(Self::Borrowed(array.readonly()));
        }
        let whole = Whole::read(value, name)?;
        let numbers = whole.values().iter().enumerate().map(|(row, number)| {
            let path = || format!("{name}[{row}]");
            u32::try_from(*number).map_err(|_| invalid(value.py(), &path(), "expected a number from 0 on"))
        });
        numbers.collect::<PyResult<_>>().map(Self::Owned)
    }

    fn values(&self) -> &[u32] {
        match self {
            Self::Borrowed(array) => array.as_slice().unwrap_or_default(),
            Self::Owned(values) => values,
        }
    }
}

/// The names of a choice, in Python's spelling.
fn names<'py, T: Wire>(py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
    let names: Vec<&str> = match T::shape() {
        Shape::Choice(choice) => {
            choice.values.iter().map(|value| value.name.spelled(Spelling::Snake)).collect()
        }
        _ => Vec::new(),
    };
    PyTuple::new(py, names)
}

impl LotColumns {
    fn of(py: Python<'_>, book: Columns) -> PyResult<Self> {
        let Columns { places, quantity_places, disposals, lots, wash_sales, distribution_gains, years } =
            book;
        let table = || PyDict::new(py);
        let (sold, left, washed, gained) = (table(), table(), table(), table());
        let add = |table: &Bound<'_, PyDict>, name: &str, column: Vec<i64>| {
            table.set_item(name, PyArray1::from_vec(py, column))
        };
        let add_rows = |table: &Bound<'_, PyDict>, name: &str, column: Vec<u32>| {
            table.set_item(name, PyArray1::from_vec(py, column))
        };
        let add_codes = |table: &Bound<'_, PyDict>, name: &str, column: Vec<u8>| {
            table.set_item(name, PyArray1::from_vec(py, column))
        };
        add_rows(&sold, "event", disposals.events)?;
        add_rows(&sold, "lot", disposals.lots)?;
        add_rows(&sold, "part", disposals.parts)?;
        add(&sold, "quantity", disposals.quantities)?;
        add(&sold, "proceeds", disposals.proceeds)?;
        add(&sold, "cost", disposals.costs)?;
        add(&sold, "disallowed_loss", disposals.disallowed_losses)?;
        add_codes(&sold, "term", disposals.terms.into_iter().map(|term| term as u8).collect())?;
        add_codes(&sold, "rule", disposals.rules.into_iter().map(|rule| rule as u8).collect())?;

        add_rows(&left, "lot", lots.lots)?;
        add_rows(&left, "part", lots.parts)?;
        let days: Vec<i64> = lots.held_since.into_iter().map(i64::from).collect();
        let days = PyArray1::from_vec(py, days).call_method1("view", ("datetime64[D]",))?;
        left.set_item("held_since", days)?;
        add(&left, "quantity", lots.quantities)?;
        add(&left, "cost", lots.costs)?;

        add_rows(&washed, "disposal", wash_sales.disposals)?;
        add_rows(&washed, "lot", wash_sales.lots)?;
        add_rows(&washed, "part", wash_sales.parts)?;
        add(&washed, "quantity", wash_sales.quantities)?;
        add(&washed, "disallowed_loss", wash_sales.disallowed_losses)?;
        washed.set_item("permanent", PyArray1::from_vec(py, wash_sales.permanent))?;

        add_rows(&gained, "event", distribution_gains.events)?;
        add_rows(&gained, "lot", distribution_gains.lots)?;
        add_rows(&gained, "part", distribution_gains.parts)?;
        add(&gained, "gain", distribution_gains.gains)?;
        let terms = distribution_gains.terms.into_iter();
        add_codes(&gained, "term", terms.map(|term| term as u8).collect())?;
        Ok(Self {
            disposals: sold.unbind(),
            lots: left.unbind(),
            wash_sales: washed.unbind(),
            distribution_gains: gained.unbind(),
            years: plain(py, |sink| years.write(sink))?.unbind(),
            terms: names::<lots::HoldingTerm>(py)?.unbind(),
            rules: names::<BasisRule>(py)?.unbind(),
            places,
            quantity_places,
        })
    }
}
