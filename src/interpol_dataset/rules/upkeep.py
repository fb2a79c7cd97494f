"""
Rules on what is left over: placeholders, sources nobody cites, preferences that change nothing.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.facts import bodies_of, facts_of
from interpol_dataset.findings import Finding, Fix, Place, Severity, Span
from interpol_dataset.records import models as m
from interpol_dataset.records.template import hints
from interpol_dataset.rules.hints import fact_hint
from interpol_dataset.rules.rule import Layer, PackageRule
from interpol_dataset.suggest import nearest, slug_of
from interpol_dataset.values.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import KeyPath
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.rules.context import Text


#: What is written in place of a text that is still to come, and how long that can be.
_PLACEHOLDER: Final = re.compile(
    r"(?:operation |https?://)?(?:\.\.\.|…)|[?_.\u2013\u2014-]+|n/?a\.?|xx+|tb[acd]"
    r"|unknown|not known|to ?do|to be (?:added|done)|fixme|placeholder",
    re.IGNORECASE,
)
_LONGEST: Final = 20


def is_placeholder(text: str) -> bool:
    """Return whether a text is still to be filled in, so that two alike have nothing in common."""
    return len(text) <= _LONGEST and _PLACEHOLDER.fullmatch(text) is not None


class UsedSource(PackageRule):
    """Every source is cited by a record."""

    code, name, layer = "PKG006", "used-source", Layer.PACKAGE
    excusable = True

    def run(self) -> Iterator[Finding]:
        """Look for sources that nothing refers to, as far as all files could be read."""
        unread = [document.text for document in self.context.unread.documents]
        if not all(unread):
            return

        cited = {item.id for item in self.context.references if item.table == "sources"}
        known = self.context.known_ids["sources"] or set()
        # A typo in a reference, or in the name of a field, is not a second fault of the source.
        uncited = known - cited
        cited |= {near for id_ in cited - known if (near := nearest(slug_of(id_), uncited))}
        unread += [
            entry.document.text
            for entry in self.context.record_set.entries
            if entry.record is None and entry.kind.model is not m.Source
        ]
        for entry in self.context.entries(m.Source):
            if (
                entry.id not in cited
                and entry.id == entry.data.get("id") == entry.stem
                and not any(entry.id in text for text in unread)
            ):
                message = f"no record cites the source '{entry.id}'"
                hint = "cite it, or remove the file"
                if self.context.is_released("sources", entry.id):
                    hint = "cite it again, or retire its id in retired_ids.yaml"
                yield self.finding(entry, ("id",), message, hint)


class NeededPreference(PackageRule):
    """A preference changes something: without it, the written rule would choose another value."""

    code, name, layer = "POL004", "needed-preference", Layer.POLICY
    is_local = True
    judges_with = frozenset({"organizations"})

    def run(self) -> Iterator[Finding]:
        """Choose every preferred fact's value again without the preference."""
        sources, known = self.context.sources, self.context.known_ids["sources"] or set()
        bodies = bodies_of(self.context.organizations.values())
        for entry, case in self.context.sound_cases():
            if not case.prefer:
                continue

            plain = case.model_copy(update={"prefer": ()})
            preferred = {item.fact for item in case.prefer}
            without = facts_of(plain, sources, bodies, preferred)
            # The model sorts preferences; places follow the file.
            for index, item in enumerate(entry.data["prefer"]):
                fact = without.get(item["fact"])
                firm = [item for item in fact.testimonies if not item.drift_metric] if fact else []
                said = {item.source.id for item in firm}
                if fact is None:
                    message = f"no report states '{item['fact']}'"
                    hint = fact_hint(item["fact"], facts_of(plain, sources, bodies))
                    yield self.finding(entry, ("prefer", index, "fact"), message, hint)
                elif item["source"] not in known:
                    continue  # a dangling reference is a finding of its own
                elif item["source"] not in said:
                    message = f"'{item['source']}' does not state '{item['fact']}'"
                    hint = f"name one of {', '.join(sorted(said))}"
                    yield self.finding(entry, ("prefer", index, "source"), message, hint)
                elif fact.chosen and fact.chosen.source.id == item["source"]:
                    message = f"the rule chooses '{item['source']}' anyway"
                    fix = Fix(("prefer", index))
                    yield self.finding(entry, fix.path, message, "remove the preference", fix=fix)


class FilledIn(PackageRule):
    """No text is a placeholder."""

    code, name, layer = "POL013", "filled-in", Layer.POLICY
    is_local = True

    _INSIDE: Final = re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|\?\?\?|[Ll]orem ipsum")
    #: How something begins that is no place on a page.
    _NOWHERE: Final = re.compile(
        r"not (?:yet )?read\b|from memory\b|(?:web )?search\b|snippet\b|wikipedia\b|https?:",
        re.IGNORECASE,
    )

    def run(self) -> Iterator[Finding]:
        """Look for placeholders in every field that takes any text; a record is reported once."""
        left = filter(self._is_left, self.context.texts)
        for _, texts in groupby(left, lambda item: (item.entry.document.path, item.entry.at)):
            first, *others = sorted(texts, key=lambda item: item.entry.place(item.path))
            message, hint = f"'{first.field}' is still to be filled in", "write what the page says"
            if others:
                line = _line(first.entry, first.path)
                message = (
                    f"{1 + len(others)} texts are still to be filled in, the first in line {line}"
                )
                lines = dict.fromkeys(str(_line(item.entry, item.path)) for item in others)
                hint += f", also in {'line' if len(lines) == 1 else 'lines'} {listed(lines)}"
            yield self.finding(first.entry, first.path, message, hint)

    def _is_left(self, item: Text) -> bool:
        if item.field == "at" and self._NOWHERE.match(item.text):
            return True

        # A title is another's text, in whatever language.
        return is_placeholder(item.text) or (
            item.field != "title" and self._INSIDE.search(item.text) is not None
        )


def _line(entry: Entry, path: KeyPath) -> int:
    span = entry.place(path).span

    return span.line if span else 1


class NoScaffold(PackageRule):
    """The hints of a template are gone from the record."""

    code, name, layer = "POL032", "no-scaffold", Layer.POLICY
    is_local = True
    severity = Severity.WARNING

    def run(self) -> Iterator[Finding]:
        """Look for comments that are those of a template; the first of a file is shown."""
        for document in self.context.documents:
            # The first line has the schema for editors.
            if "#" not in document.text.partition("\n")[2]:
                continue
            left = [
                (number, line.index("#"), line.rstrip())
                for number, line in enumerate(document.lines, 1)
                if line[line.find("#") :].rstrip() in hints() and document.is_comment(number)
            ]
            if left:
                number, start, line = left[0]
                message = "a comment is a hint of the template"
                if len(left) > 1:
                    some = f"{len(left)} comments are hints of the template"
                    message = f"{some}, the first in line {number}"
                yield Finding(
                    self.code,
                    Place(document.path, Span(number, start + 1, number, len(line) + 1)),
                    message,
                    "fill in what is missing, and run 'interpol-dataset fmt'",
                    severity=self.severity,
                )
