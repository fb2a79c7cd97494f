"""
How records are written: their one form, templates of new ones, and JSON Schemas for editors.

Fields are in the order of the model, what a source says is on one line, long text is folded, and
nothing is in quotes that need not be. A fix changes a value in the data of a file, which is then
written again in this form, without losing a comment.

JSON Schemas say more than the models do where an editor can use it: what each term means, which
metrics, objects, categories and organizations there are, and what is wrong with a text in words.
"""

from __future__ import annotations

import copy
import json
import re
import textwrap
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic import BaseModel, TypeAdapter

from interpol_dataset.errors import NotationError
from interpol_dataset.files import write_file
from interpol_dataset.records.compose import Line, plain_scalar
from interpol_dataset.records.document import (
    KINDS,
    Kind,
    find_comments,
    moved,
    parse,
    with_comments,
)
from interpol_dataset.records.folder import read_content, record_files
from interpol_dataset.schema.fields import DAY, LINE, SLUG, FieldType, fields_of, is_flat
from interpol_dataset.schema.vocabulary import Term
from interpol_dataset.values import edtf, grouped, quantity
from interpol_dataset.values.iso import COUNTRIES, LANGUAGES, PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from interpol_dataset.findings import Finding, Fix, KeyPath
    from interpol_dataset.records.document import Comment, Document, Kind, Records


WIDTH: Final = 100

_MODELINE: Final = "# yaml-language-server:"

#: What can begin a text without quotes, and what can't be part of one.
_PLAIN: Final = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=][^\t\r\n]*(?<!\s)")
_SPECIAL: Final = re.compile(r":(?=\s|$)| #|[,\[\]{}]|:(?!//)(?=\S)")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def modeline(kind: Kind) -> str:
    """Return the first line of a file, by which editors find its schema."""
    up = "../../.." if kind.folder else "../.."
    return f"{_MODELINE} $schema={up}/schema/records/{kind.name}.schema.json"


def reformat(
    kind: Kind,
    document: Document,
    data: Any = None,  # noqa: ANN401  # a mapping, or a list of them
    gone: Collection[KeyPath] = (),
    hints: Collection[str] = (),
) -> str:
    """
    Return a file's text in canonical form, with its comments.

    :param data: What to write instead of the file's own content.
    :param gone: The paths, in the file as it is, to what that content lacks.
    :param hints: Comments that go once nothing is left to be filled in.
    """
    content: Any = document.data if data is None else data
    is_begun = '..."' in json.dumps(content)
    dropped = () if is_begun else hints
    kept = [
        moved(comment, gone)
        for comment in find_comments(document)
        if not comment.text.startswith(_MODELINE) and comment.text not in dropped
    ]
    if not kind.folder:
        order = _sorted_by_id(kind, content)
        places = {number: place for place, number in enumerate(order)}
        content = [content[number] for number in order]
        kept = [_resorted(comment, places) for comment in kept]
    lines = with_comments(_lines(kind, content), kept)
    return "\n".join([modeline(kind), *(line for _, line in lines)]) + "\n"


def _sorted_by_id(kind: Kind, records: list[Any]) -> list[int]:
    """Return the positions of records in the order of their ids, or as they are if one has none."""

    def key(number: int) -> tuple[str, str]:
        record = records[number]
        return (str(record.get("table", "")), str(record[kind.id_field]))

    positions = range(len(records))
    if not all(isinstance(item, dict) and kind.id_field in item for item in records):
        return [*positions]
    return sorted(positions, key=key)


def _resorted(comment: Comment, places: Mapping[int, int]) -> Comment:
    """Return a comment with the path that its value has in another order of the records."""
    path = comment.path
    if not path or not isinstance(path[0], int) or path[0] not in places:
        return comment
    return replace(comment, path=(places[path[0]], *path[1:]))


def _lines(kind: Kind, data: Any) -> Iterator[Line]:  # noqa: ANN401  # a mapping, or a list of them
    if kind.folder:
        lines = list(_block(kind.model, data, "", ()))
        yield from lines or [((), "{}")]
        return
    if not data:
        yield (), "[]"
    for index, record in enumerate(data):
        yield from _item(record, kind.model, "", (index,))


def _block(
    model: type[BaseModel], data: Mapping[str, Any], indent: str, path: KeyPath
) -> Iterator[Line]:
    """Write a mapping with one key on each line."""
    kinds = fields_of(model)
    known = [name for name in kinds if name in data]
    for name in [*known, *(name for name in data if name not in kinds)]:
        value = data[name]
        # A known field without a value says nothing; an unknown one is kept, so that it is found.
        if name not in kinds or (value is not None and value != []):
            yield from _field(name, value, kinds.get(name), indent, path)


def _field(
    name: str,
    value: Any,  # noqa: ANN401  # any plain value
    kind: FieldType | None,
    indent: str,
    above: KeyPath,
) -> Iterator[Line]:
    path = (*above, name)
    model = kind.base if kind and issubclass(kind.base, BaseModel) else None

    if isinstance(value, list) and model is not None:
        yield path, f"{indent}{name}:"
        for index, item in enumerate(value):
            place = (*path, index)
            if is_flat(model):
                yield place, f"{indent}  - {_flow(item, model)}"
            else:
                yield from _item(item, model, f"{indent}  ", place)
    elif isinstance(value, str) and len(indent) + len(name) + 2 + len(value) > WIDTH:
        yield from ((path, line) for line in _folded(_key(name), value, indent))
    elif model and _is_of_lists(value):
        yield path, f"{indent}{name}:"
        yield from _block(model, value, f"{indent}  ", path)
    else:
        yield path, f"{indent}{_key(name)}: {_flow(value, model)}"


def _is_of_lists(value: object) -> bool:
    """Return whether a value is a mapping with lists, which have a line each."""
    items = value.values() if isinstance(value, dict) else ()
    return bool(items) and all(isinstance(item, list) for item in items)


def _item(
    item: Any,  # noqa: ANN401  # a mapping, or what was wrongly written in its place
    model: type[BaseModel],
    indent: str,
    path: KeyPath,
) -> Iterator[Line]:
    """Write an item of a list, with a hyphen before its first line."""
    lines = list(_block(model, item, f"{indent}  ", path)) if isinstance(item, dict) else []
    first = lines[0][1][len(indent) + 2 :] if lines else _flow(item, model)
    yield path, f"{indent}- {first}"
    yield from lines[1:]


def _flow(value: Any, model: type[BaseModel] | None) -> str:  # noqa: ANN401  # any plain value
    """Write a value on one line."""
    match value:
        case dict():
            order = list(fields_of(model)) if model else []
            names = sorted(
                value, key=lambda name: order.index(name) if name in order else len(order)
            )
            pairs = (
                f"{_key(name)}: {_flow(value[name], None)}"
                for name in names
                if value[name] is not None or name not in order
            )
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(_flow(item, None) for item in value)}]"
        case str():
            return scalar(value)
        case float():
            return f"{Decimal(repr(value)):f}"  # exponents would make it text
        case _:
            return json.dumps(value)


def _key(name: str) -> str:
    """Write a key; quote the one that would merge mappings."""
    return f"'{name}'" if name == "<<" else scalar(name)


def scalar(text: str) -> str:
    """Write a text, in quotes where it would otherwise mean something else."""
    if _UNPRINTABLE.search(text):
        quoted = json.dumps(text, ensure_ascii=False)
        return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
    if _PLAIN.fullmatch(text) and not _SPECIAL.search(text) and plain_scalar(text) == text:
        return text
    return "'" + text.replace("'", "''") + "'"


def _folded(name: str, text: str, indent: str) -> Iterator[str]:
    """Write a long text over several lines; one that folding would change stays on one line."""
    unfoldable = " " not in text or re.search(r"\s\s|[^\S ]", text) or _UNPRINTABLE.search(text)
    if unfoldable or text != text.strip():
        yield f"{indent}{name}: {scalar(text)}"
        return
    yield f"{indent}{name}: >-"
    for line in textwrap.wrap(
        text, WIDTH - len(indent) - 2, break_long_words=False, break_on_hyphens=False
    ):
        yield f"{indent}  {line}"


class Fixed(NamedTuple):
    """A finding that was fixed, and what was there before."""

    finding: Finding
    before: Any


def apply_fixes(folder: Path, shown: str, findings: Iterable[Finding]) -> list[Fixed]:
    """Apply all fixes that some findings offer, and return those that were fixed."""
    fixable = grouped((item.place.path, (item, item.fix)) for item in findings if item.fix)
    fixed: list[Fixed] = []
    for kind, path in record_files(folder):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        if name in fixable:
            document = parse(read_content(path), name)
            fixes = [fix for _, fix in fixable[name]]
            data = with_fixes(document.data, fixes)
            gone = {path for fix in fixes for path in fix.gone}
            write_file(path, reformat(kind, document, data, gone).encode())
            fixed += (Fixed(finding, _before(document, fix)) for finding, fix in fixable[name])
    return fixed


def _before(document: Document, fix: Fix) -> Any:  # noqa: ANN401  # any plain value
    """Return what a fix changes; in one piece, where it was torn at its commas."""
    value = document.at(fix.path)
    return ",".join([str(value), *(str(path[-1]) for path in fix.scraps)]) if fix.scraps else value


def fixed_text(path: str, text: str, fix: Fix) -> str | None:
    """Return the text of a file of records with one fix applied; ``None`` of any other file."""
    folder, name = PurePosixPath(path).parent.name, PurePosixPath(path).stem
    kind = next((kind for kind in KINDS if kind.table == (folder if kind.folder else name)), None)
    if kind is None:
        return None
    document = parse(text.encode(), path)
    return reformat(kind, document, with_fixes(document.data, [fix]), fix.gone)


def with_fixes(data: Any, fixes: Iterable[Fix]) -> Any:  # noqa: ANN401  # any plain value
    """Return a changed copy of some data; nothing is changed within what another change removes."""
    changed = copy.deepcopy(data)
    listed = [*fixes]
    gone = {path for fix in listed for path in fix.gone}
    values = {fix.path: fix.value for fix in listed} | dict.fromkeys(gone)
    # The last in the file is changed first, so that the other paths still lead where they did.
    # Items of lists are in the order of their positions.
    in_file = sorted(values, key=lambda path: [str(step).zfill(6) for step in path])
    for path in reversed(in_file):
        if any(path[:end] in gone for end in range(1, len(path))):
            continue
        *steps, last = path
        around = changed
        for step in steps:
            around = around[step]

        if path in gone:
            del around[last]
        else:
            around[last] = values[path]

    return changed


MAX_ID: Final = 80

#: The texts of templates, by kinds of records. ``{id}`` and ``{today}`` are filled in.
_BODIES: Final = Path(__file__).with_name("templates")

#: What a new record in the list of a vocabulary has to say, besides its id.
_ENTRIES: Final = {
    "metrics": ("name", "description", "dimension"),
    "objects": ("name",),
    "organizations": ("name", "kind"),
}

#: What comes before a date in the id of a source, and the date.
_DATED: Final = re.compile(
    r"(?P<publisher>.+?)-(?P<date>(?:19|20)[0-9]{2}(?:-[01][0-9](?:-[0-3][0-9])?)?)(?:-(?P<subject>.+))?"
)


def check_id(id_: str) -> None:
    """Check that an id is a slug before a file is named after it."""
    if not re.fullmatch(SLUG, id_) or len(id_) > MAX_ID:
        raise NotationError(
            f"'{id_}' is not an id", hint="write lower-case words joined by hyphens: storm-makers"
        )


def has_form_of_source(id_: str) -> bool:
    """Return whether an id has a publisher, a date and a subject, as those of sources do."""
    return bool((match := _DATED.fullmatch(id_)) and match["subject"])


def template(
    kind: Kind, id_: str, today: date | None = None, publishers: Collection[str] = ()
) -> str:
    """
    Return the text that a new record begins with.

    :param publishers: The ids of organizations, to which that of a source is compared.
    """
    day = today or date.today()  # noqa: DTZ011  # records have no time zone
    body = (_BODIES / f"{kind.name}.yaml").read_text("utf-8")
    body = body.replace("{id}", id_).replace("{today}", day.isoformat())
    if kind.name == "source":
        body = _with_parts_of_id(body, id_, publishers)
    return f"{modeline(kind)}\n{body}"


def _with_parts_of_id(body: str, id_: str, publishers: Collection[str]) -> str:
    """Fill in the publisher and the date that the id of a source says."""
    match = _DATED.fullmatch(id_)
    date_ = match["date"] if match else None
    start = match["publisher"] if match else id_
    words = start.split("-")
    known = ("-".join(words[:end]) for end in range(len(words), 0, -1))
    publisher = next((name for name in known if name in publishers), None)
    for field, value in (("publisher", publisher), ("published", date_)):
        if value is not None:
            body = re.sub(rf"(?m)^{field}: \.\.\. +#", f"{f'{field}: {value}':<29} #", body)
    return body


def entry(kind: Kind, id_: str) -> dict[str, str]:
    """Return what a new record in the list of a vocabulary begins with."""
    return {"id": id_} | dict.fromkeys(_ENTRIES[kind.name], "...")


@cache
def hints() -> frozenset[str]:
    """Return the comments in templates, each from its ``#`` on."""
    bodies = "".join(path.read_text("utf-8") for path in _BODIES.glob("*.yaml"))
    return frozenset(re.findall("#.*", bodies))


DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

#: What an editor says of a text that does not match a pattern.
_MESSAGES: Final = {
    SLUG: "an id: lower-case words joined by hyphens, such as storm-makers",
    LINE: "one line of text",
    DAY: "a day, such as 2022-06-28",
    edtf.PATTERN: "a date as precise as the page: 2022-06-28, 2022-06, 2022, or two with a slash",
    quantity.PATTERN: "975, ~1000 for about, '>=1000', '>1000', <=1000, <1000 or 900..1000",
    r"^[A-Z]{3}$": "a country's code of three letters, such as KOR (ISO 3166-1)",
    r"^[0-9a-f]{64}$": "64 hexadecimal digits",
}


def record_schemas(records: Records | None = None) -> dict[str, dict[str, Any]]:
    """
    Return the JSON Schema of every kind of record file, by the kind's name.

    :param records: The records whose ids are the only ones that may be named; without them, any.
    """
    terms = _terms(records) if records is not None else {}
    return {kind.name: _schema(kind, terms) for kind in KINDS}


def _terms(records: Records) -> dict[str, dict[str, str]]:
    """Return the ids that can be referred to in each vocabulary, with what they mean."""
    terms = {"countries": dict(COUNTRIES)}
    for table in ("categories", "metrics", "objects", "organizations"):
        terms[table] = {
            record.id: ": ".join(filter(None, (record.name, getattr(record, "description", None))))
            for record in getattr(records, table)
        }
    return terms


def _schema(kind: Kind, terms: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    schema = TypeAdapter(kind.model if kind.folder else list[kind.model]).json_schema()  # type: ignore[name-defined]
    if not kind.folder:
        schema["title"] = kind.table
    definitions = schema.setdefault("$defs", {})
    for model in _models(kind.model):
        # A record with a file of its own is described at the top.
        _refer(model, definitions.get(model.__name__, schema), terms, definitions)
    for vocabulary in Term.__subclasses__():
        if vocabulary.__name__ in definitions:
            meanings = [term.meaning for term in vocabulary]
            definitions[vocabulary.__name__]["enumDescriptions"] = meanings
    _explain(schema)
    return {"$schema": DIALECT} | schema


def _models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Return a model and those of its parts."""
    yield model
    for field in fields_of(model).values():
        if issubclass(field.base, BaseModel):
            yield from _models(field.base)


def _refer(
    model: type[BaseModel],
    described: dict[str, Any],
    terms: Mapping[str, Mapping[str, str]],
    definitions: dict[str, Any],
) -> None:
    """List the ids that the fields of a model can have."""
    for name, field in fields_of(model).items():
        table = field.references
        if table is not None and table in terms:
            definitions[table] = _listed(terms[table])
            place = described["properties"][name]
            place = place.get("items", place)
            for inner in place.get("anyOf", [place]):
                if inner.get("type") == "string":
                    _replace_pattern(inner, table)
        elif field.pattern == PATTERN:
            definitions["languages"] = _listed(LANGUAGES)
            _replace_pattern(described["properties"][name], "languages")


def _replace_pattern(described: dict[str, Any], table: str) -> None:
    """Replace the form of a text by a list of what it may be."""
    for limit in ("pattern", "maxLength"):
        described.pop(limit, None)
    described["$ref"] = f"#/$defs/{table}"


def _listed(terms: Mapping[str, str]) -> dict[str, Any]:
    return {"type": "string", "enum": [*terms], "enumDescriptions": [*terms.values()]}


def _explain(schema: object) -> None:
    """Add a message to every pattern that says what it asks for."""
    if isinstance(schema, dict):
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and pattern in _MESSAGES:
            schema["patternErrorMessage"] = _MESSAGES[pattern]
        schema = [*schema.values()]
    if isinstance(schema, list):
        for part in schema:
            _explain(part)
