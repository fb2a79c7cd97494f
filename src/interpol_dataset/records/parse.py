"""
From plain data to a record and its entry, or to the defects that keep it from being one.

pydantic finds the defects; here they get a place in the file, and those that only echo another are
dropped. The rest of a record with defects is read, so that rules can check it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile, islice, takewhile
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from interpol_dataset.errors import NotationError
from interpol_dataset.records.compose import Json, ShapeDefect, ShapeFault, owner
from interpol_dataset.schema.fields import SLUG, fields_of, is_flat
from interpol_dataset.suggest import nearest
from interpol_dataset.values.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from interpol_dataset.findings import KeyPath, Place
    from interpol_dataset.records import models as m
    from interpol_dataset.records.document import Document, Kind

_M = TypeVar("_M", bound=BaseModel)

#: For how many defects of a record a likely word is looked for; a broken file can have thousands.
MAX_GUESSES: Final = 100

#: The digits after a separator of thousands.
_THOUSAND: Final = re.compile("[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Rest(Generic[_M]):
    """
    What could be read of a record whose shape is wrong.

    :param record: The record, without the attributes that are lost.
    :param data: What was written, without what is lost.
    :param lost: The paths, as written, to what is lost: fields of the record, items of lists, and
        parts that a report may lack.
    :param touched: The paths, as written, to what is lost or has something in it that is.
    :param kept: For each list that lost items, by its path as written, the indexes of the others.
    """

    record: _M
    data: dict[str, Json]
    lost: frozenset[KeyPath]
    touched: frozenset[KeyPath]
    kept: Mapping[KeyPath, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Parsed(Generic[_M]):
    """What a document made: a record, or what is wrong with it and what can still be read."""

    record: _M | None
    defects: tuple[ShapeDefect, ...] = ()
    rest: Rest[_M] | None = None


def parse_record(model: type[_M], document: Document, at: KeyPath = ()) -> Parsed[_M]:
    """Make a record from what is at a path in a document."""
    data = document.at(at)
    try:
        return Parsed(model.model_validate(data))
    except ValidationError as error:
        errors = _joined(error.errors(include_url=False), data)

    misspelt = _misspelt(model, errors[:MAX_GUESSES])
    errors = [error for error in errors if not _is_echo(error, misspelt)]
    rest = _rest(model, data, errors, misspelt) if isinstance(data, dict) else None
    unknown = (error for error in errors if error["type"] == ShapeFault.UNKNOWN_FIELD)
    # What was written under an unknown name may be what seems to be missing.
    if rest is not None and not any(len(error["loc"]) == 1 for error in unknown):
        known = {error["type"] for error in errors}
        errors += [error for error in _disagreements(rest.record) if error["type"] not in known]

    defects = tuple(
        _defect(model, document, at, error, number) for number, error in enumerate(errors)
    )

    return Parsed(None, defects, rest)


def _joined(errors: Iterable[Any], data: Json) -> list[Any]:
    """
    Return the errors with every quantity that was split at its commas in one piece.

    ``{value: nearly 300,000}`` is read as two keys, the second without a value.
    """
    found = {tuple(error["loc"]): error for error in errors}
    torn = {
        path[:-1]
        for path, error in found.items()
        if error["type"] == ShapeFault.UNKNOWN_FIELD and _THOUSAND.fullmatch(str(path[-1]))
    }
    for around in torn:
        mapping: Any = data
        for step in around:
            mapping = mapping[step]
        scraps = _scraps(mapping)
        written = mapping.get("value")
        if not scraps or not isinstance(written, str | int) or isinstance(written, bool):
            continue

        text = ",".join([str(written), *scraps])
        for scrap in scraps:
            del found[*around, scrap]
        try:
            Quantity.parse(text)
        except NotationError as error:
            found[*around, "value"] = {
                "type": ShapeFault.NOT_A_QUANTITY,
                "loc": (*around, "value"),
                "msg": error.what,
                "input": text,
                "ctx": {"what": error.what, "hint": error.hint},
                "scraps": tuple(scraps),
            }

    return [*found.values()]


def _scraps(mapping: Mapping[str, Json]) -> list[str]:
    """Return the keys right after a value that are really three digits after a comma."""
    after = islice(dropwhile(lambda key: key != "value", mapping), 1, None)
    return [*takewhile(lambda key: _THOUSAND.fullmatch(key) and mapping[key] is None, after)]


def _is_echo(error: Any, misspelt: Collection[KeyPath]) -> bool:  # noqa: ANN401  # pydantic's
    """
    Return whether an error is only what another one looks like from elsewhere.

    A list is called too short when an entry of it is wrong, and a field missing when its name is
    misspelt.
    """
    if error["type"] == ShapeFault.MISSING:
        return tuple(error["loc"]) in misspelt
    return error["type"] == ShapeFault.LIST_TOO_SHORT and bool(error["input"])


def _misspelt(model: type[BaseModel], errors: Iterable[Any]) -> set[KeyPath]:
    """Return the fields that unknown ones in the same place were probably meant for."""
    found: set[KeyPath] = set()
    for path in (
        tuple(error["loc"]) for error in errors if error["type"] == ShapeFault.UNKNOWN_FIELD
    ):
        name, *_ = str(path[-1]).split(":")  # "role:partner" is one key
        near = nearest(name, fields_of(owner(model, path)))
        found |= {(*path[:-1], near)} if near else set()
    return found


def _defect(
    model: type[BaseModel],
    document: Document,
    at: KeyPath,
    error: Any,  # noqa: ANN401  # pydantic's, or in its form
    number: int,
) -> ShapeDefect:
    fault, path = ShapeFault(error["type"]), tuple(error["loc"])
    is_extra = fault is ShapeFault.UNKNOWN_FIELD
    is_asked = is_extra and number < MAX_GUESSES
    around = document.at((*at, *path[:-1])) if is_asked else None
    return ShapeDefect(
        fault,
        document.place((*at, *path), key=is_extra),
        model,
        path,
        error["input"],
        error.get("ctx", {}),
        error["msg"].rstrip("."),
        frozenset(around) if isinstance(around, dict) else frozenset(),
        number,
        at,
        error.get("scraps", ()),
    )


# --- what can be read nevertheless ----------------------------------------------------------


def path_as_written(path: KeyPath, kept: Mapping[KeyPath, Sequence[int]]) -> KeyPath:
    """Return the path in a file to what has another one where some items of lists are lost."""
    written: KeyPath = ()
    for step in path:
        indexes = kept.get(written) if isinstance(step, int) else None
        written = (*written, step if indexes is None else indexes[int(step)])
    return written


def _rest(
    model: type[_M], data: dict[str, Json], errors: Iterable[Any], misspelt: Collection[KeyPath]
) -> Rest[_M]:
    """Read a record without its faulty parts."""
    lost = {_loss(model, path) for path in misspelt}
    for error in errors:
        path = tuple(error["loc"])
        is_extra = error["type"] == ShapeFault.UNKNOWN_FIELD and not is_flat(owner(model, path))
        lost.add(path if is_extra else _loss(model, path))
    lost.discard(())

    values: dict[str, Any] = {}
    kept: dict[KeyPath, list[int]] = {}
    left: dict[str, Json] = _without(data, lost, kept)
    for name, adapter in _adapters(model).items():
        while name in left:
            try:
                values[name] = adapter.validate_python(left[name])
                break
            except ValidationError as error:
                # What is left may be too little: a list without items, an empty report.
                found = {(name, *item["loc"]) for item in error.errors(include_url=False)}
                more = {_loss(model, path_as_written(path, kept)) for path in found}
                lost |= more if more - lost else {(name,)}
                kept.clear()
                left = _without(data, lost, kept)

    record = model.model_construct(**values)
    for path in lost:
        if len(path) == 1:
            record.__dict__.pop(str(path[0]), None)
    touched = {path[:end] for path in lost for end in range(1, len(path) + 1)}

    return Rest(record, left, frozenset(lost), frozenset(touched), kept)


def _loss(model: type[BaseModel], path: KeyPath) -> KeyPath:
    """Return the path to the least around a fault that a record can be read without."""
    loss = path[:1]
    for depth, step in enumerate(path):
        if isinstance(step, int):
            loss = path[: depth + 1]
            continue
        field = fields_of(model).get(step)
        if field is None or not issubclass(field.base, BaseModel):
            break
        if field.optional:
            loss = path[: depth + 1]
        model = field.base
    return loss


def _without(
    data: Any,  # noqa: ANN401  # plain data
    lost: Collection[KeyPath],
    kept: dict[KeyPath, list[int]],
    above: KeyPath = (),
) -> Any:  # noqa: ANN401
    """Return plain data without the values at some paths; note which items of lists are kept."""
    if isinstance(data, dict):
        return {
            key: _without(value, lost, kept, (*above, key))
            for key, value in data.items()
            if (*above, key) not in lost
        }
    if isinstance(data, list):
        indexes = [index for index in range(len(data)) if (*above, index) not in lost]
        if len(indexes) < len(data):
            kept[above] = indexes
        return [_without(data[index], lost, kept, (*above, index)) for index in indexes]
    return data


@cache
def _adapters(model: type[BaseModel]) -> dict[str, TypeAdapter[Any]]:
    return {
        name: TypeAdapter(info.rebuild_annotation()) for name, info in model.model_fields.items()
    }


def _disagreements(record: BaseModel) -> Iterator[dict[str, Any]]:
    """
    Return the errors in fields that have to agree, as far as these could be read.

    pydantic doesn't look for them where a field is wrong, and stops at the first.
    """
    for validator in type(record).__pydantic_decorators__.model_validators.values():
        try:
            validator.func(record)
        except PydanticCustomError as error:
            yield {"type": error.type, "loc": (), "input": None, "msg": error.message()}
        except AttributeError:  # a field that it compares is lost
            continue


@dataclass(eq=False, slots=True)
class Later:
    """A record whose shape is right, made when somebody looks at it: most are not wanted."""

    model: type[m.Model]
    document: Document
    at: KeyPath
    record: m.Model | None = None

    def __call__(self) -> m.Model:
        """Return the record."""
        if self.record is None:
            self.record = self.model.model_validate(self.document.at(self.at))
        return self.record


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A record and where it is written.

    :param made: The record, or what makes it when it is looked at; ``None`` where its shape is
        wrong.
    :param stem: The name of the file of its own, without the ending; ``None`` where it has none.
    :param rest: What could be read of a record whose shape is wrong.
    """

    kind: Kind
    document: Document
    at: KeyPath
    made: m.Model | Later | None
    stem: str | None = None
    rest: Rest[m.Model] | None = None

    @property
    def record(self) -> m.Model | None:
        """The record; ``None`` where its shape is wrong."""
        return self.made() if isinstance(self.made, Later) else self.made

    @property
    def data(self) -> dict[str, Any]:
        """What was written, as plain values; empty where that is not a mapping."""
        if self.made is not None and self.rest is not None:
            return self.rest.data
        data = self.document.at(self.at)
        return data if isinstance(data, dict) else {}

    @property
    def id(self) -> str:
        """The id that was written, whether it is well-formed or not."""
        return str(self.data.get(self.kind.id_field, ""))

    @property
    def is_misnamed(self) -> bool:
        """Whether its file has another name than its id, which is well-formed."""
        id_ = self.data.get(self.kind.id_field)
        if self.stem is None or not isinstance(id_, str) or id_ == self.stem:
            return False
        return re.fullmatch(SLUG, id_) is not None

    @property
    def readable(self) -> Entry | None:
        """The entry as rules see it: where its shape is wrong, with what could be read of it."""
        if self.made is not None or self.rest is None:
            return self if self.made is not None else None
        return replace(self, made=self.rest.record)

    @property
    def lost(self) -> frozenset[KeyPath]:
        """The paths, as written, to what is not in the record because its shape is wrong."""
        return self.rest.lost if self.made is not None and self.rest else frozenset()

    def written(self, path: KeyPath) -> KeyPath:
        """Return the path in the record as it was written, counting the items that are lost."""
        return path_as_written(path, self.rest.kept) if self.rest and self.made else path

    def is_whole(self, path: KeyPath) -> bool:
        """Return whether nothing is lost of what was written there."""
        return not self.lost or self.rest is None or self.written(path) not in self.rest.touched

    def place(self, path: KeyPath = (), *, key: bool = False) -> Place:
        """Return the place of a part of the record in its file."""
        return self.document.place((*self.at, *self.written(path)), key=key)
