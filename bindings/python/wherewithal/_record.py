"""Records: the values that operations take and return."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

from . import _codec as codec
from ._codec import TEXT, Codec, Field, ListOf, on_wire, plain, refuse
from ._table import Table
from .errors import InvalidInput, WherewithalError

if TYPE_CHECKING:
    import inspect

_R = TypeVar("_R", bound="Record")
_T = TypeVar("_T")

#: The longest record that is shown on one line.
_WIDTH = 100


class _OfClass(Generic[_T]):
    """A fact about a class of records, found when it is first asked for: most classes are loaded and never used."""

    def __init__(self, find: Callable[[type[Record]], _T]) -> None:
        self._find = find

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner = owner
        self._name = name

    def __get__(self, record: object, cls: type[Record]) -> _T:
        fact = self._find(cls)
        # Not in a class from which others derive: they would find its fact instead of their own.
        if cls is not self._owner and "__match_args__" in vars(cls):
            setattr(cls, self._name, fact)
        return fact


def _fields_of(cls: type[Record]) -> tuple[Field, ...]:
    """The fields that the annotations of a class describe."""
    scope = vars(sys.modules[cls.__module__])
    fields = []
    for name in cls.__match_args__:
        kind = codec_of(eval(cls.__annotations__[name], scope))
        fields.append(Field(name, on_wire(name), kind, name not in cls._defaults, cls._defaults.get(name)))
    return tuple(fields)


def _fields_by_name(cls: type[Record]) -> dict[str, Field]:
    return {field.wire: field for field in cls._described} | {field.name: field for field in cls._described}


def _known_names(cls: type[Record]) -> frozenset[str]:
    return frozenset(field.wire for field in cls._described).union([cls._tag[0]] if cls._tag else [])


def _signature_of(cls: type[Record]) -> inspect.Signature:
    """What `help` and notebooks show of the arguments."""
    from inspect import Parameter, Signature

    def parameter(field: Field) -> Parameter:
        default = None if field.default is None else field.codec.decode(field.default)
        return Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=Parameter.empty if field.required else default,
            annotation=cls.__annotations__[field.name],
        )

    return Signature([parameter(field) for field in cls._described])


class Record:
    """A value with named fields that does not change.

    Records compare by their fields. A caller may pass a plain dictionary, its keys in snake_case, wherever a record
    is asked for.
    """

    __slots__ = ()

    # A class of records names its fields in its slots and says their types in its annotations.
    __match_args__: ClassVar[tuple[str, ...]] = ()
    #: The fields that may be left out, with what they are then on the wire.
    _defaults: ClassVar[Mapping[str, Any]] = {}
    #: Of a record of a union: the name of the tag, and its value here and on the wire.
    _tag: ClassVar[tuple[str, str, str] | None] = None

    _described = _OfClass(_fields_of)
    _by_name = _OfClass(_fields_by_name)
    _known = _OfClass(_known_names)
    __signature__ = _OfClass(_signature_of)

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
        return _encoded(type(self), self._values())

    def _values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in self._described}

    @classmethod
    def _codec(cls) -> Codec:
        return RecordOf(cls)

    @classmethod
    def from_dict(cls: type[_R], values: Mapping[str, Any]) -> _R:
        """The record that a dictionary describes; its keys may be in snake_case or in the wire's camelCase.

        Raises:
            InvalidInput: A field is missing, unknown or of the wrong type.
        """
        kind = cls._codec()
        record: _R = kind.decode(kind.encode(values))
        return record

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
        record: _R = cls._codec().decode(wire)
        return record

    @classmethod
    def from_file(cls: type[_R], path: str | os.PathLike[str]) -> _R:
        """The record in a JSON file.

        Raises:
            OSError: The file cannot be read.
            InvalidInput: As `from_json`.
        """
        with open(path, "rb") as file:
            return cls.from_json(file.read())

    def to_dict(self) -> dict[str, Any]:
        """The fields as a dictionary with keys in snake_case; records and tables inside become dictionaries and lists."""
        tag = {self._tag[0]: self._tag[1]} if self._tag else {}
        return tag | {name: _plain(value) for name, value in self._values().items()}

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON text in the wire's spelling, which every other language reads."""
        return json.dumps(self._to_wire(), indent=indent, ensure_ascii=False)

    def replace(self: _R, **changes: Any) -> _R:
        """A copy of the record with some fields changed."""
        return type(self)(**(self._values() | changes))

    __replace__ = replace

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} does not change; use replace({name}=...)")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, field.name) == getattr(other, field.name) for field in self._described)

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
        body = "".join(f"    {part},\n".replace("\n    ", "\n        ") for part in parts)
        return f"{name}(\n{body})"


class OneOf(Record):
    """A record of one of several kinds, told apart by a tag such as `kind`.

    A union is a class, and so is each of its kinds, derived from it: `isinstance` works with both. `from_dict`,
    `from_json` and `from_file` of the union return a record of the kind that the tag names. A dictionary with the tag
    may be passed wherever the union is asked for.
    """

    __slots__ = ()

    _tag_name: ClassVar[str] = ""
    #: The kinds of the union by the value of their tag, here and on the wire.
    _kinds: ClassVar[dict[str, type[OneOf]]] = {}

    def __init_subclass__(cls, tag: str = "") -> None:
        if tag:
            cls._tag_name = tag
            cls._kinds = {}
        else:
            here = getattr(cls, cls._tag_name)
            cls._tag = (cls._tag_name, here, on_wire(here))
            cls._kinds |= {value: cls for value in cls._tag[1:]}

    def __init__(self, **fields: Any) -> None:
        if self._tag is None:
            raise TypeError(f"{type(self).__name__} is one of {', '.join(self._names())}: call one of these")
        super().__init__(**fields)

    @classmethod
    def _names(cls) -> list[str]:
        return list(dict.fromkeys(kind.__name__ for kind in cls._kinds.values()))

    @classmethod
    def _codec(cls) -> Codec:
        return UnionOf(cls) if cls._tag is None else RecordOf(cls)


def _restored(cls: type[Record], values: list[Any]) -> Record:
    record = cls.__new__(cls)
    record._fill(dict(zip(cls.__match_args__, values)))
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
    for field in cls._described:
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
    """A record."""

    def __init__(self, cls: type[Record]) -> None:
        self._class = cls

    def encode(self, value: Any) -> Any:
        if isinstance(value, self._class):
            return value._to_wire()
        if isinstance(value, Mapping):
            return _encoded(self._class, value)
        return plain(value, self._class.__name__)

    def decode(self, wire: Any) -> Any:
        return self._class._from_wire(wire)


class UnionOf(Codec):
    """One of several records, told apart by the value of their tag."""

    def __init__(self, cls: type[OneOf]) -> None:
        self._class = cls

    def encode(self, value: Any) -> Any:
        if isinstance(value, Record):
            return value._to_wire()
        if not isinstance(value, Mapping):
            return plain(value, self._expected())
        tag = self._class._tag_name
        kind = self._kind(value)
        if kind is None:
            return {tag: TEXT.encode(value.get(tag))}
        return _encoded(kind, {key: item for key, item in value.items() if key != tag})

    def decode(self, wire: Any) -> Any:
        kind = self._kind(wire) if isinstance(wire, dict) else None
        return refuse(self._expected(), wire) if kind is None else kind._from_wire(wire)

    def _expected(self) -> str:
        return "one of " + ", ".join(self._class._names())

    def _kind(self, values: Mapping[str, Any]) -> type[Record] | None:
        """The class that the tag names, spelled as here or as on the wire."""
        value = values.get(self._class._tag_name)
        return self._class._kinds.get(value) if isinstance(value, str) else None


class TableOf(Codec):
    """Rows of flat records."""

    def __init__(self, cls: type[Record]) -> None:
        self._class = cls
        self._rows = ListOf(RecordOf(cls))

    def encode(self, value: Any) -> Any:
        return self._rows.encode(value)

    def decode(self, wire: Any) -> Table[Any]:
        return Table(self._class, wire if isinstance(wire, list) else refuse("a list", wire))


_SINGLE: dict[Any, Codec] = {
    str: codec.TEXT,
    bool: codec.BOOLEAN,
    int: codec.INTEGER,
    float: codec.NUMBER,
    Decimal: codec.DECIMAL,
    datetime.date: codec.DATE,
}


def codec_of(annotation: Any) -> Codec:
    """How values of the type travel that an annotation of a record says."""
    if annotation in _SINGLE:
        return _SINGLE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation._codec()
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return codec.Choice(arguments)
    if origin is list:
        return ListOf(codec_of(arguments[0]))
    if origin is dict:
        return codec.MapOf(codec_of(arguments[1]))
    if origin is Table:
        return TableOf(arguments[0])
    inner, absent = arguments
    assert absent is type(None)
    return codec.Nullable(codec_of(inner))
