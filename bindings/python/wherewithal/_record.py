"""Records: the values that operations take and return."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from . import _native
from ._html import table_of
from ._kinds import Field, kind_of
from ._table import Table

if TYPE_CHECKING:
    import inspect

_R = TypeVar("_R", bound="Record")
_T = TypeVar("_T")

#: The longest record that is shown on one line.
_WIDTH = 100
#: The number of items shown of a list that is longer than `_LONG`.
_SHOWN, _LONG = 10, 12


class _OfClass(Generic[_T]):
    """A lazy property of a class of records: most classes are loaded and never used."""

    def __init__(self, find: Callable[[type[Record]], _T]) -> None:
        self._find = find

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, record: object, cls: type[Record]) -> _T:
        fact = self._find(cls)
        # Not stored in a base class: the derived classes would find its value instead of their own.
        if cls is not self._owner and "__match_args__" in vars(cls):
            setattr(cls, self._name, fact)
        return fact


def _fields_of(cls: type[Record]) -> tuple[Field, ...]:
    """The fields that the annotations of a class describe."""
    scope = vars(sys.modules[cls.__module__])
    return tuple(
        # A keyword of Python has an underscore after it here.
        Field(name, name.rstrip("_"), kind_of(eval(cls.__annotations__[name], scope)))
        for name in cls.__match_args__
    )


def _table_of(cls: type[Record]) -> Any:
    return Table[cls]  # type: ignore[valid-type]


def _signature_of(cls: type[Record]) -> inspect.Signature:
    """The signature for `help` and notebooks."""
    from inspect import Parameter, Signature

    if not cls.__match_args__:
        return Signature()
    defaults = _native.defaults(cls._type, cls._tag[1] if cls._tag else None)

    def parameter(field: Field) -> Parameter:
        return Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=field.kind.made(defaults[field.key]) if field.key in defaults else Parameter.empty,
            annotation=cls.__annotations__[field.name],
        )

    return Signature([parameter(field) for field in cls._described])


class Record:
    """An immutable value with named fields.

    Records compare by their fields. A plain dictionary with keys in snake_case can be passed instead of a record.
    """

    __slots__ = ()

    # A class of records lists its fields in its slots, and their types in its annotations.
    __match_args__: ClassVar[tuple[str, ...]] = ()
    #: The name of its type in the contract.
    _type: ClassVar[str] = ""
    #: For a record of a union: the name of the tag, and its value.
    _tag: ClassVar[tuple[str, str] | None] = None

    _described = _OfClass(_fields_of)
    if not TYPE_CHECKING:
        #: A table of such records. For type checkers it is a class with the types of its columns.
        _Rows = _OfClass(_table_of)
    __signature__ = _OfClass(_signature_of)

    def __init_subclass__(cls) -> None:
        cls._type = cls.__name__

    def __init__(self, **fields: Any) -> None:
        self._fill(_native.validate(self._type, fields))

    def _fill(self, plain: Mapping[str, Any]) -> None:
        # Inlined for speed, because a table has thousands of rows: the value is `kind.made(plain.get(key))`.
        put = object.__setattr__
        for name, key, kind in self._described:
            value = plain.get(key)
            if value is None:
                value = kind.made(None)
            elif (make := kind.make) is not None:
                value = make(value)
            put(self, name, value)

    @classmethod
    def _read(cls: type[_R], plain: Mapping[str, Any]) -> _R:
        """The record of plain objects from the decoder."""
        record = cls.__new__(cls)
        record._fill(plain)
        return record

    def _entries(self) -> list[tuple[str, Any]]:
        """Names and values, with the tag of a union's record."""
        return [*([self._tag] if self._tag else ()), *self._values().items()]

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__match_args__}

    @classmethod
    def from_dict(cls: type[_R], values: Mapping[str, Any]) -> _R:
        """The record of a dictionary, with keys in snake_case or camelCase.

        Raises:
            InvalidInput: A field is missing, unknown or of the wrong type.
        """
        return cls._read(_native.validate(cls._type, values))

    @classmethod
    def from_json(cls: type[_R], text: str | bytes) -> _R:
        """The record of a JSON text with keys in camelCase.

        Raises:
            InvalidInput: The text is not JSON, or a field is missing, unknown or of the wrong type.
        """
        return cls._read(_native.parse(cls._type, text))

    @classmethod
    def from_file(cls: type[_R], path: str | os.PathLike[str]) -> _R:
        """The record in a JSON file.

        Raises:
            OSError: The file cannot be read.
            InvalidInput: Like `from_json`.
        """
        with open(path, "rb") as file:
            return cls.from_json(file.read())

    def to_dict(self) -> dict[str, Any]:
        """The fields as a dictionary with keys in snake_case; records and tables inside become dictionaries and lists."""
        return {name: _plain(value) for name, value in self._entries()}

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON text with keys in camelCase, as in every other language."""
        text = _native.dump(self._type, self)
        return text if indent is None else json.dumps(json.loads(text), indent=indent, ensure_ascii=False)

    def replace(self: _R, **changes: Any) -> _R:
        """A copy of the record with some fields replaced."""
        return self._read(_native.replaced(self._type, self, changes))

    __replace__ = replace

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable; use replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((type(self), *self._values().values()))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), list(self._values().values()))

    def __repr__(self) -> str:
        parts = [f"{name}={_shown(value)}" for name, value in self._values().items()]
        name = type(self).__name__
        line = f"{name}({', '.join(parts)})"
        if len(line) <= _WIDTH and "\n" not in line:
            return line
        body = "".join("    " + part.replace("\n", "\n    ") + ",\n" for part in parts)
        return f"{name}(\n{body})"

    def _repr_html_(self) -> str:
        rows = [[name, _cell(value)] for name, value in self._entries()]
        return table_of(None, rows, type(self).__name__)


class OneOf(Record):
    """A record of one of several kinds, distinguished by a tag such as `kind`.

    A union is a class, and so is each of its kinds, derived from it: `isinstance` works with both. `from_dict`,
    `from_json` and `from_file` of the union return a record of the kind in the tag. A dictionary with the tag can be
    passed instead of a record.
    """

    __slots__ = ()

    _tag_name: ClassVar[str] = ""
    #: The kinds of the union by the value of the tag.
    _kinds: ClassVar[dict[str, type[OneOf]]] = {}

    def __init_subclass__(cls, tag: str = "") -> None:
        if tag:
            cls._type = cls.__name__
            cls._tag_name = tag
            cls._kinds = {}
        else:
            value = getattr(cls, cls._tag_name)
            cls._tag = (cls._tag_name, value)
            cls._kinds[value] = cls

    def __init__(self, **fields: Any) -> None:
        if self._tag is None:
            raise TypeError(f"{type(self).__name__} is one of {', '.join(self._names())}: call one of these")
        super().__init__(**fields, **dict([self._tag]))

    @classmethod
    def _read(cls: type[_R], plain: Mapping[str, Any]) -> _R:
        union: Any = cls
        record: _R = union._kinds[plain[union._tag_name]].__new__(union._kinds[plain[union._tag_name]])
        record._fill(plain)
        return record

    @classmethod
    def _names(cls) -> list[str]:
        return [kind.__name__ for kind in cls._kinds.values()]


def _restored(cls: type[Record], values: list[Any]) -> Record:
    record = cls.__new__(cls)
    for name, value in zip(cls.__match_args__, values):
        object.__setattr__(record, name, value)
    return record


def _shown(value: Any) -> str:
    if isinstance(value, Table):
        return value._summary()
    if isinstance(value, list) and len(value) > _LONG:
        return f"[{', '.join(map(_shown, value[:_SHOWN]))}, ... {len(value) - _SHOWN} more]"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return repr(value)


def _cell(value: Any) -> str:
    """A value in one line of a notebook."""
    if isinstance(value, Record):
        return type(value).__name__
    if isinstance(value, list) and value and isinstance(value[0], (Record, list)):
        return f"{len(value)} x {type(value[0]).__name__}"
    if isinstance(value, (list, Table)):
        return _shown(value)
    return "" if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Table):
        return value.to_dicts()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
