"""Templates of new records, with the next steps as comments."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from interpol_dataset.errors import NotationError
from interpol_dataset.records.formatter import modeline
from interpol_dataset.schema.fields import SLUG

if TYPE_CHECKING:
    from collections.abc import Collection

    from interpol_dataset.records.document import Kind

MAX_ID: Final = 80

_BODIES: Final = {
    "case": """\
id: {id}
name: Operation ...             # the name that the sources use
# series: ...                   # shared by all editions of a repeated operation
# edition: 1
categories: [...]               # main crime area first; see data/records/categories
summary: ...                    # two to four sentences of your own: who did what, when and where
# parts:                        # where the rule on what contains what is wrong
#   - {{fact: ..., of: none, reason: ...}}       # of: none, or the figure that includes it
# disputes:                     # where pages contradict each other, and why
#   - {{fact: ..., type: ..., reason: ...}}      # scope, preliminary-final, slip, substantive, ...
# searches:                     # what was looked for in vain: a body's document, or proceedings
#   - {{sought: document, of: ..., looked_for: ..., on: ...}}
reports:                        # one entry for each page that you have read, and what it says
  - source: ...                 # interpol-dataset new source PUBLISHER-DATE-SUBJECT
    interpol_role: {{value: ..., at: ...}}      # coordinated, co-led or supported; at: paragraph 1
    period: {{value: ..., at: ...}}             # EDTF, as precise as the page and no more
    country_count: {{value: ..., at: ...}}      # 30, ~30, '>=30', '>30', <=30, <30, 28..30
    # countries: {{complete: false, list: [...], at: ...}}      # ISO 3166-1: AUT, KOR
    # organizations:
    #   - {{organization: ..., role: partner, at: ...}}         # lead, co-lead, partner, funder
    # tools:                    # notices, stop-payments, coordination-centre, teams, databases
    #   - {{tool: ..., at: ...}}
    outcomes:                   # for weights and money with 'unit': kg, USD
      - {{metric: ..., value: ..., at: ...}}
      # Where the page says so: said_as (its word), stage (preliminary, updated, final), as_of
      # (the day up to which it counts), valuation (street, retail, customs, ...).
      # The figure of another page under another word, such as charged for arrested:
      # - {{drift_of: outcomes/arrests, metric: persons-charged, value: ..., said_as: ..., at: ...}}
# proceedings:                  # what courts made of it: charged, convicted, acquitted, taken-back,
#   - source: ...               # confiscated; one person's has no note (docs/trust/privacy.md)
#     steps:
#       - {{country: ..., year: ..., outcome: convicted, persons: ..., at: ...}}
# Next: fill in what the page says, remove what it does not say, then run
#   interpol-dataset validate
""",
    "source": """\
id: {id}
kind: ...                     # official, court, oversight, copy, academic, ngo, news, ...
publisher: ...                # who carries it; see data/records/organizations.yaml
asserter: ...                 # who says so: of a retold INTERPOL release, 'interpol'
title: ...                    # the document's own title
url: https://...              # the page's own address
# archived_url: https://...   # a copy of it that an archive of the web keeps
# withheld: ...               # instead of both, if the address names a private person
# text_of: ...                # another body whose text the page carries, if that can be told
# same_text: ...              # instead: the source here whose text it carries
published: ...                # YYYY-MM-DD, YYYY-MM or YYYY; or 'undated:' with the reason
retrieved: {today}
# extent: excerpt             # if it was not read to its end
# extent_characters: ...      # about how much of it was read
language: ...                 # ISO 639: en, fr, ar
# Next: cite it in a report of a case, then run
#   interpol-dataset validate
""",
    "category": """\
id: {id}
name: ...
description: ...              # what it covers, and what it does not
# parent: ...
# iccs: {{code: ..., name: ..., match: close, source: ..., at: ...}}
# Next: run
#   interpol-dataset validate
""",
    "challenge": """\
id: {id}
name: ...
statement: ...                # what limits interventions, in your own words
# numbers:                    # its numbers; the text goes on where the number stops
#   - {{says: ..., cases_with: outcomes/..., among: outcomes/...}}
#   - {{says: ..., case: ..., fact: outcomes/...}}
#   - {{says: ..., value: ..., source: ..., at: ...}}
evidence:                     # what sources find: supports, partly or contradicts
  - {{source: ..., finds: ..., at: ...}}
# cases:                      # cases in which it was met, or the opposite: counter-example
#   - {{case: ..., shows: met, source: ..., at: ...}}
searches:                     # with less than three cases: what was looked for in vain
  - {{sought: case, looked_for: ..., on: ...}}
# Next: run
#   interpol-dataset validate
""",
    "lesson": """\
id: {id}
name: ...
statement: ...                # what was learnt, in your own words
# challenges: [...]           # challenges that it answers
evidence:                     # what sources find: supports, partly or contradicts
  - {{source: ..., finds: ..., at: ...}}
#   - {{source: ..., finds: ..., evaluates: true, at: ...}}     # by an auditor, a scholar, a donor
# cases:                      # answered; measured, with a result; counter-example where it failed
#   - {{case: ..., shows: measured, result: outcomes/..., source: ..., at: ...}}
searches:                     # with less than three cases, or no counter-example
  - {{sought: case, looked_for: ..., on: ...}}
  - {{sought: counter-example, looked_for: ..., on: ...}}
# Next: run
#   interpol-dataset validate
""",
    "claims": """\
document: {id}                # the source that makes the claims
claims:                       # in the order of the document
  - id: {id}-p01-01           # ends with -pPARAGRAPH-NUMBER
    paragraph: 1              # among the non-empty lines, from 1
    paragraph_sha256: ...     # SHA-256 of the paragraph without its line break
    statement: ...            # what is asserted, in your own words
    checkable: true
    evidence:
      - {{source: ..., finds: ..., at: ...}}
    # searches:               # what was looked for in vain
    #   - {{looked_for: ..., on: ...}}
# Next: run
#   interpol-dataset validate
""",
}

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
    """
    Check an id before a file is named after it.

    :raises NotationError: It is not a slug.
    """
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

    :param kind: A kind whose records have a file each.
    :param id_: The record's id.
    :param today: The day to fill in; today by default.
    :param publishers: The ids of organizations, to which that of a source is compared.
    """
    day = today or date.today()  # noqa: DTZ011  # records have no time zone
    body = _BODIES[kind.name].format(id=id_, today=day.isoformat())
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
    """
    Return what a new record in the list of a vocabulary begins with.

    :param kind: A kind whose records are in one file.
    :param id_: The record's id.
    """
    return {"id": id_} | dict.fromkeys(_ENTRIES[kind.name], "...")


@cache
def hints() -> frozenset[str]:
    """Return the comments in templates, each from its ``#`` on."""
    lines = (
        line for body in _BODIES.values() for line in body.format(id="", today="").splitlines()
    )
    return frozenset(line[line.index("#") :] for line in lines if "#" in line)


def is_placeholder(text: str) -> bool:
    """Return whether a text is still to be filled in, so that two alike have nothing in common."""
    return len(text) <= _LONGEST and _PLACEHOLDER.fullmatch(text) is not None


#: What is written in place of a text that is still to come, and how long that can be.
_PLACEHOLDER: Final = re.compile(
    r"(?:operation |https?://)?(?:\.\.\.|…)|[?_.\u2013\u2014-]+|n/?a\.?|xx+|tb[acd]"
    r"|unknown|not known|to ?do|to be (?:added|done)|fixme|placeholder",
    re.IGNORECASE,
)

_LONGEST: Final = 20
