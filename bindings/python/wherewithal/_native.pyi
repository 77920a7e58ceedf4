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
) -> str: ...
def dumps(value: Any) -> bytes | None: ...
def holds_numbers(value: Any) -> bool: ...
def operations() -> list[str]: ...

@final
class ArrowTable:
    def __new__(cls, columns: Sequence[tuple[str, str, bool, Sequence[Any]]], rows: int) -> ArrowTable: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@overload
def fv(rate: float, nper: float, pmt: float, pv: float, when: _When = "end") -> float: ...  # type: ignore[overload-overlap]
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
def pv(rate: float, nper: float, pmt: float, fv: float = 0.0, when: _When = "end") -> float: ...  # type: ignore[overload-overlap]
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
def pmt(rate: float, nper: float, pv: float, fv: float = 0.0, when: _When = "end") -> float: ...  # type: ignore[overload-overlap]
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
def nper(rate: float, pmt: float, pv: float, fv: float = 0.0, when: _When = "end") -> float: ...  # type: ignore[overload-overlap]
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
def rate(nper: float, pmt: float, pv: float, fv: float, when: _When = "end", guess: float = 0.1) -> float: ...  # type: ignore[overload-overlap]
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
def ipmt(rate: float, per: float, nper: float, pv: float, fv: float = 0.0, when: _When = "end") -> float: ...  # type: ignore[overload-overlap]
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
def ppmt(rate: float, per: float, nper: float, pv: float, fv: float = 0.0, when: _When = "end") -> float: ...  # type: ignore[overload-overlap]
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
) -> float: ...
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
) -> float: ...
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
def effect(nominal_rate: float, periods_per_year: float) -> float: ...  # type: ignore[overload-overlap]
@overload
def effect(nominal_rate: _List, periods_per_year: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def effect(nominal_rate: _Array, periods_per_year: _Array) -> npt.NDArray[np.float64]: ...
@overload
def effect(nominal_rate: Any, periods_per_year: Any) -> Any: ...
@overload
def nominal(effective_rate: float, periods_per_year: float) -> float: ...  # type: ignore[overload-overlap]
@overload
def nominal(effective_rate: _List, periods_per_year: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def nominal(effective_rate: _Array, periods_per_year: _Array) -> npt.NDArray[np.float64]: ...
@overload
def nominal(effective_rate: Any, periods_per_year: Any) -> Any: ...
@overload
def rri(nper: float, pv: float, fv: float) -> float: ...  # type: ignore[overload-overlap]
@overload
def rri(nper: _List, pv: _List, fv: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def rri(nper: _Array, pv: _Array, fv: _Array) -> npt.NDArray[np.float64]: ...
@overload
def rri(nper: Any, pv: Any, fv: Any) -> Any: ...
@overload
def pduration(rate: float, pv: float, fv: float) -> float: ...  # type: ignore[overload-overlap]
@overload
def pduration(rate: _List, pv: _List, fv: _List) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def pduration(rate: _Array, pv: _Array, fv: _Array) -> npt.NDArray[np.float64]: ...
@overload
def pduration(rate: Any, pv: Any, fv: Any) -> Any: ...
@overload
def npv(rate: float, amounts: _Amounts, *, start_from_zero: bool = True) -> float: ...  # type: ignore[overload-overlap]
@overload
def npv(rate: _List, amounts: _Amounts, *, start_from_zero: bool = True) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def npv(rate: _Array, amounts: _Amounts, *, start_from_zero: bool = True) -> npt.NDArray[np.float64]: ...
@overload
def npv(rate: Any, amounts: _Amounts, *, start_from_zero: bool = True) -> Any: ...
@overload
def nfv(rate: float, nper: float, amounts: _Amounts) -> float: ...  # type: ignore[overload-overlap]
@overload
def nfv(rate: _List, nper: _List, amounts: _Amounts) -> list[Any]: ...  # type: ignore[overload-overlap]
@overload
def nfv(rate: _Array, nper: _Array, amounts: _Amounts) -> npt.NDArray[np.float64]: ...
@overload
def nfv(rate: Any, nper: Any, amounts: _Amounts) -> Any: ...
def irr(amounts: _Amounts, guess: float = 0.1) -> float: ...
def mirr(amounts: _Amounts, finance_rate: float, reinvest_rate: float) -> float: ...
@overload
def xnpv(  # type: ignore[overload-overlap]
    rate: float,
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    *,
    day_count: DayCount = "actual365_fixed",
) -> float: ...
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
) -> float: ...
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
) -> float: ...
def xirr(
    dates: _DatedFlows,
    amounts: _Amounts | None = None,
    guess: float = 0.1,
    *,
    day_count: DayCount = "actual365_fixed",
) -> float: ...
def xirr_batch(
    dates: Any,
    amounts: Any,
    guess: float = 0.1,
    *,
    day_count: DayCount = "actual365_fixed",
    on_error: Literal["raise", "nan"] = "raise",
) -> Any: ...

@final
class AmortizationColumns:
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
) -> AmortizationColumns: ...

__all__ = [
    "AmortizationColumns",
    "ArrowTable",
    "__version__",
    "amortize_batch",
    "call",
    "cumipmt",
    "cumprinc",
    "dumps",
    "effect",
    "fv",
    "holds_numbers",
    "ipmt",
    "irr",
    "mirr",
    "nfv",
    "nominal",
    "nper",
    "npv",
    "operations",
    "pduration",
    "pmt",
    "ppmt",
    "pv",
    "rate",
    "rri",
    "xfv",
    "xirr",
    "xirr_batch",
    "xnfv",
    "xnpv",
]
