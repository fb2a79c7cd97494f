"""
Rules that protect people.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from interpol_dataset.rules.rule import Layer, PackageRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.findings import Finding


class NoPersonalData(PackageRule):
    """
    No dates of birth, no numbers of notices or identity papers, no e-mail addresses.

    ## Why

    The data is about operations. What identifies a person can do harm for ever, and nothing here
    needs it.

    ## Bad

    ```yaml
    summary: The man, born on 3 May 1971, was sought under notice A-1234/5-2019.
    ```

    ## Good

    ```yaml
    summary: The man was sought under a Red Notice.
    ```

    ## How to fix

    Remove it, from earlier commits too if it was pushed. If the text means something else, add a
    comment line `# allow POL005:` with the reason.
    """

    code, name, layer = "POL005", "no-personal-data", Layer.POLICY
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


class NoPersonNamed(PackageRule):
    """
    No natural person is named as a suspect or a victim.

    ## Why

    Suspects may be innocent, and victims have suffered enough. A name in open data is copied and
    can never be taken back.

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
    organizations, cases and countries in the data; if it mistakes another name for a person's, add
    a comment line `# allow POL006:` with the reason.
    """

    code, name, layer = "POL006", "no-person-named", Layer.POLICY
    excusable = True

    _WORD: Final = "\\b[A-ZÀ-ÖØ-Þ][\\w\u2019'-]++"
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
        re.compile(
            rf"{_NAME}(?:,? (?:aged [0-9]{{2}}|\([0-9]{{2}}\)|[0-9]{{2}} years old)"
            r"|, [1-9][0-9](?=[,.;]| and ))"
        ),
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

    def run(self) -> Iterator[Finding]:
        """Look for the ways in which suspects and victims are named."""
        hint = "say what the person did or suffered"
        for item in self.context.own_texts:
            for pattern in self._PATTERNS:
                match = next(filter(self._is_person, pattern.finditer(item.text)), None)
                if match is not None:
                    message = f"'{match[0]}' seems to name a person"
                    yield self.finding(item.entry, item.path, message, hint)
                    break

    def _is_person(self, match: re.Match[str]) -> bool:
        """Return whether a name seems to be that of a person."""
        name = match["name"]

        return not self._BODIES.search(name) and name not in self._names

    @cached_property
    def _names(self) -> str:
        """The names of what is not a person, in one text, in which a part of one is soon found."""
        return "\n".join(self.context.names)
