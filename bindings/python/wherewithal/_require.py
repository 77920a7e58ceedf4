"""Optional libraries."""

from __future__ import annotations

import importlib
from typing import Any


def required(module: str) -> Any:
    """An optional module.

    Raises:
        ImportError: It is not installed; the message says how to install it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise ImportError(f"this needs {package}, which is not installed: pip install {package}") from error
