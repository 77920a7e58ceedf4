"""Records: the values that operations take and return."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from ._codec import TEXT, Codec, Field, ListOf, plain, refuse
from ._table import Table
from .errors import InvalidInput, WherewithalError

_R = TypeVar("_R", bound="Record")

#: All records by name; the types of the contract have unique names.
_CLASSES: dict[str, type[Record]] = {}

#: The longest record that is shown on one line.
_WIDTH = 100


class Record:
    """A value with named fields that does not change.

    Records compare by their fields. A caller may pass a plain dictionary, its keys in snake_case, wherever a record
    is asked for.
    """

    __slots__ = ()

    _fields: ClassVar[tuple[Field, ...]] = ()
    #: Of a record of a union: the name of the tag, and its value here and on the wire.
    _tag: ClassVar[tuple[str, str, str] | None] = None
    _by_name: ClassVar[dict[str, Field]] = {}
    _known: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        _CLASSES[cls.__name__] = cls
        cls._by_name = {field.wire: field for field in cls._fields}
        cls._known = frozenset(cls._by_name).union([cls._tag[0]] if cls._tag else [])
        cls._by_name |= {field.name: field for field in cls._fields}
        setattr(cls, "__match_args__", tuple(field.name for field in cls._fields))

    def __init__(self, **fields: Any) -> None:
        self._fill(_decoded(type(self), _encoded(type(self), fields)))

    def _fill(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def _from_wire(cls: type[_R], wire: Any) -> _R:
        record = cls.__new__(cls)
        record._fill(_decoded(cls, wire))
        return record

    def _to_wire(self) -> dict[str, Any]:
        return _encoded(type(self), {field.name: getattr(self, field.name) for field in self._fields})

    @classmethod
    def from_dict(cls: type[_R], values: Mapping[str, Any]) -> _R:
        """The record that a dictionary describes; its keys may be in snake_case or in the wire's camelCase.

        Raises:
            InvalidInput: A field is missing, unknown or of the wrong type.
        """
        return cls._from_wire(_encoded(cls, values))

    @classmethod
    def from_json(cls: type[_R], text: str | bytes) -> _R:
        """The record that a JSON text in the wire's spelling describes.

        Raises:
            InvalidInput: The text is not JSON, or a field is missing, unknown or of the wrong type.
        """
        try:
            wire = json.loads(text)
        except ValueError as error:
            raise InvalidInput("input.malformed", f"not JSON: {error}") from None
        return cls._from_wire(wire)

    @classmethod
    def from_file(cls: type[_R], path: str | os.PathLike[str]) -> _R:
        """The record in a JSON file.

        Raises:
            OSError: The file cannot be read.
            InvalidInput: As `from_json`.
        """
        return cls.from_json(Path(path).read_bytes())

    def to_dict(self) -> dict[str, Any]:
        """The fields as a dictionary with keys in snake_case; records and tables inside become dictionaries and lists."""
        tag = {self._tag[0]: self._tag[1]} if self._tag else {}
        return tag | {field.name: _plain(getattr(self, field.name)) for field in self._fields}

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON text in the wire's spelling, which every other language reads."""
        return json.dumps(self._to_wire(), indent=indent, ensure_ascii=False)

    def replace(self: _R, **changes: Any) -> _R:
        """A copy of the record with some fields changed."""
        return type(self)(**({field.name: getattr(self, field.name) for field in self._fields} | changes))

    __replace__ = replace

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} does not change; use replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, field.name) == getattr(other, field.name) for field in self._fields)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, field.name) for field in self._fields)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), [getattr(self, field.name) for field in self._fields])

    def __repr__(self) -> str:
        parts = [f"{field.name}={_shown(getattr(self, field.name))}" for field in self._fields]
        name = type(self).__name__
        line = f"{name}({', '.join(parts)})"
        if len(line) <= _WIDTH and "\n" not in line:
            return line
        body = "".join(f"    {part},\n".replace("\n    ", "\n        ") for part in parts)
        return f"{name}(\n{body})"


def _restored(cls: type[Record], values: list[Any]) -> Record:
    record = cls.__new__(cls)
    record._fill({field.name: value for field, value in zip(cls._fields, values)})
    return record


def _shown(value: Any) -> str:
    if isinstance(value, Table):
        return value._summary()
    if isinstance(value, list) and len(value) > 12:
        return f"[{', '.join(map(_shown, value[:10]))}, ... {len(value) - 10} more]"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return repr(value)


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


def _encoded(cls: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object of a record's fields. What nobody knows stays in it, for the reader to refuse."""
    wire: dict[str, Any] = {}
    if cls._tag:
        wire[cls._tag[0]] = cls._tag[2]
    for key, value in values.items():
        field = cls._by_name.get(key)
        if field is None:
            wire.setdefault(key, None)
            continue
        if value is None and not field.required:
            continue
        try:
            wire[field.wire] = field.codec.encode(value)
        except WherewithalError as error:
            error._within(field.wire)
            raise
    return wire


def _decoded(cls: type[Record], wire: Any) -> dict[str, Any]:
    """The fields of a record by their names here, from a JSON object."""
    if not isinstance(wire, dict):
        refuse(f"an object with the fields of {cls.__name__}", wire)
    values: dict[str, Any] = {}
    for field in cls._fields:
        try:
            if field.wire in wire:
                values[field.name] = field.codec.decode(wire[field.wire])
            elif field.required:
                raise InvalidInput("input.missing_field", f"missing field `{field.wire}`")
            else:
                default = field.default
                values[field.name] = None if default is None else field.codec.decode(default)
        except WherewithalError as error:
            error._within(field.wire)
            raise
    if not cls._known.issuperset(wire):
        unknown = next(key for key in wire if key not in cls._known)
        raise InvalidInput("input.unknown_field", f"{cls.__name__} has no field `{unknown}`", unknown)
    return values


class RecordOf(Codec):
    """A record, known by name because records may name each other."""

    def __init__(self, name: str) -> None:
        self._name = name

    def encode(self, value: Any) -> Any:
        cls = _CLASSES[self._name]
        if isinstance(value, cls):
            return value._to_wire()
        if isinstance(value, Mapping):
            return _encoded(cls, value)
        return plain(value, self._name)

    def decode(self, wire: Any) -> Any:
        return _CLASSES[self._name]._from_wire(wire)


class UnionOf(Codec):
    """One of several records, told apart by the value of their tag."""

    def __init__(self, tag: str, names: Sequence[str]) -> None:
        self._tag = tag
        self._names = names

    def encode(self, value: Any) -> Any:
        if isinstance(value, Record):
            return value._to_wire()
        if not isinstance(value, Mapping):
            return plain(value, "one of " + ", ".join(self._names))
        cls = self._class(value.get(self._tag))
        if cls is None:
            return {self._tag: TEXT.encode(value.get(self._tag))}
        return _encoded(cls, {key: item for key, item in value.items() if key != self._tag})

    def decode(self, wire: Any) -> Any:
        cls = self._class(wire.get(self._tag)) if isinstance(wire, dict) else None
        return refuse("one of " + ", ".join(self._names), wire) if cls is None else cls._from_wire(wire)

    def _class(self, value: Any) -> type[Record] | None:
        """The class of a tag's value, spelled as here or as on the wire."""
        classes = (_CLASSES[name] for name in self._names)
        return next((cls for cls in classes if cls._tag and value in cls._tag[1:]), None)


class TableOf(Codec):
    """Rows of flat records."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = ListOf(RecordOf(name))

    def encode(self, value: Any) -> Any:
        return self._rows.encode(value)

    def decode(self, wire: Any) -> Table[Any]:
        return Table(_CLASSES[self._name], wire if isinstance(wire, list) else refuse("a list", wire))
