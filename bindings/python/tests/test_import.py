"""Lazy loading: importing the package is fast regardless of the number of operations."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import wherewithal as ww

FAMILIES = sorted({operation.partition(".")[0] for operation in ww.operations()})
LOAN = 'principal="1200", annual_rate="0", term_months=12, first_payment="2026-01-01"'


def loaded_after(program: str) -> set[str]:
    """The modules that a program loads, in a separate process."""
    report = f"{program}\nimport json, sys\nprint(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", report], check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout))


def seconds(statement: str) -> float:
    program = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return float(done.stdout)


def test_to_import_the_package_takes_at_most_half_the_time_of_numpy() -> None:
    own, numpys = [], []
    for _ in range(5):
        own.append(seconds("import wherewithal"))
        numpys.append(seconds("import numpy"))
    assert min(own) <= min(numpys) / 2


def test_to_import_the_package_loads_no_family_and_no_other_package() -> None:
    loaded = loaded_after("import wherewithal")
    assert {name for name in loaded if name.startswith("wherewithal")} == {
        "wherewithal",
        "wherewithal._families",
    }
    assert not loaded & {"numpy", "pandas", "polars", "pyarrow", "typing"}


def test_a_family_loads_its_own_types_only() -> None:
    loaded = loaded_after(
        f"import wherewithal as ww\nww.debt.amortize({LOAN}).schedule[0]\nww.pmt(0.01, 12, 1000)"
    )
    assert {"wherewithal.debt", "wherewithal.types._debt"} <= loaded
    others = {family for family in FAMILIES if f"wherewithal.{family}" in loaded} - {"debt"}
    assert not others
    assert "wherewithal.types._simulation" not in loaded
    assert "numpy" not in loaded


@pytest.mark.parametrize("name", ["types", "errors", "arrays", "Household", "pmt", *FAMILIES])
def test_a_name_is_found_whichever_is_asked_for_first(name: str) -> None:
    loaded_after(f"import wherewithal\nassert wherewithal.{name} is wherewithal.{name}")
    loaded_after(f"from wherewithal import {name}")


def test_every_public_name_is_there_and_listed() -> None:
    for module in (ww, ww.types, *(getattr(ww, family) for family in FAMILIES)):
        assert set(module.__all__) <= set(dir(module))
        for name in module.__all__:
            assert getattr(module, name) is not None
    assert set(FAMILIES) <= set(dir(ww))


def test_no_generated_module_is_left_over() -> None:
    package = Path(ww.__file__).parent
    modules = {path.stem for path in package.glob("*.py") if not path.stem.startswith("_")}
    assert modules == {"arrays", "errors", *FAMILIES}
    assert {path.stem for path in (package / "types").glob("_[a-z]*.py")} <= {f"_{name}" for name in FAMILIES}


def test_a_name_that_is_not_there_is_named_with_the_nearest() -> None:
    for program, nearest in [
        ("ww.types.Amortisation", "Amortization"),
        ("ww.debbt", "debt"),
        ("ww.debt.amortise", "amortize"),
    ]:
        done = subprocess.run(
            [sys.executable, "-c", f"import wherewithal as ww\n{program}"], capture_output=True, text=True
        )
        assert "AttributeError" in done.stderr
        assert f"Did you mean: '{nearest}'?" in done.stderr
