from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, final

import numpy as np
import numpy.typing as npt

from . import types

__version__: str

def call(
    operation: str,
    input: str | bytes,
    on_progress: Callable[[int, int], object] | None = None,
) -> str:
    """Runs an operation: JSON text in, JSON text out.

    The keys are in camelCase, and the result is the same text as in every other language and from the server. The
    interpreter lock is released during the run.

    Args:
        operation: The name, such as `debt.amortize`.
        input: JSON as `str`, or as `bytes` in UTF-8.
        on_progress: Called by long operations about twenty times a second, in the calling thread, with the units of work
            done and the units in all. The run is cancelled if it returns `False` or raises. Other operations do not call it.

    Returns:
        The JSON text of the result.

    Raises:
        WherewithalError: With the code and the path of the error.
        KeyboardInterrupt: Ctrl-C was pressed during the operation, which was cancelled.
    """

def run(
    operation: str,
    whole: Any,
    changes: dict[str, Any],
    on_progress: Callable[[int, int], object] | None,
) -> Any: ...
def validate(name: str, fields: Any) -> Any: ...
def replaced(name: str, record: Any, changes: dict[str, Any]) -> Any: ...
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

@final
class ArrayFunction:
    def __new__(cls, name: str) -> ArrayFunction: ...
    def apply(self, arguments: tuple[Any, ...], on_error: str) -> Any: ...

@final
class ScheduleFunction:
    def __new__(cls, name: str) -> ScheduleFunction: ...
    def apply(self, arguments: tuple[Any, ...], out: AmortizationColumns | None) -> AmortizationColumns: ...

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

@final
class LotColumns:
    """A book of tax lots as columns.

    Amounts are whole numbers of the book's smallest unit: an amount of 1 is 10 to the power of `-places`. Quantities are
    whole numbers of 10 to the power of `-quantity_places`. Each table is a dictionary of numpy arrays, which pandas and
    polars take as the columns of a frame. Lots are named by the row of their purchase (`lot`), and by the number of the part
    (`part`) that a wash sale set apart, which is 0 for the rest.

    Attributes:
        disposals: What was sold, one row for each lot that a sale took from: `event` (the row of the sale), `lot`, `part`,
            `quantity`, `proceeds`, `cost`, `disallowed_loss`, `term` and `rule`. The gain is proceeds less cost plus the
            disallowed loss.
        lots: What is left: `lot`, `part`, `held_since`, `quantity` and `cost`.
        wash_sales: The losses that wash sales disallow: `disposal` (its row), `lot`, `part`, `quantity`, `disallowed_loss` and
            `permanent`.
        distribution_gains: Distributions above the basis of a lot: `event`, `lot`, `part`, `gain` and `term`.
        years: The totals of the tax years, as in the result of `lots.book`.
        terms: What the numbers of `term` stand for.
        rules: What the numbers of `rule` stand for.
        places: Decimal places of amounts.
        quantity_places: Decimal places of quantities.
    """

    @property
    def disposals(self) -> dict[str, npt.NDArray[Any]]: ...
    @property
    def lots(self) -> dict[str, npt.NDArray[Any]]: ...
    @property
    def wash_sales(self) -> dict[str, npt.NDArray[Any]]: ...
    @property
    def distribution_gains(self) -> dict[str, npt.NDArray[Any]]: ...
    @property
    def years(self) -> list[dict[str, Any]]: ...
    @property
    def terms(self) -> tuple[str, ...]: ...
    @property
    def rules(self) -> tuple[str, ...]: ...
    @property
    def places(self) -> int: ...
    @property
    def quantity_places(self) -> int: ...

def lot_columns(
    date: Any,
    kind: Any,
    quantity: Any,
    *,
    quantity_places: int = 0,
    price: Any | None = None,
    price_places: int = 2,
    amount: Any | None = None,
    fees: Any | None = None,
    sequence: Any | None = None,
    account: Any | None = None,
    security: Any | None = None,
    rules: types.LotRules | Mapping[str, Any] | None = None,
    accounts: Iterable[types.LotAccount | Mapping[str, Any]] | None = None,
    securities: Iterable[types.LotSecurity | Mapping[str, Any]] | None = None,
) -> LotColumns:
    """The book of a table of trades: `lots.book` for columns of numbers in place of a list of events.

    It is the book that `lots.book` builds of the same events, to the last digit. The columns have one length and any order.
    Quantities, prices and amounts are whole numbers, so nothing is rounded on the way in: 12.5 shares are 125 with one
    decimal place. Splits, mergers and other events that do not fit a table need `lots.book`.

    Args:
        date (array of dates): The day of each row.
        kind (array or list): What each row is: "buy", "sell", "reinvest", "dividend" or "return_of_capital", or their
            numbers from 0 to 4.
        quantity (array of int): The shares.
        quantity_places (int): Decimal places of quantities, 0 to 18. Defaults to `0`.
        price (array of int): The price of a share, or the dividend on one. Either this or `amount`.
        price_places (int): Decimal places of prices, 0 to 18. Defaults to `2`.
        amount (array of int): What all shares cost or brought without fees, in the smallest unit of the book.
        fees (array of int): Fees of purchases and sales, in the smallest unit of the book. Optional.
        sequence (array of int): The place of each row among those of its day. Absent, purchases come before sales, and
            rows of one kind in their order. Optional.
        account (array of int): The place of the account of each row among `accounts`. Optional with one.
        security (array of int): The place of the security of each row among `securities`. Optional with one.
        rules (LotRules): The rules of the book, as for `lots.book`. Optional.
        accounts (list of LotAccount): The accounts; absent for one taxable account.
        securities (list of LotSecurity): The securities; absent for one stock.

    Returns:
        The columns; they are numpy arrays, so numpy must be installed.

    Raises:
        WherewithalError: With the code and the path of what is wrong, such as `events[17].quantity`.

    Example:
        >>> import numpy as np
        >>> import wherewithal as ww
        >>> days = np.array(["2025-01-10", "2025-03-20"], dtype="datetime64[D]")
        >>> book = ww.lot_columns(days, ["buy", "sell"], np.array([10, 4]), price=np.array([5000, 5500]))
        >>> int(book.disposals["proceeds"][0] - book.disposals["cost"][0])
        2000
    """

__all__ = [
    "AmortizationColumns",
    "ArrayFunction",
    "ArrowTable",
    "LotColumns",
    "ScheduleFunction",
    "__version__",
    "call",
    "defaults",
    "dump",
    "lot_columns",
    "operations",
    "parse",
    "replaced",
    "run",
    "validate",
]
