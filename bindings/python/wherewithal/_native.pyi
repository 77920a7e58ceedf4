from collections.abc import Callable, Sequence
from typing import Any, final

import numpy as np
import numpy.typing as npt

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

__all__ = [
    "AmortizationColumns",
    "ArrayFunction",
    "ArrowTable",
    "ScheduleFunction",
    "__version__",
    "call",
    "defaults",
    "dump",
    "operations",
    "parse",
    "replaced",
    "run",
    "validate",
]
