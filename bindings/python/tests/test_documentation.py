"""Every public name is documented, and every example in the documentation runs."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import runpy
from pathlib import Path
from types import ModuleType

import pytest

import wherewithal

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "python"
MODULES = ["wherewithal"] + [
    f"wherewithal.{module.name}" for module in pkgutil.iter_modules(wherewithal.__path__)
]
PUBLIC = [name for name in MODULES if "._" not in name]


def public_names(module: ModuleType) -> list[str]:
    return [name for name in module.__all__ if not name.startswith("__")]


def test_the_package_has_a_module_for_each_family() -> None:
    families = {operation.partition(".")[0] for operation in wherewithal.operations()}
    for family in families:
        module = getattr(wherewithal, family)
        functions = {
            operation.partition(".")[2]
            for operation in wherewithal.operations()
            if operation.startswith(f"{family}.")
        }
        assert set(module.__all__) == functions


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert inspect.getdoc(module)
    for entry in public_names(module):
        value = getattr(module, entry)
        if inspect.isclass(value) or inspect.isroutine(value) or inspect.ismodule(value):
            assert value.__doc__, f"{name}.{entry}"
        if inspect.isclass(value) and value.__module__.startswith("wherewithal"):
            for member, attribute in vars(value).items():
                if inspect.isroutine(attribute) and not member.startswith("_"):
                    assert inspect.getdoc(getattr(value, member)), f"{name}.{entry}.{member}"


@pytest.mark.parametrize("name", PUBLIC)
def test_the_arguments_of_every_function_are_documented(name: str) -> None:
    module = importlib.import_module(name)
    for entry in public_names(module):
        function = getattr(module, entry)
        if inspect.isroutine(function):
            documentation = inspect.getdoc(function) or ""
            for parameter in inspect.signature(function).parameters:
                assert f"    {parameter}" in documentation, f"{name}.{entry}({parameter})"


@pytest.mark.parametrize("name", PUBLIC)
def test_the_examples_in_the_documentation_run(name: str) -> None:
    module = importlib.import_module(name)
    finder, runner = doctest.DocTestFinder(exclude_empty=True), doctest.DocTestRunner()
    entries = {entry: getattr(module, entry) for entry in public_names(module)}
    callables = {
        entry: value for entry, value in entries.items() if inspect.isroutine(value) or inspect.isclass(value)
    }
    for entry, value in callables.items():
        for test in finder.find(value, name=f"{name}.{entry}", module=False, globs={}):
            runner.run(test)
        is_operation = f"{name.removeprefix('wherewithal.')}.{entry}" in wherewithal.operations()
        assert ">>>" in (value.__doc__ or "") or not is_operation, f"{name}.{entry} has no example"
    assert runner.failures == 0


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_the_example_programs_run(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out.strip()
