from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias, final, overload

import numpy as np
import numpy.typing as npt

from ._typing import DateLike
from .types import DayCount, Rounding

# What a function on arrays takes. A result has the form of its arguments: the first overload that fits says which.
_List: TypeAlias = float | Sequence[float] | Sequence[Sequence[float]]
_Array: TypeAlias = _List | npt.NDArray[Any]
_When: TypeAlias = Literal["end", "begin", 0, 1]
_Amounts: TypeAlias = Iterable[float] | npt.NDArray[Any]
# Dates and amounts in one argument; a Series or a frame is known by what it is at run time.
_DatedFlows: TypeAlias = Mapping[Any, float] | Iterable[tuple[DateLike, float]] | Any

__version__: str

def call(
    operation: str,
    input: str | bytes,
    on_progress: Callable[[int, int], object] | None = None,
) -> str:
    """Runs an operation: JSON text in, JSON text out.

    The keys are the wire's (camelCase), and the answer is the same text that every other language and the server
    return. The interpreter lock is released while it runs.

    Args:
        operation: Its name, such as `debt.amortize`.
        input: JSON as `str`, or as `bytes` in UTF-8.
        on_progress: Called by long operations about twenty times a second, in the calling thread, with the units
            of work done and the units in all. The run is cancelled when it returns `False` or raises. Other
            operations do not call it.

    Returns:
        The JSON text of the result.

    Raises:
        WherewithalError: With the code and the path of what is wrong.
        KeyboardInterrupt: Ctrl-C was pressed during a long operation, which was cancelled.
    """

def run(
    operation: str,
    whole: Any,
    changes: dict[str, Any],
    on_progress: Callable[[int, int], object] | None,
) -> Any: ...
def validate(name: str, fields: Any) -> Any: ...
def parse(name: str, text: str | bytes) -> Any: ...
def dump(name: str, record: Any) -> str: ...
def defaults(name: str, kind: str | None = None) -> dict[str, Any]: ...
def operations() -> list[str]:
    """The names of all operations, in order."""

@final
class ArrowTable:
    def __new__(cls, columns: Sequence[tuple[str, str, bool, Sequence[Any]]], rows: int) -> ArrowTable: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@overload
def fv(rate: float, nper: float, pmt: float, pv: float, when: _When = "end") -> float:  # type: ignore[overload-overlap]
    """The future value of a present value and of level payments.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        nper: Number of periods; it need not be whole.
        pmt: Payment in each period; received is positive, paid is negative.
        pv: Present value: what is received (positive) or paid (negative) now.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.fv(0.05 / 12, 10 * 12, -100, -100), 2)
        15692.93
    """

@overload
def fv(rate: _List, nper: _List, pmt: _List, pv: _List, when: _When = "end") -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def fv(
    rate: _Array,
    nper: _Array,
    pmt: _Array,
    pv: _Array,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def fv(rate: Any, nper: Any, pmt: Any, pv: Any, when: _When = "end") -> Any: ...
@overload
def pv(rate: float, nper: float, pmt: float, fv: float = 0.0, when: _When = "end") -> float:  # type: ignore[overload-overlap]
    """The present value of level payments and of a future value.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        nper: Number of periods; it need not be whole.
        pmt: Payment in each period; received is positive, paid is negative.
        fv: Future value: what is received (positive) or paid (negative) at the end.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.pv(0.05 / 12, 10 * 12, -100, 15692.93), 2)
        -100.0
    """

@overload
def pv(rate: _List, nper: _List, pmt: _List, fv: _List = 0.0, when: _When = "end") -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def pv(
    rate: _Array,
    nper: _Array,
    pmt: _Array,
    fv: _Array = 0.0,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def pv(rate: Any, nper: Any, pmt: Any, fv: Any = 0.0, when: _When = "end") -> Any: ...
@overload
def pmt(rate: float, nper: float, pv: float, fv: float = 0.0, when: _When = "end") -> float:  # type: ignore[overload-overlap]
    """The level payment that turns a present value into a future value.

    The payment of a loan (`pv` positive, received) is negative (paid).

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        nper: Number of periods; it need not be whole.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.pmt(0.075 / 12, 12 * 15, 200_000), 2)
        -1854.02
    """

@overload
def pmt(rate: _List, nper: _List, pv: _List, fv: _List = 0.0, when: _When = "end") -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def pmt(
    rate: _Array,
    nper: _Array,
    pv: _Array,
    fv: _Array = 0.0,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def pmt(rate: Any, nper: Any, pv: Any, fv: Any = 0.0, when: _When = "end") -> Any: ...
@overload
def nper(rate: float, pmt: float, pv: float, fv: float = 0.0, when: _When = "end") -> float:  # type: ignore[overload-overlap]
    """The number of periods after which a present value and level payments have become a future value.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        pmt: Payment in each period; received is positive, paid is negative.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.nper(0.07 / 12, -150, 8000), 2)
        64.07
    """

@overload
def nper(rate: _List, pmt: _List, pv: _List, fv: _List = 0.0, when: _When = "end") -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def nper(
    rate: _Array,
    pmt: _Array,
    pv: _Array,
    fv: _Array = 0.0,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def nper(rate: Any, pmt: Any, pv: Any, fv: Any = 0.0, when: _When = "end") -> Any: ...
@overload
def rate(nper: float, pmt: float, pv: float, fv: float, when: _When = "end", guess: float = 0.1) -> float:  # type: ignore[overload-overlap]
    """The rate of interest per period of level payments.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        nper: Number of periods; it need not be whole.
        pmt: Payment in each period; received is positive, paid is negative.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.
        guess: Where there are several rates, the one nearest this is returned.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.rate(60, -377.42, 20_000, 0) * 12, 4)
        0.05
    """

@overload
def rate(  # type: ignore[overload-overlap]
    nper: _List,
    pmt: _List,
    pv: _List,
    fv: _List,
    when: _When = "end",
    guess: _List = 0.1,
) -> list[Any]: ...
@overload
def rate(
    nper: _Array,
    pmt: _Array,
    pv: _Array,
    fv: _Array,
    when: _When = "end",
    guess: _Array = 0.1,
) -> npt.NDArray[np.float64]: ...
@overload
def rate(nper: Any, pmt: Any, pv: Any, fv: Any, when: _When = "end", guess: Any = 0.1) -> Any: ...
@overload
def ipmt(rate: float, per: float, nper: float, pv: float, fv: float = 0.0, when: _When = "end") -> float:  # type: ignore[overload-overlap]
    """The interest in one payment of a level-payment loan.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        per: Number of the payment, a whole number from 1 to `nper`.
        nper: Number of periods; it need not be whole.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.ipmt(0.10, 3, 3, 8000), 2)
        -292.45
    """

@overload
def ipmt(  # type: ignore[overload-overlap]
    rate: _List,
    per: _List,
    nper: _List,
    pv: _List,
    fv: _List = 0.0,
    when: _When = "end",
) -> list[Any]: ...
@overload
def ipmt(
    rate: _Array,
    per: _Array,
    nper: _Array,
    pv: _Array,
    fv: _Array = 0.0,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def ipmt(rate: Any, per: Any, nper: Any, pv: Any, fv: Any = 0.0, when: _When = "end") -> Any: ...
@overload
def ppmt(rate: float, per: float, nper: float, pv: float, fv: float = 0.0, when: _When = "end") -> float:  # type: ignore[overload-overlap]
    """The principal in one payment of a level-payment loan.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        per: Number of the payment, a whole number from 1 to `nper`.
        nper: Number of periods; it need not be whole.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.ppmt(0.10 / 12, 1, 24, 2000), 2)
        -75.62
    """

@overload
def ppmt(  # type: ignore[overload-overlap]
    rate: _List,
    per: _List,
    nper: _List,
    pv: _List,
    fv: _List = 0.0,
    when: _When = "end",
) -> list[Any]: ...
@overload
def ppmt(
    rate: _Array,
    per: _Array,
    nper: _Array,
    pv: _Array,
    fv: _Array = 0.0,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def ppmt(rate: Any, per: Any, nper: Any, pv: Any, fv: Any = 0.0, when: _When = "end") -> Any: ...
@overload
def cumipmt(  # type: ignore[overload-overlap]
    rate: float,
    nper: float,
    pv: float,
    start_period: float,
    end_period: float,
    when: _When = "end",
) -> float:
    """The interest in a run of payments of a level-payment loan.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        nper: Number of periods; it need not be whole.
        pv: Present value: what is received (positive) or paid (negative) now.
        start_period: Number of the first payment that counts, a whole number from 1.
        end_period: Number of the last payment that counts, a whole number up to `nper`.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.cumipmt(0.09 / 12, 360, 125_000, 13, 24), 2)
        -11135.23
    """

@overload
def cumipmt(  # type: ignore[overload-overlap]
    rate: _List,
    nper: _List,
    pv: _List,
    start_period: _List,
    end_period: _List,
    when: _When = "end",
) -> list[Any]: ...
@overload
def cumipmt(
    rate: _Array,
    nper: _Array,
    pv: _Array,
    start_period: _Array,
    end_period: _Array,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def cumipmt(
    rate: Any,
    nper: Any,
    pv: Any,
    start_period: Any,
    end_period: Any,
    when: _When = "end",
) -> Any: ...
@overload
def cumprinc(  # type: ignore[overload-overlap]
    rate: float,
    nper: float,
    pv: float,
    start_period: float,
    end_period: float,
    when: _When = "end",
) -> float:
    """The principal in a run of payments of a level-payment loan.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        nper: Number of periods; it need not be whole.
        pv: Present value: what is received (positive) or paid (negative) now.
        start_period: Number of the first payment that counts, a whole number from 1.
        end_period: Number of the last payment that counts, a whole number up to `nper`.
        when: `"end"` (or 0) or `"begin"` (or 1): when in each period the payment is made.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.cumprinc(0.09 / 12, 360, 125_000, 13, 24), 2)
        -934.11
    """

@overload
def cumprinc(  # type: ignore[overload-overlap]
    rate: _List,
    nper: _List,
    pv: _List,
    start_period: _List,
    end_period: _List,
    when: _When = "end",
) -> list[Any]: ...
@overload
def cumprinc(
    rate: _Array,
    nper: _Array,
    pv: _Array,
    start_period: _Array,
    end_period: _Array,
    when: _When = "end",
) -> npt.NDArray[np.float64]: ...
@overload
def cumprinc(
    rate: Any,
    nper: Any,
    pv: Any,
    start_period: Any,
    end_period: Any,
    when: _When = "end",
) -> Any: ...
@overload
def effect(nominal_rate: float, periods_per_year: float) -> float:  # type: ignore[overload-overlap]
    """The effective annual rate of a nominal annual rate.

    Each argument is a number or an array; arrays broadcast as in numpy.

    Args:
        nominal_rate: Nominal annual rate as a fraction.
        periods_per_year: Compounding periods in a year, a whole number of at least 1.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.effect(0.0525, 4), 7)
        0.0535427
    """

@overload
def effect(nominal_rate: _List, periods_per_year: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def effect(nominal_rate: _Array, periods_per_year: _Array) -> npt.NDArray[np.float64]: ...
@overload
def effect(nominal_rate: Any, periods_per_year: Any) -> Any: ...
@overload
def nominal(effective_rate: float, periods_per_year: float) -> float:  # type: ignore[overload-overlap]
    """The nominal annual rate of an effective annual rate.

    Each argument is a number or an array; arrays broadcast as in numpy.

    Args:
        effective_rate: Effective annual rate as a fraction, above -1.
        periods_per_year: Compounding periods in a year, a whole number of at least 1.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.nominal(0.053543, 4), 7)
        0.0525003
    """

@overload
def nominal(effective_rate: _List, periods_per_year: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def nominal(effective_rate: _Array, periods_per_year: _Array) -> npt.NDArray[np.float64]: ...
@overload
def nominal(effective_rate: Any, periods_per_year: Any) -> Any: ...
@overload
def rri(nper: float, pv: float, fv: float) -> float:  # type: ignore[overload-overlap]
    """The rate per period at which a present value grows to a future value.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        nper: Number of periods; it need not be whole.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.rri(96, 10_000, 11_000), 9)
        0.000993307
    """

@overload
def rri(nper: _List, pv: _List, fv: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def rri(nper: _Array, pv: _Array, fv: _Array) -> npt.NDArray[np.float64]: ...
@overload
def rri(nper: Any, pv: Any, fv: Any) -> Any: ...
@overload
def pduration(rate: float, pv: float, fv: float) -> float:  # type: ignore[overload-overlap]
    """The number of periods in which a present value grows to a future value.

    Money received is positive, money paid is negative. Each argument is a number or an array; arrays broadcast as in
    numpy.

    Args:
        rate: Rate of interest per period as a fraction (0.05 is 5 %), above -1.
        pv: Present value: what is received (positive) or paid (negative) now.
        fv: Future value: what is received (positive) or paid (negative) at the end.

    Returns:
        A float for numbers; else an array, a list or a Series, as the arguments are.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `rate[17]`.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.pduration(0.025, 2000, 2200), 2)
        3.86
    """

@overload
def pduration(rate: _List, pv: _List, fv: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def pduration(rate: _Array, pv: _Array, fv: _Array) -> npt.NDArray[np.float64]: ...
@overload
def pduration(rate: Any, pv: Any, fv: Any) -> Any: ...
@overload
def npv(rate: float, amounts: _Amounts, *, start_from_zero: bool = True) -> float:  # type: ignore[overload-overlap]
    """The net present value of cash flows one period apart.

    Args:
        rate: Discount rate per period as a fraction (0.05 is 5 %), above -1; a number or an array.
        amounts: Cash flows; received is positive, paid is negative.
        start_from_zero: Whether the first flow is now, as in numpy-financial, or one period from now, as in spreadsheets.

    Returns:
        A float for one rate, else what `rate` is.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.npv(0.08, [-40_000, 5_000, 8_000, 12_000, 30_000]), 5)
        3065.22267
    """

@overload
def npv(rate: _List, amounts: _Amounts, *, start_from_zero: bool = True) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def npv(rate: _Array, amounts: _Amounts, *, start_from_zero: bool = True) -> npt.NDArray[np.float64]: ...
@overload
def npv(rate: Any, amounts: _Amounts, *, start_from_zero: bool = True) -> Any: ...
@overload
def nfv(rate: float, nper: float, amounts: _Amounts) -> float:  # type: ignore[overload-overlap]
    """The net future value, after `nper` periods, of cash flows at the end of each period.

    Args:
        rate: Rate of interest per period as a fraction, above -1; a number or an array.
        nper: Number of periods, zero or more; a number or an array.
        amounts: Cash flows, the first at the end of the first period.

    Returns:
        A float for single numbers, else what `rate` and `nper` are.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.nfv(0.05, 6, [1050, 1350, 1350, 1450]), 2)
        6142.45
    """

@overload
def nfv(rate: _List, nper: _List, amounts: _Amounts) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def nfv(rate: _Array, nper: _Array, amounts: _Amounts) -> npt.NDArray[np.float64]: ...
@overload
def nfv(rate: Any, nper: Any, amounts: _Amounts) -> Any: ...
def irr(amounts: _Amounts, guess: float = 0.1) -> float:
    """The internal rate of return of cash flows one period apart: the rate at which their net present value is zero.

    `time_value.irr` also gives the residual, and can list all rates where there are several.

    Args:
        amounts: Cash flows, the first now; received is positive, paid is negative.
        guess: Where there are several rates, the one nearest this is returned. It has no other influence.

    Returns:
        The rate per period as a fraction.

    Raises:
        NoSolution: There is no rate; the code and the message say why.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.irr([-100, 39, 59, 55, 20]), 5)
        0.28095
    """

def mirr(amounts: _Amounts, finance_rate: float, reinvest_rate: float) -> float:
    """The modified internal rate of return of cash flows one period apart.

    Args:
        amounts: Cash flows, the first now; received is positive, paid is negative.
        finance_rate: Rate paid on the negative flows, as a fraction.
        reinvest_rate: Rate earned on the positive flows, as a fraction.

    Returns:
        The rate per period as a fraction.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.mirr([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12), 6)
        0.126094
    """

@overload
def xnpv(  # type: ignore[overload-overlap]
    rate: float,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> float:
    """The net present value of dated cash flows, at the earliest of the dates.

    Args:
        rate: Effective annual rate as a fraction, above -1; a number or an array.
        dates: The dates, in any order; or dates and amounts together, as for `xirr`.
        amounts: A cash flow for each date; received is positive, paid is negative.
        day_count: How days become fractions of a year, such as `"actual365_fixed"` or `"thirty360_us"`.

    Returns:
        A float for one rate, else what `rate` is.

    Example:
        >>> import wherewithal as ww
        >>> dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
        >>> round(ww.xnpv(0.09, dates, [-10_000, 2_750, 4_250, 3_250, 2_750]), 2)
        2086.65
    """

@overload
def xnpv(  # type: ignore[overload-overlap]
    rate: _List,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> list[Any]: ...
@overload
def xnpv(
    rate: _Array,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> npt.NDArray[np.float64]: ...
@overload
def xnpv(
    rate: Any,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> Any: ...
@overload
def xnfv(  # type: ignore[overload-overlap]
    rate: float,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> float:
    """The net future value of dated cash flows, at the latest of the dates.

    Args:
        rate: Effective annual rate as a fraction, above -1; a number or an array.
        dates: The dates, in any order; or dates and amounts together, as for `xirr`.
        amounts: A cash flow for each date; received is positive, paid is negative.
        day_count: How days become fractions of a year.

    Returns:
        A float for one rate, else what `rate` is.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.xnfv(0.10, ["2025-01-01", "2026-01-01"], [-100, 50]), 2)
        -60.0
    """

@overload
def xnfv(  # type: ignore[overload-overlap]
    rate: _List,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> list[Any]: ...
@overload
def xnfv(
    rate: _Array,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> npt.NDArray[np.float64]: ...
@overload
def xnfv(
    rate: Any,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> Any: ...
def xfv(
    start_date: DateLike,
    cash_flow_date: DateLike,
    end_date: DateLike,
    cash_flow_rate: float,
    end_rate: float,
    cash_flow: float,
    *,
    day_count: DayCount = "actual365_fixed",
) -> float:
    """What a cash flow is worth at a later date, when the rates from the start date to the flow and to the end date differ.

    Args:
        start_date: The date from which both rates run.
        cash_flow_date: The date of the cash flow.
        end_date: The date of the result.
        cash_flow_rate: Effective annual rate from the start date to the cash flow, as a fraction.
        end_rate: Effective annual rate from the start date to the end date, as a fraction.
        cash_flow: The amount; received is positive, paid is negative.
        day_count: How days become fractions of a year.

    Example:
        >>> import wherewithal as ww
        >>> round(ww.xfv("2011-02-01", "2011-03-01", "2012-02-01", 0.00142, 0.00246, 100_000), 2)
        100235.09
    """

def xirr(
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    guess: float = 0.1,
    *,
    day_count: DayCount = "actual365_fixed",
) -> float:
    """The internal rate of return of dated cash flows: the effective annual rate at which their net present value is zero.

    `time_value.xirr` also gives the residual, and can list all rates where there are several.

    Args:
        dates: The dates, in any order: dates, datetimes (their time of day is left out), ISO 8601 text, numpy
            `datetime64`, a pandas or polars Series. Or dates and amounts together: a dict from date to amount, a pandas
            Series with dates as its index, a frame of two columns, or pairs.
        amounts: A cash flow for each date; received is positive, paid is negative.
        guess: Where there are several rates, the one nearest this is returned. It has no other influence.
        day_count: How days become fractions of a year, such as `"actual365_fixed"` or `"thirty360_us"`.

    Returns:
        The effective annual rate as a fraction.

    Raises:
        NoSolution: There is no rate; the code and the message say why.
        InvalidInput: A date or an amount is not valid; `path` says which, such as `amounts[3]`.

    Example:
        >>> import wherewithal as ww
        >>> dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
        >>> round(ww.xirr(dates, [-10_000, 2_750, 4_250, 3_250, 2_750]), 6)
        0.373363
    """

def xirr_batch(
    dates: Any,
    amounts: Any,
    guess: float = 0.1,
    *,
    day_count: DayCount = "actual365_fixed",
    on_error: Literal["raise", "nan"] = "raise",
) -> Any:
    """The internal rates of return of many series of dated cash flows.

    Each rate is that of `xirr` on its series, to the bit. The series are solved on all cores
    (`RAYON_NUM_THREADS` sets how many) without holding the interpreter.

    Args:
        dates: A two-dimensional array of dates with a row for each series, or a list with the dates of each series; or
            one series of dates that all series share.
        amounts: A two-dimensional array with a row for each series, or a list with the cash flows of each series, which
            need not have the same length; received is positive, paid is negative.
        guess: Where a series has several rates, the one nearest this is returned. It has no other influence.
        day_count: How days become fractions of a year, such as `"actual365_fixed"` or `"thirty360_us"`.
        on_error: `"raise"` raises the error of the first series without a rate; `"nan"` leaves NaN in its place.

    Returns:
        The effective annual rates as fractions: an array where `amounts` is one, else a list.

    Raises:
        NoSolution: A series has no rate; `path` says which, such as `amounts[17]`.
        InvalidInput: A date or an amount is not valid; `path` says which, such as `amounts[17][3]`.

    Example:
        >>> import wherewithal as ww
        >>> dates = ["2024-01-01", "2025-01-01", "2026-01-01"]
        >>> [round(rate, 6) for rate in ww.xirr_batch(dates, [[-100, 5, 105], [-100, 0, 121]])]
        [0.049928, 0.099857]
    """

@final
class AmortizationColumns:
    """The schedules of many loans, as columns.

    Amounts are whole numbers of the currency's smallest unit (cents). The columns have the rows of the first loan, then
    those of the second, and so on: those of loan `i` are `ends[i - 1]:ends[i]`.

    Attributes:
        interest: The interest of each payment.
        principal: What each payment takes off the balance.
        balance: What is owed after each payment; zero in the last row of a loan.
        ends: For each loan, the index after its last row.
        payment: For each loan, the regular monthly payment without the extra payment.
        total_interest: For each loan, the sum of its interest.
        places: How many decimal places the currency has: an amount of 1 is 10 to the power of -places.
    """

    @property
    def interest(self) -> npt.NDArray[np.int64]: ...
    @property
    def principal(self) -> npt.NDArray[np.int64]: ...
    @property
    def balance(self) -> npt.NDArray[np.int64]: ...
    @property
    def ends(self) -> npt.NDArray[np.int64]: ...
    @property
    def payment(self) -> npt.NDArray[np.int64]: ...
    @property
    def total_interest(self) -> npt.NDArray[np.int64]: ...
    @property
    def places(self) -> int: ...

def amortize_batch(
    principal: Any,
    annual_rate: Any,
    term_months: Any,
    *,
    extra_monthly_payment: Any = 0,
    currency: str = "USD",
    rounding: Rounding = "half_even",
    out: AmortizationColumns | None = None,
) -> AmortizationColumns:
    """The schedules of many loans that are repaid monthly, with the rows that `debt.amortize` gives each of them.

    Each argument is one value for all loans, or an array or list with one for each. Amounts and rates are exact:
    a float is the decimal that it was written as (at most 15 digits), and decimals and text are taken as they are. The
    schedules are computed on all cores (`RAYON_NUM_THREADS` sets how many) without holding the interpreter.

    Args:
        principal: What is owed one month before the first payment; greater than zero.
        annual_rate: Nominal annual rate as a fraction (0.065 is 6.5 %), compounded monthly.
        term_months: How many monthly payments are agreed, 1 to 1200.
        extra_monthly_payment: What is paid every month on top of the level payment.
        currency: The ISO 4217 code of all amounts.
        rounding: How payments and interest are rounded to the currency's smallest unit: `"half_even"`, `"half_up"`,
            `"down"` or `"up"`.
        out: Columns of an earlier call, whose arrays are overwritten and returned; they must have as many rows as the
            terms of the loans add up to. It saves the time that new memory takes.

    Returns:
        The columns, in the currency's smallest unit; they are numpy arrays, so numpy must be installed.

    Raises:
        InvalidInput: The terms of a loan are not valid; `path` says which, such as `loans[17].annual_rate`.

    Example:
        >>> import wherewithal as ww
        >>> schedules = ww.amortize_batch([400_000, 250_000], 0.065, 360)
        >>> [int(cents) for cents in schedules.payment]
        [252827, 158017]
        >>> [int(cents) for cents in schedules.balance[[0, 359, 719]]]
        [39963840, 0, 0]
    """

__all__ = [
    "AmortizationColumns",
    "ArrowTable",
    "__version__",
    "amortize_batch",
    "call",
    "cumipmt",
    "cumprinc",
    "defaults",
    "dump",
    "effect",
    "fv",
    "ipmt",
    "irr",
    "mirr",
    "nfv",
    "nominal",
    "nper",
    "npv",
    "operations",
    "parse",
    "pduration",
    "pmt",
    "ppmt",
    "pv",
    "rate",
    "rri",
    "run",
    "validate",
    "xfv",
    "xirr",
    "xirr_batch",
    "xnfv",
    "xnpv",
]
