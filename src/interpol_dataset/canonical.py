"""
The canonical form of records: one way to write each.

Fields stand in the order of the model, what a source says stands on one line, long text is
folded, and nothing is in quotes that need not be.
"""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from interpol_dataset.introspection import FieldType, fields_of
from interpol_dataset.reading import plain_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from interpol_dataset.repository import Kind

__all__ = ["modeline", "write"]

WIDTH: Final = 100

#: What can begin a text without quotes, and what can't stand in one.
_PLAIN: Final = re.compile(r"(?![-?:] )[^\s\-?:,\[\]{}#&*!|>'\"%@`=][^\t\r\n]*(?<!\s)", re.DOTALL)
_SPECIAL: Final = re.compile(r":(?=\s|$|[,\[\]{}])| #|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW: Final = re.compile(r"[,\[\]{}]|:(?=\S)(?!//)")


def modeline(kind: Kind) -> str:
    """Give the first line of a file, by which editors find its schema."""
    up = "../../.." if kind.folder else "../.."

    return f"# yaml-language-server: $schema={up}/schema/records/{kind.name}.schema.json"


def write(kind: Kind, data: Any) -> str:  # noqa: ANN401  # a mapping, or a list of them
    """
    Write the content of a record file.

    :param kind: The kind of its records.
    :param data: The record, or the list of records, as :func:`~interpol_dataset.reading.parse`
        reads it.
    """
    lines = [modeline(kind)]
    if kind.folder:
        lines += _block(kind.model, data, "")
    else:
        for record in data:
            lines += _item(_block(kind.model, record, "  "), "")

    return "\n".join(lines) + "\n"


def _block(model: type[BaseModel], data: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Write a mapping with one key on each line."""
    kinds = fields_of(model)
    known = [name for name in kinds if name in data]

    for name in [*known, *(name for name in data if name not in kinds)]:
        value = data[name]
        if value is None or value == []:
            continue
        yield from _field(name, value, kinds.get(name), indent)


def _field(name: str, value: Any, kind: FieldType | None, indent: str) -> Iterator[str]:  # noqa: ANN401
    model = kind.base if kind and issubclass(kind.base, BaseModel) else None

    if isinstance(value, dict) and model is not None:
        yield f"{indent}{name}: {_flow(value, model)}"
    elif isinstance(value, list) and model is not None:
        yield f"{indent}{name}:"
        for item in value:
            if _is_flat(model):
                yield f"{indent}  - {_flow(item, model)}"
            else:
                yield from _item(_block(model, item, f"{indent}    "), f"{indent}  ")
    elif isinstance(value, str) and len(indent) + len(name) + 2 + len(value) > WIDTH:
        yield from _folded(name, value, indent)
    else:
        yield f"{indent}{name}: {_flow(value, None)}"


def _item(lines: Iterator[str], indent: str) -> Iterator[str]:
    """Put a hyphen before the first of some lines."""
    first = next(lines)
    yield f"{indent}- {first[len(indent) + 2 :]}"
    yield from lines


def _is_flat(model: type[BaseModel]) -> bool:
    """Tell whether a mapping holds nothing but single values and lists of them."""
    return not any(issubclass(kind.base, BaseModel) for kind in fields_of(model).values())


def _flow(value: Any, model: type[BaseModel] | None) -> str:  # noqa: ANN401  # any plain value
    """Write a value on one line."""
    match value:
        case dict():
            order = list(fields_of(model)) if model else []
            names = sorted(value, key=lambda name: order.index(name) if name in order else len(order))
            pairs = (
                f"{name}: {_flow(value[name], None)}" for name in names if value[name] is not None
            )
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(_flow(item, None) for item in value)}]"
        case str():
            return _scalar(value)
        case _:
            return json.dumps(value)


def _scalar(text: str) -> str:
    """Write a text, in quotes where it would mean something else without."""
    if (
        _PLAIN.fullmatch(text)
        and not _SPECIAL.search(text)
        and not _FLOW.search(text)
        and plain_scalar(text) == text
    ):
        return text

    if re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", text):
        return json.dumps(text)

    return "'" + text.replace("'", "''") + "'"


def _folded(name: str, text: str, indent: str) -> Iterator[str]:
    """Write a long text over several lines; one that folding would change stays in quotes."""
    if re.search(r"\s\s|[^\S ]", text) or text != text.strip():
        yield f"{indent}{name}: {_scalar(text)}"
        return

    yield f"{indent}{name}: >-"
    for line in textwrap.wrap(
        text, WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False
    ):
        yield f"{indent}  {line}"
