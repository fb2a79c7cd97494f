"""
Rules of evidence: what a record may say, and on whose word.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from interpol_dataset.evidence.facts import bodies_of, facts_of
from interpol_dataset.findings import Fix
from interpol_dataset.records import models as m
from interpol_dataset.rules.rule import Layer, PackageRule, RecordRule, Rule
from interpol_dataset.schema.vocabulary import InterpolRole, OrganizationKind, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding
    from interpol_dataset.records.folder import Entry
    from interpol_dataset.records.yaml import Path
    from interpol_dataset.values.edtf import Edtf


class NotInTheFuture(RecordRule[m.Case | m.Source | m.ClaimSet]):
    """
    Nothing was announced, published, read or searched for in the future.

    ## Why

    The data says what was. A date that is still to come is a wrong year, or a plan.

    ## Bad

    ```yaml
    retrieved: 2062-11-24
    ```

    ## Good

    ```yaml
    retrieved: 2026-11-24
    ```

    ## How to fix

    Look the date up again. What is only planned is no case yet.
    """

    code, name, layer = "POL001", "not-in-the-future", Layer.POLICY
    models = (m.Case, m.Source, m.ClaimSet)

    def check(self, entry: Entry, record: m.Case | m.Source | m.ClaimSet) -> Iterator[Finding]:
        """Compare days with today."""
        for path, day in _days(entry, record):
            if day > self.context.today:
                yield self.finding(entry, path, f"{day} is in the future", "correct the date")


def _days(entry: Entry, record: m.Case | m.Source | m.ClaimSet) -> Iterator[tuple[Path, date]]:
    """Return the days on which something is said to have happened."""
    match record:
        case m.Case():
            for index, report in enumerate(record.reports):
                if report.announced:
                    yield ("reports", index, "announced", "value"), report.announced.value
                if report.period:
                    yield ("reports", index, "period", "value"), _reached(report.period.value)
        case m.Source():
            yield ("retrieved",), record.retrieved
            if record.published:
                yield ("published",), _reached(record.published)
        case m.ClaimSet():
            # The model sorts claims; places follow the file.
            for index, claim in enumerate(entry.data["claims"]):
                for number, search in enumerate(claim.get("searches", [])):
                    path = ("claims", index, "searches", number, "on")
                    yield path, date.fromisoformat(search["on"])


def _reached(period: Edtf) -> date:
    """Return the last day that a period reaches at the least."""
    return max(period.start[0], period.end[0])


class NoSearchPage(RecordRule[m.Source]):
    """
    A source is a document, not the results of a search.

    ## Why

    A search shows something else to every reader and on every day.

    ## Bad

    ```yaml
    url: https://www.google.com/search?q=haechi+interpol
    ```

    ## Good

    ```yaml
    url: https://www.interpol.int/en/News-and-Events/News/2022/haechi-iii
    ```

    ## How to fix

    Open the page that the search found, read it, and give its own address.
    """

    code, name, layer = "POL002", "no-search-page", Layer.POLICY
    models = (m.Source,)
    excusable = True

    _SEARCH: Final = re.compile(
        r"^https?://(?:www\.|html\.|lite\.)?(?:google|bing|duckduckgo|yandex|baidu|ecosia|startpage"
        r"|search\.yahoo|search\.brave)\.[a-z.]+(?:/|$)"
        r"|^https?://[^/]+/(?:search|buscar|recherche)(?:/?\?|/?$)|[?&](?:q|query|search|s)=",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for addresses of search engines and of searches within a site."""
        if self._SEARCH.search(record.url or ""):
            hint = "give the address of the page that was read"
            yield self.finding(entry, ("url",), "the address is that of a search", hint)


class NoTrackingLink(RecordRule[m.Source]):
    """
    An address leads to the document and to nobody else's records of who reads it.

    ## Why

    Tracking parameters report every reader, make one address look like many, and say nothing
    about the document. A shortened address hides where it leads and often dies early.

    ## Bad

    ```yaml
    url: https://example.org/haechi?utm_source=newsletter
    ```

    ## Good

    ```yaml
    url: https://example.org/haechi
    ```

    ## How to fix

    Take the parameter off; the finding shows the address without it. Follow a shortened address
    once and give the one it leads to.
    """

    code, name, layer = "POL003", "no-tracking-link", Layer.POLICY
    models = (m.Source,)
    excusable = True

    _PARAMETER: Final = re.compile(
        r"[?&](utm_[a-z]+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|twclid)=",
        re.IGNORECASE,
    )
    _SHORTENER: Final = re.compile(
        r"^https?://(?:bit\.ly|t\.co|goo\.gl|tinyurl\.com|ow\.ly|lnkd\.in|buff\.ly|is\.gd)/",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, record: m.Source) -> Iterator[Finding]:
        """Look for tracking parameters and link shorteners."""
        url = record.url or ""
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
    """
    A preference changes something: the rule alone would choose another value.

    ## Why

    A preference sets a written rule aside. Where the rule picks the same, or the source says
    nothing on the fact, a later reader would look for a reason that is not there.

    ## Bad

    ```yaml
    prefer:
      - {fact: outcomes/arrests, source: ansa-2022-05-09, reason: The rule picks it anyway.}
    ```

    ## Good

    ```yaml
    prefer:
      - {fact: outcomes/arrests, source: europol-2022, reason: The later release has a slip.}
    ```

    ## How to fix

    Remove the preference, or name a fact and a source as the finding lists them.
    """

    code, name, layer = "POL004", "needed-preference", Layer.POLICY

    def check(self) -> Iterator[Finding]:
        """Choose every preferred fact's value again without the preference."""
        sources, known = self.context.sources, self.context.known_ids["sources"] or set()
        # Where a report refers to nothing, a fact has fewer statements than were meant.
        dangling = {item.entry.id for item in self.context.dangling if item.path[0] == "reports"}
        bodies = bodies_of(self.context.organizations.values())
        for entry, case in self.context.records(m.Case):
            if not case.prefer or entry.id in dangling:
                continue
            if any(report.source not in sources for report in case.reports):
                continue

            without = facts_of(case.model_copy(update={"prefer": ()}), sources, bodies)
            # The model sorts preferences; places follow the file.
            for index, item in enumerate(entry.data["prefer"]):
                fact = without.get(item["fact"])
                said = {item.source.id for item in fact.testimonies} if fact else set()
                if fact is None:
                    message = f"no report states '{item['fact']}'"
                    yield self.finding(entry, ("prefer", index, "fact"), message, "remove it")
                elif item["source"] not in known:
                    continue  # a reference that leads nowhere is found as such
                elif item["source"] not in said:
                    message = f"'{item['source']}' does not state '{item['fact']}'"
                    hint = f"name one of {', '.join(sorted(said))}"
                    yield self.finding(entry, ("prefer", index, "source"), message, hint)
                elif fact.chosen and fact.chosen.source.id == item["source"]:
                    message = f"the rule chooses '{item['source']}' anyway"
                    fix = Fix(("prefer", index))
                    yield self.finding(entry, fix.path, message, "remove the preference", fix=fix)


class NoPersonalData(PackageRule):
    """
    No dates of birth, no numbers of notices, papers or persons, no e-mail addresses.

    ## Why

    The data is about operations. What identifies a person does harm for ever, and nothing here
    needs it.

    ## Bad

    ```yaml
    note: The man, born on 3 May 1971, was sought under notice A-1234/5-2019.
    ```

    ## Good

    ```yaml
    note: The man was sought under a Red Notice.
    ```

    ## How to fix

    Remove it, from earlier commits too where it was pushed. If the text means something else,
    add a comment line `# allow POL005:` with the reason.
    """

    code, name, layer = "POL005", "no-personal-data", Layer.POLICY
    excusable = True

    _MONTH: Final = (
        r"(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)"
    )
    #: What looks like something that identifies a person; each begins with a text without which the
    #: pattern, which takes much longer, can't match.
    _PATTERNS: Final = (
        (
            "",
            re.compile(
                rf"\bborn (?:(?:on|in) )?(?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}"
                rf"|{_MONTH}|(?:19|20)?[0-9]{{2}}\b|[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-])"
                r"|\b(?:date of birth|d\.?o\.?b\.?:)",
                re.IGNORECASE,
            ),
            "a date of birth",
        ),
        (
            "/",
            # 2019/34567, but neither 2019/2020 nor the number of a law.
            re.compile(
                r"(?<!Regulation )(?<!Directive )(?<!Decision )(?<!Resolution )(?<!\) )(?<!No )"
                r"(?<![0-9/-])(?:19|20)[0-9]{2}/(?!(?:19|20)[0-9]{2}\b)[0-9]{4,6}\b"
            ),
            "the number of a notice",
        ),
        (
            "/",
            re.compile(r"\b[A-Z]-[0-9]{1,6}/[0-9]{1,2}-(?:19|20)[0-9]{2}\b"),
            "the number of a notice",
        ),
        (
            "",
            re.compile(
                r"\b(?:passport|identity card|id card|licen[cs]e|social security)"
                r" (?:(?:no\.?|nr\.?|number)\s*:?\s*[A-Z]{0,2}[0-9]|[A-Z]{1,2}[0-9]{5})",
                re.IGNORECASE,
            ),
            "the number of a person's papers",
        ),
        (
            "@",
            re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}", re.IGNORECASE),
            "an e-mail address",
        ),
    )

    def check(self) -> Iterator[Finding]:
        """Look for what identifies a person in the dataset's own texts."""
        for entry, path, _, text in self.context.texts:
            for needle, pattern, what in self._PATTERNS:
                if needle in text and (match := pattern.search(text)):
                    message = f"'{match[0]}' looks like {what}"
                    yield self.finding(
                        entry, path, message, "remove it; no person is identified here"
                    )


class NoPersonNamed(PackageRule):
    """
    No natural person is named as a suspect or a victim.

    ## Why

    Suspects may be innocent, and victims have suffered enough. A name in open data is copied and
    never comes back.

    ## Bad

    ```yaml
    summary: The fugitive Aname Bname, aged 47, was arrested at the border.
    ```

    ## Good

    ```yaml
    summary: A fugitive sought for fraud was arrested at the border.
    ```

    ## How to fix

    Say what the person did or suffered instead of who it was. The rule knows the names of the
    organizations, cases and countries in the data; if it takes another name for a person's, add a
    comment line `# allow POL006:` with the reason.
    """

    code, name, layer = "POL006", "no-person-named", Layer.POLICY
    excusable = True

    _WORD: Final = "[A-ZÀ-ÖØ-Þ][\\w\u2019'-]+"
    _PARTICLE: Final = r"(?:al-|bin |ibn |de |da |dos |del |van |von |der |la )?"
    _NAME: Final = rf"(?P<name>{_WORD}(?: {_PARTICLE}{_WORD}){{1,3}})"
    _ROLE: Final = (
        r"\b(?i:alleged leader|suspect|fugitive|victim|trafficker|smuggler|offender|kingpin"
        r"|ringleader|hacker|abuser|murderer|defendant|convict|mobster|drug lord)s?,? "
        r"(?:named |called |known as |alias )?"
    )
    _PATTERNS: Final = (
        re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Señora?|Herr|Frau)\.? (?P<name>{_WORD})"),
        re.compile(_ROLE + _NAME),
        re.compile(rf"{_NAME},? (?:aged [0-9]{{2}}|\([0-9]{{2}}\)|[0-9]{{2}} years old)"),
        re.compile(rf"{_NAME}, [1-9][0-9](?=[,.;]| and )"),
    )
    #: Words in the names of what is not a person.
    _BODIES: Final = re.compile(
        r"\b(?:operations?|project|police|interpol|europol|customs|services?|agency|bureau|ministry"
        r"|forces?|guard|guardia|policia|federal|national|international|department|office|court"
        r"|authority|unit|group|task|red|blue|notice|programme|convention|act|directive|regulation"
        r"|january|february|march|april|may|june|july|august|september|october|november|december"
        r"|north|south|east|west|central|new|united|republic|islands)\b",
        re.IGNORECASE,
    )

    def check(self) -> Iterator[Finding]:
        """Look for the ways in which suspects and victims are named."""
        for entry, path, _, text in self.context.texts:
            for pattern in self._PATTERNS:
                match = next(filter(self._is_person, pattern.finditer(text)), None)
                if match is not None:
                    message = f"'{match[0]}' seems to name a person"
                    yield self.finding(entry, path, message, "say what the person did or suffered")
                    break

    def _is_person(self, match: re.Match[str]) -> bool:
        """Return whether a name is that of a person, as far as can be told."""
        name = match["name"]
        return not self._BODIES.search(name) and not any(
            name in known for known in self.context.names
        )


class NotOverlong(PackageRule):
    """
    A text of the dataset's own is short enough to be its own.

    ## Why

    Long texts are copied more often than written. What a page says stands in the page; the record
    says what is needed to find one's way.

    ## Bad

    ```yaml
    summary: (nine hundred characters and more)
    ```

    ## Good

    ```yaml
    summary: Police in 30 countries worked for five months against online fraud.
    ```

    ## How to fix

    Say it more shortly, in your own words: a summary in at most 900 characters, a description or
    a statement in 600, a note in 400.
    """

    code, name, layer = "POL007", "not-overlong", Layer.POLICY
    excusable = True

    #: How long texts may be, in characters; the others have their limit in the schema.
    _LIMITS: Final = {"summary": 900, "description": 600, "statement": 600, "note": 400}

    def check(self) -> Iterator[Finding]:
        """Count characters."""
        for entry, path, name, text in self.context.texts:
            limit = self._LIMITS.get(name)
            if limit is not None and len(text) > limit:
                message = f"'{name}' has {len(text)} characters, more than {limit}"
                yield self.finding(entry, path, message, "say it more shortly, in your own words")


class ClaimParagraph(RecordRule[m.ClaimSet]):
    """
    A claim stands in its paragraph: one paragraph has one hash, and the id names it.

    ## Why

    The hash ties a claim to the very words it was taken from. Two hashes for one paragraph mean
    that one of them is of another text.

    ## Bad

    ```yaml
    - id: seed-p12-01
      paragraph: 13
    ```

    ## Good

    ```yaml
    - id: seed-p13-01
      paragraph: 13
    ```

    ## How to fix

    Count the document's non-empty lines from 1, hash the paragraph's text without its line break
    with SHA-256, and end the id with `-p`, the paragraph, `-` and a number.
    """

    code, name, layer = "POL008", "claim-paragraph", Layer.POLICY
    models = (m.ClaimSet,)

    _ID: Final = re.compile(r"-p([0-9]+)-[0-9]+$")

    # The model sorts claims; places follow the file.
    def check(self, entry: Entry, record: m.ClaimSet) -> Iterator[Finding]:  # noqa: ARG002
        """Compare paragraphs, hashes and ids."""
        hashes: dict[int, str] = {}
        paragraphs: dict[str, int] = {}
        for index, claim in enumerate(entry.data["claims"]):
            number, hash_ = claim["paragraph"], claim["paragraph_sha256"]
            path: Path = ("claims", index, "paragraph_sha256")
            if number not in hashes and paragraphs.setdefault(hash_, number) != number:
                message = f"paragraph {paragraphs[hash_]} has the same hash"
                yield self.finding(entry, path, message, "hash the paragraph again")
            if hashes.setdefault(number, hash_) != hash_:
                message = f"paragraph {number} has another hash in an earlier claim"
                yield self.finding(entry, path, message, "hash the paragraph again")

            named = self._ID.search(claim["id"])
            if named is None or int(named[1]) != number:
                message = f"the id '{claim['id']}' does not name paragraph {number}"
                hint = f"end it with -p{number:02}-NN"
                yield self.finding(entry, ("claims", index, "id"), message, hint)


class ClaimChecked(RecordRule[m.ClaimSet]):
    """
    A claim that can be checked was: there is evidence, or a search that found none.

    ## Why

    An unchecked claim looks just like one that nothing bears out. A search that found nothing is
    a finding, and says what was done.

    ## Bad

    ```yaml
    checkable: true
    ```

    ## Good

    ```yaml
    checkable: true
    searches:
      - {looked_for: Operation Lucas INTERPOL, on: 2026-11-24}
    ```

    ## How to fix

    Look for evidence and write down what you find, or what you looked for and when. A claim that
    no evidence could decide is `checkable: false`.
    """

    code, name, layer = "POL009", "claim-checked", Layer.POLICY
    models = (m.ClaimSet,)
    excusable = True

    # The model sorts claims; places follow the file.
    def check(self, entry: Entry, record: m.ClaimSet) -> Iterator[Finding]:  # noqa: ARG002
        """Look for checkable claims with neither evidence nor searches."""
        for index, claim in enumerate(entry.data["claims"]):
            if claim["checkable"] and not claim.get("evidence") and not claim.get("searches"):
                message = "the claim is checkable and nobody has checked it"
                hint = "add evidence, or the searches that found none"
                yield self.finding(entry, ("claims", index, "checkable"), message, hint)


class SupportedIsNotCoordinated(RecordRule[m.Case]):
    """
    A case that INTERPOL only supported is not told as one that it coordinated.

    ## Why

    Whose operation it was is a fact like any other. A summary that says more than the reports
    gives INTERPOL the credit of others.

    ## Bad

    ```yaml
    summary: INTERPOL coordinated the raids.
    reports:
      - source: ansa-2022-05-09
        interpol_role: {value: supported, at: lead}
    ```

    ## Good

    ```yaml
    summary: Italian police led the raids, with support from INTERPOL.
    reports:
      - source: ansa-2022-05-09
        interpol_role: {value: supported, at: lead}
    ```

    ## How to fix

    Say in the summary who led. If a page says that INTERPOL did, its report has the wrong role.
    """

    code, name, layer = "POL010", "supported-is-not-coordinated", Layer.POLICY
    models = (m.Case,)
    excusable = True

    _COORDINATED: Final = re.compile(
        r"\bINTERPOL[- ](?:coordinated|led|organi[sz]ed)\b"
        r"|\b(?:coordinated|led|run|organi[sz]ed) by INTERPOL\b",
        re.IGNORECASE,
    )

    def check(self, entry: Entry, record: m.Case) -> Iterator[Finding]:
        """Compare the summary with the role in the reports."""
        roles = {r.interpol_role.value for r in record.reports if r.interpol_role}
        match = self._COORDINATED.search(record.summary)
        if roles == {InterpolRole.SUPPORTED} and match:
            message = f"the summary says '{match[0]}', the reports say that INTERPOL supported"
            yield self.finding(entry, ("summary",), message, "say who led it")


class ReliableSource(PackageRule):
    """
    A case rests on at least one source that counts.

    ## Why

    Content sites and machine-written texts invent operations that look plausible. What nobody
    else reports may never have happened.

    ## Bad

    ```yaml
    reports:
      - source: some-content-site-2024
        period: {value: 2024, at: lead}
    ```

    ## Good

    ```yaml
    reports:
      - source: ansa-2022-05-09
        period: {value: 2022-03, at: lead}
    ```

    ## How to fix

    Find an agency or a newsroom with editors that reports it. Where there is none, it is a claim
    and not a case.
    """

    code, name, layer = "POL011", "reliable-source", Layer.POLICY

    def check(self) -> Iterator[Finding]:
        """Look for cases that only content sites and machine-written texts report."""
        for entry, case in self.context.records(m.Case):
            sources = [self.context.sources.get(report.source) for report in case.reports]
            if all(source is not None and not source.kind.counts for source in sources):
                message = "only sources that never count report this case"
                hint = "find another source, or make it a claim instead of a case"
                yield self.finding(entry, ("reports",), message, hint, key=True)


class NeededException(Rule):
    """
    An exception gives its reason and is needed.

    ## Why

    An exception is a decision, and the next reader has to be able to follow it. One that is no
    longer needed would hide the next real fault. Where the tables rest on a rule, none is possible.

    ## Bad

    ```yaml
    # allow POL006
    summary: Police looked for the hackers Fancy Bear.
    ```

    ## Good

    ```yaml
    # allow POL006: Fancy Bear is the name of a group
    summary: Police looked for the hackers Fancy Bear.
    ```

    ## How to fix

    Put the reason behind the colon, in ten characters or more. Remove the comment when the finding
    that it was for is gone.
    """

    code, name, layer = "POL012", "needed-exception", Layer.POLICY


class FilledIn(PackageRule):
    """
    No text is a placeholder any more.

    ## Why

    A new record begins with `...` wherever something is to be filled in. Left as it is, it would be
    taken for what a page says.

    ## Bad

    ```yaml
    title: ...
    url: https://...
    ```

    ## Good

    ```yaml
    title: Nearly 1,000 arrested in an operation against online fraud
    url: https://example.org/news/2022/haechi-iii
    ```

    ## How to fix

    Write down what the page says, or take the line out.
    """

    code, name, layer = "POL013", "filled-in", Layer.POLICY

    _PLACEHOLDER: Final = re.compile(r"(?:Operation |https?://)?(?:\.\.\.|…)")

    def check(self) -> Iterator[Finding]:
        """Look for placeholders in every field that takes any text."""
        for entry, path, name, text in self.context.strings:
            if self._PLACEHOLDER.fullmatch(text):
                message = f"'{name}' is still to be filled in"
                yield self.finding(entry, path, message, "write what the page says")


class CopyIsNotOfficial(PackageRule):
    """
    An official document stands on pages of an authority; the same text elsewhere is a copy.

    ## Why

    News sites and weblogs that carry a release shorten it, change its headline or its dates, and
    do not say so. What is known from such a page only has not been seen on a page of the agency,
    and no status may say that it has.

    ## Bad

    ```yaml
    kind: official
    publisher: reuters
    asserter: interpol
    ```

    ## Good

    ```yaml
    kind: copy
    publisher: reuters
    asserter: interpol
    ```

    ## How to fix

    Write `copy` where the page carries the whole text, and `news` where it retells it. A text that
    its own asserter published is no copy. A service whose trade is to pass releases on unchanged,
    or an archive of files, is a `company` and not a medium.
    """

    code, name, layer = "POL014", "copy-is-not-official", Layer.POLICY

    def check(self) -> Iterator[Finding]:
        """Look for official documents on pages of media, and for copies of one's own text."""
        for entry in self.context.entries(m.Source):
            source = entry.record
            if not isinstance(source, m.Source):
                continue

            own = source.publisher == source.asserter
            publisher = self.context.organizations.get(source.publisher)
            media = publisher is not None and publisher.kind is OrganizationKind.MEDIA
            if source.kind is SourceKind.OFFICIAL and media and not own:
                message = f"'{source.publisher}' carries it, which is a medium and not an authority"
                hint = "'copy' where it carries the whole text, 'news' where it retells it"
                yield self.finding(entry, ("kind",), message, hint)
            elif source.kind is SourceKind.COPY and own:
                message = f"'{source.publisher}' published it, and says it"
                yield self.finding(entry, ("kind",), message, "a text of one's own is no copy")


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
    FilledIn,
    CopyIsNotOfficial,
)
