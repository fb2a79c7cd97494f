"""
Rules on tables: Table Schema. :mod:`interpol_dataset.tablecheck` checks them.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.rules.rule import Layer, Rule

__all__ = ["RULES", "code_of", "faults_of"]


class UnreadableTable(Rule):
    """
    A table's file can be read from its first byte to its last, and is the one that was described.

    ## Why

    A file in another encoding, cut off, or with a quote that is never closed gives rows that nobody
    wrote. Where the descriptor gives the size and the hash of a file, another file was put in its
    place, or it was changed and not described again.

    ## Bad

    ```csv
    id,name
    1,"open
    2,fine
    ```

    ## Good

    ```csv
    id,name
    1,"closed"
    2,fine
    ```

    ## How to fix

    Save the table as UTF-8 and close every quote, or export it again. The finding says where
    reading had to stop. A file that was changed on purpose is described again: `build` and
    `export` do it for this dataset.
    """

    code, name, layer = "TBL001", "unreadable-table", Layer.TABLES
    faults = (
        "encoding",
        "nul-byte",
        "json-array",
        "json-syntax",
        "empty-file",
        "unclosed-quote",
        "unreadable",
        "record-too-long",
        "file-hash",
        "file-size",
        "missing-file",
        "too-damaged",
        "too-large",
        "too-many-columns",
        "unknown-format",
    )


class TableHeader(Rule):
    """
    A table's header has the fields of its schema.

    ## Why

    A column is known by its name. One that is missing, misspelt or there twice is read as another,
    or not at all.

    ## Bad

    ```csv
    id,nmae
    ```

    ## Good

    ```csv
    id,name
    ```

    ## How to fix

    Name the columns as the schema does, each once.
    """

    code, name, layer = "TBL002", "table-header", Layer.TABLES
    faults = (
        "blank-label",
        "duplicate-label",
        "extra-label",
        "incorrect-label",
        "missing-label",
        "unmatched-header",
    )


class TableRow(Rule):
    """
    A row has as many cells as the table has columns.

    ## Why

    A comma too many or too few moves every value behind it into the wrong column.

    ## Bad

    ```csv
    id,name
    1,a,b
    ```

    ## Good

    ```csv
    id,name
    1,"a,b"
    ```

    ## How to fix

    Put a cell that contains a comma in quotes, and fill up or remove short and blank rows.
    """

    code, name, layer = "TBL003", "table-row", Layer.TABLES
    faults = ("blank-row", "extra-cell", "missing-cell")


class CellType(Rule):
    """
    A cell holds a value of its field's type.

    ## Why

    A column of numbers with a word in it can be neither added up nor sorted.

    ## Bad

    ```csv
    id,value
    1,about 20
    ```

    ## Good

    ```csv
    id,value
    1,20
    ```

    ## How to fix

    Write the value in the form of its type: `12.5`, `true`, `2022-11-24`. What can't be put so
    belongs in another column.
    """

    code, name, layer = "TBL004", "cell-type", Layer.TABLES
    faults = ("type",)


class CellRequired(Rule):
    """
    A cell that has to be filled is.

    ## Why

    An empty cell does not say whether the value is unknown or was forgotten.

    ## Bad

    ```csv
    id,title
    1,
    ```

    ## Good

    ```csv
    id,title
    1,Annual Report
    ```

    ## How to fix

    Fill the cell, or remove the row if it says nothing.
    """

    code, name, layer = "TBL005", "cell-required", Layer.TABLES
    faults = ("required",)


class CellTerm(Rule):
    """
    A cell's value is one of those that its field allows.

    ## Why

    Two spellings of one term count as two things in every analysis.

    ## Bad

    ```csv
    id,kind
    1,newspaper
    ```

    ## Good

    ```csv
    id,kind
    1,news
    ```

    ## How to fix

    Take a term that the field's description lists.
    """

    code, name, layer = "TBL006", "cell-term", Layer.TABLES
    faults = ("enum", "category")


class CellPattern(Rule):
    """
    A cell's text matches its field's pattern.

    ## Why

    Ids and codes are compared letter by letter; in another form they match nothing.

    ## Bad

    ```csv
    id
    HAECHI III
    ```

    ## Good

    ```csv
    id
    haechi-iii
    ```

    ## How to fix

    Write the value in the form that the field's pattern asks for.
    """

    code, name, layer = "TBL007", "cell-pattern", Layer.TABLES
    faults = ("pattern", "pattern-timeout")


class CellRange(Rule):
    """
    A cell's value is within the limits of its field.

    ## Why

    A value out of range is a slip of a digit or of a sign.

    ## Bad

    ```csv
    id,edition
    1,0
    ```

    ## Good

    ```csv
    id,edition
    1,1
    ```

    ## How to fix

    Look the value up again. The finding names the limit.
    """

    code, name, layer = "TBL008", "cell-range", Layer.TABLES
    faults = ("minimum", "maximum", "exclusive-minimum", "exclusive-maximum")


class CellLength(Rule):
    """
    A cell's text or list is neither too short nor too long.

    ## Why

    A text that is too long was put into the wrong column, and one that is too short says nothing.

    ## Bad

    ```csv
    id,language
    1,English
    ```

    ## Good

    ```csv
    id,language
    1,en
    ```

    ## How to fix

    Shorten the text or write it out, as the field's description asks.
    """

    code, name, layer = "TBL009", "cell-length", Layer.TABLES
    faults = ("min-length", "max-length")


class CellUnique(Rule):
    """
    A value that has to be unique stands once in its column.

    ## Why

    What identifies a thing can't stand for two.

    ## Bad

    ```csv
    id,url
    1,https://example.org
    2,https://example.org
    ```

    ## Good

    ```csv
    id,url
    1,https://example.org
    2,https://example.org/b
    ```

    ## How to fix

    Correct one of the two values, or merge the rows. The finding names the earlier row.
    """

    code, name, layer = "TBL010", "cell-unique", Layer.TABLES
    faults = ("unique", "unique-key")


class PrimaryKey(Rule):
    """
    A table's primary key is there in every row, and no two rows share one.

    ## Why

    Rows of other tables refer to this one by its key; with two rows behind it, nobody knows which
    is meant.

    ## Bad

    ```csv
    id,name
    haechi,HAECHI
    haechi,HAECHI II
    ```

    ## Good

    ```csv
    id,name
    haechi-i,HAECHI
    haechi-ii,HAECHI II
    ```

    ## How to fix

    Give one of the two rows another key, or merge them. Fill keys that are empty.
    """

    code, name, layer = "TBL011", "primary-key", Layer.TABLES
    faults = ("primary-key",)


class ForeignKey(Rule):
    """
    A foreign key leads to a row that is there.

    ## Why

    A row that refers to nothing drops out of every join, without a word.

    ## Bad

    ```csv
    case,value
    haechi-9,12
    ```

    ## Good

    ```csv
    case,value
    haechi-iii,12
    ```

    ## How to fix

    Correct the key, or add the row that it leads to. `--against DIR` names the package in which
    it is looked up.
    """

    code, name, layer = "TBL012", "foreign-key", Layer.TABLES
    faults = ("foreign-key",)


RULES: Final = (
    UnreadableTable,
    TableHeader,
    TableRow,
    CellType,
    CellRequired,
    CellTerm,
    CellPattern,
    CellRange,
    CellLength,
    CellUnique,
    PrimaryKey,
    ForeignKey,
)

_CODES: Final = {fault: rule.code for rule in RULES for fault in rule.faults}


def code_of(fault: str) -> str:
    """Return the code of the rule that a fault of a table breaks."""
    return _CODES[fault]


def faults_of(select: frozenset[str] | None, ignore: frozenset[str]) -> frozenset[str]:
    """
    Return the faults that some rules find.

    :param select: The codes of the rules; all of them where there is none.
    :param ignore: The codes of rules that are left out.
    """
    return frozenset(
        fault
        for fault, code in _CODES.items()
        if (select is None or code in select) and code not in ignore
    )
