"""
Rules on the shape of a record; :mod:`interpol_dataset.records.parse` checks them.
"""

from __future__ import annotations

from interpol_dataset.rules.rule import Layer, Rule


class MissingField(Rule):
    """
    A field that every such record has is there.

    ## Why

    What is required is what makes the record one: without `at`, for one, nobody can find the place
    in the source again.

    ## Bad

    ```yaml
    - {metric: arrests, value: 121}
    ```

    ## Good

    ```yaml
    - {metric: arrests, value: 121, at: paragraph 2}
    ```

    ## How to fix

    Add the field. If you don't know its value, look it up; nothing is entered from memory.
    """

    code, name, layer = "SHP001", "missing-field", Layer.SHAPE


class UnknownField(Rule):
    """
    A record has no fields but those of its kind.

    ## Why

    A misspelt field would be read by nobody, and its value would be missing without notice.

    ## Bad

    ```yaml
    catagories: [online-fraud]
    ```

    ## Good

    ```yaml
    categories: [online-fraud]
    ```

    ## How to fix

    Correct the spelling. What has no field goes into `note`, where there is one.
    """

    code, name, layer = "SHP002", "unknown-field", Layer.SHAPE


class WrongType(Rule):
    """
    A value has the type of its field: text, number, list, mapping, true or false.

    ## Why

    A table's column has one type. `edition: third` can't be sorted, and `series: 3` is no name.

    ## Bad

    ```yaml
    edition: third
    checkable: yes
    ```

    ## Good

    ```yaml
    edition: 3
    checkable: true
    ```

    ## How to fix

    Write the value as in the example that the finding shows. A text that looks like a number
    stands in quotes; only `true` and `false` are truth values.
    """

    code, name, layer = "SHP003", "wrong-type", Layer.SHAPE


class UnknownTerm(Rule):
    """
    A value that comes from a closed vocabulary is in it.

    ## Why

    Two spellings of one term count as two things in every analysis.

    ## Bad

    ```yaml
    kind: newspaper
    ```

    ## Good

    ```yaml
    kind: news
    ```

    ## How to fix

    Take the term that the finding names, or one from the codebook.
    """

    code, name, layer = "SHP004", "unknown-term", Layer.SHAPE


class WrongForm(Rule):
    """
    A text has the form of its field: an id, a code, an address, a line without a break.

    ## Why

    Ids are file names and keys, codes are looked up in standards, and addresses are opened. Each
    works in one form only.

    ## Bad

    ```yaml
    id: HAECHI III
    language: English
    ```

    ## Good

    ```yaml
    id: haechi-iii
    language: en
    ```

    ## How to fix

    Write the value as in the example that the finding shows. Ids are lower-case words with
    hyphens; codes of countries are three capitals.
    """

    code, name, layer = "SHP005", "wrong-form", Layer.SHAPE


class WrongLength(Rule):
    """
    A text is not longer than its field allows, and a list that can't be empty is not.

    ## Why

    A name of half a page is none, and a case without reports is nobody's word.

    ## Bad

    ```yaml
    reports: []
    ```

    ## Good

    ```yaml
    reports:
      - source: ansa-2022-05-09
        period: {value: 2022-03, at: lead}
    ```

    ## How to fix

    Shorten the text, or give the list its entries.
    """

    code, name, layer = "SHP006", "wrong-length", Layer.SHAPE


class OutOfRange(Rule):
    """
    A number is not less than its field allows.

    ## Why

    Editions and paragraphs are counted from one.

    ## Bad

    ```yaml
    edition: 0
    ```

    ## Good

    ```yaml
    edition: 1
    ```

    ## How to fix

    Count from one. Leave the field out where there is nothing to count.
    """

    code, name, layer = "SHP007", "out-of-range", Layer.SHAPE


class NotAQuantity(Rule):
    """
    A quantity is a number, or a text in quantity notation.

    ## Why

    "Nearly 1,000" is neither 1000 nor a text that can be compared. The notation keeps the hedge
    and gives bounds to calculate with.

    ## Bad

    ```yaml
    value: nearly 1,000
    ```

    ## Good

    ```yaml
    value: <1000
    ```

    ## How to fix

    Write `975`, `~1000` (about), `'>=1000'` (at least), `'>1000'` (more than), `<=1000` (up to),
    `<1000` (nearly) or `900..1000`, without spaces, units and separators of thousands.
    """

    code, name, layer = "SHP008", "not-a-quantity", Layer.SHAPE


class NotADate(Rule):
    """
    A date is a day that exists, or a text in EDTF.

    ## Why

    Dates are compared and sorted. EDTF says exactly how precise a date is; other notations have
    to be guessed.

    ## Bad

    ```yaml
    period: {value: June to November 2022, at: lead}
    ```

    ## Good

    ```yaml
    period: {value: 2022-06/2022-11, at: lead}
    ```

    ## How to fix

    Write `2022-06-28`, `2022-06`, `2022`, or two of these with a slash between, the earlier one
    first. Be as precise as the source and no more. A field for a day takes the day only.
    """

    code, name, layer = "SHP009", "not-a-date", Layer.SHAPE


RULES: tuple[type[Rule], ...] = (
    MissingField,
    UnknownField,
    WrongType,
    UnknownTerm,
    WrongForm,
    WrongLength,
    OutOfRange,
    NotAQuantity,
    NotADate,
)
