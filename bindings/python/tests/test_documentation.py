"""Every public name is documented, and every example in the documentation runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
import pydoc
import re
import runpy
from pathlib import Path
from types import ModuleType
from typing import get_args, get_type_hints

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


def shown(thing: object) -> str:
    """What `help` prints."""
    return pydoc.render_doc(thing, renderer=pydoc.plaintext)


def test_help_shows_the_records_of_a_union_and_their_fields() -> None:
    text = shown(wherewithal.types.SpendingRule)
    for name in wherewithal.types.SpendingRule._names():
        kind = getattr(wherewithal.types, name)
        assert f'{name} (`kind="{kind.kind}"`): ' in text
        for field in kind.__match_args__:
            assert f"{field} (" in text


def test_help_shows_the_fields_of_a_record_and_the_arguments_of_a_function() -> None:
    text = shown(wherewithal.types.Loan)
    assert "Loan(*, principal: 'Decimal'" in text
    assert "rounding (str): " in text
    assert "_described" not in text
    text = shown(wherewithal.debt.amortize)
    assert text.splitlines()[2].startswith("amortize(*, principal: 'DecimalLike'")
    assert "-> 'types.Amortization'" in text


def test_help_shows_the_values_of_a_choice() -> None:
    text = shown(wherewithal.types.Rounding)
    for value in get_args(wherewithal.types.Rounding):
        assert f'`"{value}"`: ' in text


def test_annotations_can_be_resolved() -> None:
    for family in {operation.partition(".")[0] for operation in wherewithal.operations()}:
        for function in public_names(getattr(wherewithal, family)):
            hints = get_type_hints(getattr(getattr(wherewithal, family), function))
            assert issubclass(hints["return"], wherewithal.Record)
    for name in wherewithal.types.__all__:
        value = getattr(wherewithal.types, name)
        if inspect.isclass(value):
            assert get_type_hints(value).keys() >= set(value.__match_args__)
            assert len(value._described) == len(value.__match_args__)


def test_numbered_lists_and_bullets_survive() -> None:
    doc = wherewithal.retirement.run.__doc__ or ""
    assert re.search(r"^    1\. Accounts open\..*\n       \S", doc, re.MULTILINE)
    assert re.search(r"^    7\. ", doc, re.MULTILINE)
    assert re.search(r"^ +- `lower_bound`: ", wherewithal.debt.payoff_plan.__doc__ or "", re.MULTILINE)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_the_example_programs_run(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    # A program that is started has its own folder in the path.
    monkeypatch.syspath_prepend(path.parent)
    runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out.strip()


def test_the_stub_of_the_native_module_says_what_help_says() -> None:
    """Editors read the stub, because the functions have no Python source."""
    stub = ast.parse((Path(wherewithal.__file__).parent / "_native.pyi").read_text())
    documented = {}
    for node in stub.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            assert node.name not in documented, "one overload says it"
            documented[node.name] = ast.get_docstring(node)
    native = {
        name
        for name in wherewithal.__all__
        if getattr(getattr(wherewithal, name), "__module__", "") == "wherewithal._native"
    }
    assert native == documented.keys()
    for name in native:
        assert documented[name] == inspect.getdoc(getattr(wherewithal, name))
