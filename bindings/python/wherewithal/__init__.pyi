from . import _families as _families, arrays as arrays, errors as errors, types as types
from ._column import Column as Column
from ._families import *
from ._native import (
    AmortizationColumns as AmortizationColumns,
    LotColumns as LotColumns,
    __version__ as __version__,
    call as call,
    lot_columns as lot_columns,
    operations as operations,
)
from ._percent import percent as percent
from ._record import OneOf as OneOf, Record as Record
from ._table import Table as Table
from .arrays import *
from .errors import (
    Cancelled as Cancelled,
    InvalidInput as InvalidInput,
    NoSolution as NoSolution,
    NotFound as NotFound,
    TooLarge as TooLarge,
    WherewithalError as WherewithalError,
)
from .types import Household as Household

__all__ = [
    "AmortizationColumns",
    "Cancelled",
    "Column",
    "Household",
    "InvalidInput",
    "LotColumns",
    "NoSolution",
    "NotFound",
    "OneOf",
    "Record",
    "Table",
    "TooLarge",
    "WherewithalError",
    "__version__",
    "arrays",
    "call",
    "errors",
    "lot_columns",
    "operations",
    "percent",
    "types",
]
__all__ += _families.__all__
__all__ += arrays.__all__
