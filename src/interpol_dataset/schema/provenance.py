"""
Where the values of a column come from, declared on the column.
"""

from __future__ import annotations

from dataclasses import dataclass

from interpol_dataset.schema.vocabulary import Term


class Basis(Term):
    """What values rest on that no source states."""

    WRITTEN = ("written", "written for this dataset, from the sources of the record")
    DECIDED = ("decided", "decided by this dataset")
    DOCUMENT = ("document", "what the document says of itself, or shows")
    VOCABULARY = ("vocabulary", "written for this dataset, whose vocabulary it is")
    STANDARD = (
        "standard",
        (
            "ISO 3166-1; the United Nations' M49 for three-digit codes and regions, and Unicode's "
            "CLDR for short names"
        ),
    )
    RATES = ("rates", "published by the European Central Bank as a euro reference rate")


@dataclass(frozen=True, slots=True)
class From:
    """
    Mark a column as taken or computed from a fact.

    :param path: The fact's path, with columns of the row in braces: ``period``,
        ``countries/{country}``.
    """

    path: str


@dataclass(frozen=True, slots=True)
class Computed:
    """
    Mark a column as computed from several facts by a rule.

    :param rule: What is done, in a few words.
    :param paths: The facts' paths, with columns of the row in braces. An empty column
        gives none, and a list gives one for each of its items; ``*`` at the end means all
        facts that begin so; the id of another case may come before a path, with a space.
    """

    rule: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """
    Mark a column as the point of a total of the row's case.

    :param metric: The metric of the total.
    :param object: Its object; none for all together.
    """

    metric: str
    object: str | None = None
