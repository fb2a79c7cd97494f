"""Templates of new records, with the next steps as comments."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import NotationError
from interpol_dataset.records.formatter import modeline
from interpol_dataset.schema.fields import SLUG

if TYPE_CHECKING:
    from collections.abc import Collection

    from interpol_dataset.records.document import Kind

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

#: What is written in place of a text that is still to come, and how long that can be.
_PLACEHOLDER: Final = re.compile(
    r"(?:operation |https?://)?(?:\.\.\.|…)|[?_.\u2013\u2014-]+|n/?a\.?|xx+|tb[acd]"
    r"|unknown|not known|to ?do|to be (?:added|done)|fixme|placeholder",
    re.IGNORECASE,
)
_LONGEST: Final = 20


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


def is_placeholder(text: str) -> bool:
    """Return whether a text is still to be filled in, so that two alike have nothing in common."""
    return len(text) <= _LONGEST and _PLACEHOLDER.fullmatch(text) is not None
