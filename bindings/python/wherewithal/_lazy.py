"""Names that are loaded on first use, so that importing the package is fast regardless of its size."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ._nearest import nearest


def load(module: str, homes: Mapping[str, str], name: str) -> Any:
    """The value of `name` in `module`, which is then stored in the module.

    Args:
        module: The full name of the module of the access.
        homes: For each name, the full name of the module that defines it, or of the module itself.
        name: The requested name.

    Raises:
        AttributeError: There is no such name.
    """
    home = homes.get(name)
    if home is None:
        # As Python hints itself, except in modules with more than 750 names.
        near = None if name.startswith("_") else nearest(name, homes)
        hint = f". Did you mean: {near!r}?" if near else ""
        raise AttributeError(f"module {module!r} has no attribute {name!r}{hint}", name=name)
    loaded = import_module(home)
    value = loaded if home == f"{module}.{name}" else getattr(loaded, name)
    setattr(sys.modules[module], name, value)
    return value
