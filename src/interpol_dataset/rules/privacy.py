"""
Rules that protect people.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from interpol_dataset.findings import Severity
from interpol_dataset.records import models as m
from interpol_dataset.rules.persons import KnownNames
from interpol_dataset.rules.rule import Layer, PackageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.rules.context import Context


class NoPersonalData(PackageRule):
    """No dates of birth, no numbers of notices or identity papers, no e-mail addresses."""

    code, name, layer = "POL005", "no-personal-data", Layer.POLICY
    is_local = True
    excusable = True

    _MONTH: Final = (
        r"(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)"
    )
    #: What looks like something that identifies a person. Each begins with texts, in lower case, of
    #: which one is in whatever matches, because to look for the pattern takes much longer.
    _PATTERNS: Final = (
        (
            ("born", "date of birth", "b:", "b.:"),
            re.compile(
                rf"\bborn (?:(?:on|in) )?(?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}"
                rf"|{_MONTH}|(?:19|20)?[0-9]{{2}}\b|[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-])"
                r"|\b(?:date of birth|d\.?o\.?b\.?:)",
                re.IGNORECASE,
            ),
            "a date of birth",
        ),
        (
            ("/",),
            # 2019/34567, but neither 2019/2020 nor the number of a law.
            re.compile(
                r"(?<!Regulation )(?<!Directive )(?<!Decision )(?<!Resolution )(?<!\) )(?<!No )"
                r"(?<![0-9/-])(?:19|20)[0-9]{2}/(?!(?:19|20)[0-9]{2}\b)[0-9]{4,6}\b"
            ),
            "the number of a notice",
        ),
        (
            ("/",),
            re.compile(r"\b[A-Z]-[0-9]{1,6}/[0-9]{1,2}-(?:19|20)[0-9]{2}\b"),
            "the number of a notice",
        ),
        (
            ("passport", "card", "licen", "security"),
            re.compile(
                r"\b(?:passport|identity card|id card|licen[cs]e|social security)"
                r" (?:(?:no\.?|nr\.?|number)\s*:?\s*[A-Z]{0,2}[0-9]|[A-Z]{1,2}[0-9]{5})",
                re.IGNORECASE,
            ),
            "the number of a person's papers",
        ),
        (
            ("@",),
            re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}", re.IGNORECASE),
            "an e-mail address",
        ),
    )

    def run(self) -> Iterator[Finding]:
        """Look for what identifies a person in the dataset's own texts."""
        hint = "remove it; no person is identified here"
        for item in self.context.own_texts:
            folded = item.text.casefold()
            for needles, pattern, what in self._PATTERNS:
                if any(needle in folded for needle in needles) and (
                    match := pattern.search(item.text)
                ):
                    message = f"'{match[0]}' looks like {what}"
                    yield self.finding(item.entry, item.path, message, hint)


class RuleOnNames(PackageRule):
    """A rule on names of persons, which are told from the names of what is in the dataset."""

    severity = Severity.WARNING
    is_local = True
    excusable = True
    judges_with = frozenset({"cases", "categories", "metrics", "objects", "organizations"})

    @classmethod
    def basis(cls, context: Context) -> object:
        """Return the names of what is no person, and which of them are those of cases."""
        return sorted(context.names), sorted(context.case_names)

    @cached_property
    def known(self) -> KnownNames:
        """The names that are not those of persons."""
        return KnownNames(self.context.names)


class NoPersonNamed(RuleOnNames):
    """No natural person is named as a suspect or a victim."""

    code, name, layer = "POL006", "no-person-named", Layer.POLICY

    _WORD: Final = (
        "(?P<name>[A-Z\u00c0-\u00d6\u00d8-\u00de][\\w\u2019'-]*"
        "[a-z\u00df-\u00ff][\\w\u2019'-]*+)\\b"
    )
    #: Ways to name a person by one word.
    _PATTERNS: Final = (
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Dra?|Sra?|Se\u00f1ora?|Mme|Mlle|Herrn?|Frau|Dona?)\.? {_WORD}"
        ),
        re.compile(
            r"\b(?:(?i:alias|nicknamed|alleged leader|suspect|fugitive|victim"
            r"|trafficker|smuggler|offender|kingpin|ringleader|hacker|abuser|murderer|defendant"
            rf"|convict|mobster|drug lord)),? {_WORD}(?! [A-Z(])"
        ),
        re.compile(
            r"\b(?:arrested|detained|extradited|deported|convicted|sentenced|captured|charged"
            rf"|identified|rescued) {_WORD}(?! [A-Z])(?=[ ,.;])"
        ),
    )

    #: What the name of a case has that is about a person and not an operation.
    _OF_PERSON: Final = re.compile(
        r"\b(?:arrest|capture|extradition|deportation|return|surrender|conviction|search|hunt"
        r"|rescue|murder|kidnapping)",
        re.IGNORECASE,
    )

    def run(self) -> Iterator[Finding]:
        """Look for names of persons in texts of the dataset's own."""
        hint = (
            "say what the person did or suffered; for a place, a group or a brand, add a line "
            "above: '# allow POL006: what it is the name of'"
        )
        for item in self.context.own_texts:
            found = next(self.found(item.text), None)
            if found is not None:
                message = f"'{found}' seems to name a person"
                yield self.finding(item.entry, item.path, message, hint)

        for entry, _ in self.context.readable(m.Case, "name"):
            name = entry.data.get("name")
            if isinstance(name, str) and self._OF_PERSON.search(name):
                for person in self._bodies.persons(name):
                    message = f"'{person}' seems to name a person"
                    yield self.finding(entry, ("name",), message, hint)

    def found(self, text: str) -> Iterator[str]:
        """Return what names a person in a text."""
        yield from self.known.persons(text)
        for pattern in self._PATTERNS:
            for match in pattern.finditer(text):
                if not self.known.is_word(match["name"]):
                    yield match[0]

    @cached_property
    def _bodies(self) -> KnownNames:
        """The names of what is no case."""
        return KnownNames(self.context.names - self.context.case_names)
