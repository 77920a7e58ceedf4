"""An embeddable wealth engine: the same results, to the bit, in every language.

Each family of operations is a module with typed functions: `wherewithal.debt.amortize(principal="400000", ...)`. Amounts
of money are exact (`decimal.Decimal`), rates of return and simulations are floats, and the lists in results are tables
that pandas, polars, pyarrow and DuckDB read.

Functions on arrays, such as `wherewithal.xirr` and `wherewithal.pmt`, are at the top level of the package and in
`wherewithal.arrays`: they return the type of their arguments, a float for floats, an array for arrays, a Series for a
Series.

An invalid input raises `WherewithalError` with a stable `code` and the `path` of the field.

A module is loaded on first use, so importing the package is fast regardless of its size.
"""

from . import _families

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
__all__ += _families.__all__ + _families.ARRAY_FUNCTIONS

# The modules of the names that are not in `_native`. Type checkers and editors read the stub.
_MODULES = {
    "_column": ["Column"],
    "_percent": ["percent"],
    "_record": ["OneOf", "Record"],
    "_table": ["Table"],
    "errors": ["Cancelled", "InvalidInput", "NoSolution", "NotFound", "TooLarge", "WherewithalError"],
    "types": ["Household"],
}
_HOMES = dict.fromkeys(__all__, f"{__name__}._native")
_HOMES |= {name: f"{__name__}.{name}" for name in ["arrays", "errors", "types", *_families.__all__]}
_HOMES |= dict.fromkeys(_families.ARRAY_FUNCTIONS, f"{__name__}.arrays")
_HOMES |= {name: f"{__name__}.{module}" for module, names in _MODULES.items() for name in names}


def __getattr__(name):
    from ._lazy import load

    return load(__name__, _HOMES, name)


def __dir__():
    return sorted({*globals(), *__all__})
