"""
Rules of evidence: what a record may say, and on whose word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from interpol_dataset import models as m
from interpol_dataset.facts import facts_of
from interpol_dataset.findings import Fix
from interpol_dataset.rules.base import Context, Layer, PackageRule, RecordRule, Rule
from interpol_dataset.vocabulary import InterpolRole, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from interpol_dataset.findings import Finding
    from interpol_dataset.reading import Json, Path
    from interpol_dataset.repository import Entry

#: The fields that hold text of this dataset's own.
_OWN_TEXT: Final = frozenset({"summary", "description", "statement", "note", "reason"})

#: How long such a text may be, in characters.
_LIMITS: Final = {"summary": 900, "description": 600, "statement": 600, "note": 400, "reason": 300}


def _texts(data: Json, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Give every text of this dataset's own: the way to it, its field and what it says."""
    match data:
        case dict():
            for key, value in data.items():
                if key in _OWN_TEXT and isinstance(value, str):
                    yield (*path, key), key, value
                else:
                    yield from _texts(value, (*path, key))
        case list():
            for index, value in enumerate(data):
                yield from _texts(value, (*path, index))
        case _:
            return


class NotInTheFuture(RecordRule):
    """Nothing was announced, published, read or searched for in the future."""

    code, name, layer = "POL001", "not-in-the-future", Layer.POLICY

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Compare days with today."""
        for path, day in _days(entry.record):
            if day > context.today:
                message = f"{day} is in the future"
                yield self.finding(entry, path, message, "correct the year")


def _days(record: m.Model | None) -> Iterator[tuple[Path, date]]:
    """Give the days on which something is said to have happened."""
    match record:
        case m.Case():
            for index, report in enumerate(record.reports):
                if report.announced:
                    yield ("reports", index, "announced", "value"), report.announced.value
                if report.period and report.period.value.earliest:
                    yield ("reports", index, "period", "value"), report.period.value.earliest
        case m.Source():
            yield ("retrieved",), record.retrieved
            if record.published and record.published.earliest:
                yield ("published",), record.published.earliest
        case m.ClaimSet():
            for index, claim in enumerate(record.claims):
                for number, search in enumerate(claim.searches):
                    yield ("claims", index, "searches", number, "on"), search.on
        case _:
            return


class NoSearchPage(RecordRule):
    """A source is a document, not the results of a search."""

    code, name, layer = "POL002", "no-search-page", Layer.POLICY

    _SEARCH: Final = re.compile(
        r"^https?://(?:www\.|html\.|lite\.)?(?:google|bing|duckduckgo|yandex|baidu|ecosia|startpage"
        r"|search\.yahoo|search\.brave)\.[a-z.]+(?:/|$)"
        r"|^https?://[^/]+/(?:search|buscar|recherche)(?:/?\?|/?$)|[?&](?:q|query|search|s)=",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for addresses of search engines and of searches within a site."""
        if isinstance(entry.record, m.Source) and self._SEARCH.search(entry.record.url or ""):
            message = "the address is that of a search"
            yield self.finding(
                entry, ("url",), message, "give the address of the page that was read"
            )


class NoTrackingLink(RecordRule):
    """An address leads to the document and to nobody else's records of who reads it."""

    code, name, layer = "POL003", "no-tracking-link", Layer.POLICY

    _PARAMETER: Final = re.compile(
        r"[?&](utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|twclid)=",
        re.IGNORECASE,
    )
    _SHORTENER: Final = re.compile(
        r"^https?://(?:bit\.ly|t\.co|goo\.gl|tinyurl\.com|ow\.ly|lnkd\.in|buff\.ly|is\.gd)/",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for tracking parameters and link shorteners."""
        if not isinstance(entry.record, m.Source) or entry.record.url is None:
            return

        url = entry.record.url
        if match := self._PARAMETER.search(url):
            message = f"the parameter '{match[1]}' tracks readers"
            plain = without_tracking(url)
            fix = Fix(("url",), plain)
            yield self.finding(entry, ("url",), message, f"write {plain}", fix=fix)
        elif self._SHORTENER.match(url):
            message = "a shortened address hides where it leads"
            yield self.finding(entry, ("url",), message, "give the address it leads to")


def without_tracking(url: str) -> str:
    """Take tracking parameters off an address."""
    address, hash_, fragment = url.partition("#")
    page, question, query = address.partition("?")
    kept = [
        pair
        for pair in query.split("&")
        if pair and not NoTrackingLink._PARAMETER.match(f"?{pair}")  # noqa: SLF001  # its own rule
    ]

    return page + (question + "&".join(kept) if kept else "") + hash_ + fragment


class NeededPreference(PackageRule):
    """A preference changes something: the rule alone would choose another value."""

    code, name, layer = "POL004", "needed-preference", Layer.POLICY

    def check(self, context: Context) -> Iterator[Finding]:
        """Choose every preferred fact's value again without the preference."""
        for entry in context.entries(m.Case):
            case = entry.record
            if not isinstance(case, m.Case) or not case.prefer:
                continue
            if any(report.source not in context.sources for report in case.reports):
                continue

            without = facts_of(case.model_copy(update={"prefer": ()}), context.sources)
            written = entry.data["prefer"]
            for index, item in enumerate(written if isinstance(written, list) else []):
                fact = without.get(str(item["fact"]))
                said = {statement.source for statement in fact.statements} if fact else set()
                if fact is None:
                    message = f"no report states '{item['fact']}'"
                    yield self.finding(entry, ("prefer", index, "fact"), message, "remove it")
                elif item["source"] not in said:
                    message = f"'{item['source']}' does not state '{item['fact']}'"
                    remedy = f"name one of {', '.join(sorted(said))}"
                    yield self.finding(entry, ("prefer", index, "source"), message, remedy)
                elif fact.chosen and fact.chosen.source == item["source"]:
                    message = f"the rule chooses '{item['source']}' anyway"
                    path: Path = ("prefer", index)
                    yield self.finding(entry, path, message, "remove the preference", fix=Fix(path))


class NoPersonalData(RecordRule):
    """No dates of birth and no numbers of notices, papers or persons."""

    code, name, layer = "POL005", "no-personal-data", Layer.POLICY

    _PATTERNS: Final = (
        (
            re.compile(r"\b(?:born (?:on|in)|date of birth|d\.?o\.?b\.?)\b", re.IGNORECASE),
            "a date of birth",
        ),
        (re.compile(r"\b(?:19|20)\d\d/\d{3,6}\b"), "the number of a notice"),
        (re.compile(r"\b[A-Z]-\d{1,6}/\d{1,2}-(?:19|20)\d\d\b"), "the number of a notice"),
        (
            re.compile(
                r"\b(?:passport|identity card|id card|licence|license)"
                r" (?:no\.?|nr\.?|number)\s*[A-Z]?\d",
                re.IGNORECASE,
            ),
            "the number of a person's papers",
        ),
    )

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for what identifies a person in the dataset's own texts."""
        for path, _, text in _texts(entry.data):
            for pattern, what in self._PATTERNS:
                if match := pattern.search(text):
                    message = f"'{match[0]}' looks like {what}"
                    yield self.finding(
                        entry, path, message, "remove it; no person is identified here"
                    )


class NoPersonNamed(RecordRule):
    """No natural person is named as a suspect or a victim."""

    code, name, layer = "POL006", "no-person-named", Layer.POLICY

    _NAME: Final = r"[A-Z][\w’'-]+(?: (?:al-|bin |de |da |van |von )?[A-Z][\w’'-]+){1,3}"
    _PATTERNS: Final = (
        re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Señor|Señora|Herr|Frau)\.? {_NAME}"),
        re.compile(r"\b(?:Mr|Mrs|Ms)\.? [A-Z][\w’'-]+"),
        re.compile(
            r"\b(?:suspect|fugitive|victim|trafficker|smuggler|offender|kingpin|ringleader|hacker"
            rf"|abuser|murderer|defendant|convict)s?,? (?:named |called |known as |alias )?({_NAME})"
        ),
        re.compile(rf"\b(?:arrested|convicted|extradited|charged) (?:was |were )?({_NAME}), aged"),
        re.compile(rf"({_NAME}),? (?:aged \d\d|\(\d\d\)|\d\d years old)"),
    )

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for the ways in which suspects and victims are named."""
        for path, _, text in _texts(entry.data):
            for pattern in self._PATTERNS:
                if match := pattern.search(text):
                    message = f"'{match[0]}' seems to name a person"
                    yield self.finding(entry, path, message, "say what the person did or suffered")
                    break


class NotOverlong(RecordRule):
    """A text of the dataset's own is short enough to be its own."""

    code, name, layer = "POL007", "not-overlong", Layer.POLICY

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Count characters."""
        for path, name, text in _texts(entry.data):
            if len(text) > _LIMITS[name]:
                message = f"'{name}' has {len(text)} characters, more than {_LIMITS[name]}"
                yield self.finding(entry, path, message, "say it more shortly, in your own words")


class ClaimParagraph(RecordRule):
    """A claim stands in its paragraph: one paragraph has one hash, and the id names it."""

    code, name, layer = "POL008", "claim-paragraph", Layer.POLICY

    _ID: Final = re.compile(r"-p([0-9]+)-[0-9]+$")

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Compare paragraphs, hashes and ids."""
        if not isinstance(entry.record, m.ClaimSet):
            return

        hashes: dict[int, str] = {}
        for index, claim in enumerate(entry.data["claims"]):  # type: ignore[arg-type]  # its shape is right
            number, hash_ = claim["paragraph"], claim["paragraph_sha256"]
            if hashes.setdefault(number, hash_) != hash_:
                message = f"paragraph {number} has another hash in an earlier claim"
                path: Path = ("claims", index, "paragraph_sha256")
                yield self.finding(entry, path, message, "hash the paragraph again")

            named = self._ID.search(claim["id"])
            if named is None or int(named[1]) != number:
                message = f"the id '{claim['id']}' does not name paragraph {number}"
                remedy = f"end it with -p{number:02}-NN"
                yield self.finding(entry, ("claims", index, "id"), message, remedy)


class ClaimChecked(RecordRule):
    """A claim that can be checked was: there is evidence, or a search that found none."""

    code, name, layer = "POL009", "claim-checked", Layer.POLICY

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Look for checkable claims with neither evidence nor searches."""
        if not isinstance(entry.record, m.ClaimSet):
            return

        for index, claim in enumerate(entry.data["claims"]):  # type: ignore[arg-type]  # its shape is right
            if claim["checkable"] and not claim.get("evidence") and not claim.get("searches"):
                message = "the claim is checkable and nobody has checked it"
                remedy = "add evidence, or the searches that found none"
                yield self.finding(entry, ("claims", index, "checkable"), message, remedy)


class SupportedIsNotCoordinated(RecordRule):
    """A case that INTERPOL only supported is not told as one that it coordinated."""

    code, name, layer = "POL010", "supported-is-not-coordinated", Layer.POLICY

    _COORDINATED: Final = re.compile(
        r"INTERPOL[- ](?:coordinated|led|run|organi[sz]ed)"
        r"|(?:coordinated|led|run|organi[sz]ed) by INTERPOL",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, context: Context) -> Iterator[Finding]:
        """Compare the summary with the role in the reports."""
        if not isinstance(entry.record, m.Case):
            return

        roles = {r.interpol_role.value for r in entry.record.reports if r.interpol_role}
        match = self._COORDINATED.search(entry.record.summary)
        if roles == {InterpolRole.SUPPORTED} and match:
            message = f"the summary says '{match[0]}', the reports say that INTERPOL supported"
            yield self.finding(entry, ("summary",), message, "say who led it")


class ReliableSource(PackageRule):
    """A case rests on at least one source that counts."""

    code, name, layer = "POL011", "reliable-source", Layer.POLICY

    _UNRELIABLE: Final = frozenset({SourceKind.CONTENT_SITE, SourceKind.AI_GENERATED})

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for cases that only content sites and machine-written texts report."""
        for entry in context.entries(m.Case):
            if not isinstance(entry.record, m.Case):
                continue

            known = [
                context.sources[report.source].kind
                for report in entry.record.reports
                if report.source in context.sources
            ]
            if known and all(kind in self._UNRELIABLE for kind in known):
                message = "only sources that never count report this case"
                remedy = "find another source, or make it a claim instead of a case"
                yield self.finding(entry, ("reports",), message, remedy, key=True)


class NeededException(Rule):
    """An exception gives its reason and is needed."""

    code, name, layer = "POL012", "needed-exception", Layer.POLICY


RULES: tuple[type[Rule], ...] = (
    NotInTheFuture,
    NoSearchPage,
    NoTrackingLink,
    NeededPreference,
    NoPersonalData,
    NoPersonNamed,
    NotOverlong,
    ClaimParagraph,
    ClaimChecked,
    SupportedIsNotCoordinated,
    ReliableSource,
    NeededException,
)
