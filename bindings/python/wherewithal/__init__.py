"""An embeddable wealth engine: the same answers, to the bit, in every language.

Each family of operations is a module with typed functions: `wherewithal.debt.amortize(principal="400000", ...)`. Amounts
of money are exact (`decimal.Decimal`), rates of return and simulations are floats, and the lists in results are tables
that pandas, polars, pyarrow and DuckDB read.

Functions on arrays, such as `wherewithal.xirr` and `wherewithal.pmt`, stand at the top of the package: they return what
they are given, a float for floats, an array for arrays, a Series for a Series.

Whatever is wrong with an input raises `WherewithalError` with a stable `code` and the `path` of the field.
"""

from __future__ import annotations

from . import _families, types
from ._families import *  # noqa: F403
from ._native import (
    AmortizationColumns,
    __version__,
    amortize_batch,
    call,
    cumipmt,
    cumprinc,
    effect,
    fv,
    ipmt,
    irr,
    mirr,
    nfv,
    nominal,
    nper,
    npv,
    operations,
    pduration,
    pmt,
    ppmt,
    pv,
    rate,
    rri,
    xfv,
    xirr,
    xirr_batch,
    xnfv,
    xnpv,
)
from ._record import Record
from ._table import Table
from .errors import Cancelled, InvalidInput, NoSolution, NotFound, TooLarge, WherewithalError
from .types import Household

__all__ = [
    "AmortizationColumns",
    "Cancelled",
    "Household",
    "InvalidInput",
    "NoSolution",
    "NotFound",
    "Record",
    "Table",
    "TooLarge",
    "WherewithalError",
    "__version__",
    "amortize_batch",
    "call",
    "cumipmt",
    "cumprinc",
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
    "pduration",
    "pmt",
    "ppmt",
    "pv",
    "rate",
    "rri",
    "types",
    "xfv",
    "xirr",
    "xirr_batch",
    "xnfv",
    "xnpv",
]
__all__ += _families.__all__
