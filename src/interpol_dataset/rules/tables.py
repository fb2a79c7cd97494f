"""
Rules on tables, which :mod:`interpol_dataset.tablecheck` compares with their Table Schemas.
"""

from __future__ import annotations

from typing import Final

from interpol_dataset.rules import rows  # noqa: F401  # its rule is one of them
from interpol_dataset.rules.rule import Layer, TableRule
from interpol_dataset.tablecheck import Fault

__all__ = ["RULES", "code_of", "faults_of"]


class UnreadableTable(TableRule):
    """
    A table's file can be read to its end, and is the one that its descriptor describes.

    ## Why

    A file that is cut off, in another encoding, or has a quote that is never closed gives rows that
    nobody wrote. One with another size or hash than its descriptor says was replaced or changed.

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
    reading stopped. If the file was changed on purpose, update the descriptor: `build` and
    `export` do that for this dataset.
    """

    code, name, layer = "TBL001", "unreadable-table", Layer.TABLES
    faults = (
        Fault.ENCODING,
        Fault.NUL_BYTE,
        Fault.JSON_ARRAY,
        Fault.JSON_SYNTAX,
        Fault.EMPTY_FILE,
        Fault.UNCLOSED_QUOTE,
        Fault.UNREADABLE,
        Fault.RECORD_TOO_LONG,
        Fault.FILE_HASH,
        Fault.FILE_SIZE,
        Fault.MISSING_FILE,
        Fault.TOO_DAMAGED,
        Fault.OVER_BUDGET,
        Fault.TOO_LARGE,
        Fault.TOO_MANY_COLUMNS,
        Fault.UNKNOWN_FORMAT,
    )


class TableHeader(TableRule):
    """
    A table's header has the fields of its schema.

    ## Why

    A column is identified by its name. One that is missing, misspelt or repeated is read as
    another one, or not at all.

    ## Bad

    ```csv
    id,nmae
    ```

    ## Good

    ```csv
    id,name
    ```

    ## How to fix

    Name the columns as in the schema, each once.
    """

    code, name, layer = "TBL002", "table-header", Layer.TABLES
    faults = (
        Fault.BLANK_LABEL,
        Fault.DUPLICATE_LABEL,
        Fault.EXTRA_LABEL,
        Fault.INCORRECT_LABEL,
        Fault.MISSING_LABEL,
        Fault.UNMATCHED_HEADER,
    )


class TableRow(TableRule):
    """
    A row has as many cells as the table has columns.

    ## Why

    An extra or missing comma moves every value behind it into the wrong column.

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

    Quote a cell that contains a comma; complete or remove short and blank rows.
    """

    code, name, layer = "TBL003", "table-row", Layer.TABLES
    faults = (Fault.BLANK_ROW, Fault.EXTRA_CELL, Fault.MISSING_CELL)


class CellType(TableRule):
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

    Write the value in the form of its type: `12.5`, `true`, `2022-11-24`. What has no such form
    belongs in another column.
    """

    code, name, layer = "TBL004", "cell-type", Layer.TABLES
    faults = (Fault.TYPE,)


class CellRequired(TableRule):
    """
    A required cell has a value.

    ## Why

    An empty cell doesn't say whether the value is unknown or was forgotten.

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

    Fill in the cell, or remove the row if it says nothing.
    """

    code, name, layer = "TBL005", "cell-required", Layer.TABLES
    faults = (Fault.REQUIRED,)


class CellTerm(TableRule):
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

    Use one of the terms that the field's description lists.
    """

    code, name, layer = "TBL006", "cell-term", Layer.TABLES
    faults = (Fault.ENUM, Fault.CATEGORY)


class CellPattern(TableRule):
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

    Write the value in the form that the field's pattern describes.
    """

    code, name, layer = "TBL007", "cell-pattern", Layer.TABLES
    faults = (Fault.PATTERN,)


class CellRange(TableRule):
    """
    A cell's value is within the limits of its field.

    ## Why

    A value out of range usually has a wrong digit or sign.

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
    faults = (Fault.MINIMUM, Fault.MAXIMUM, Fault.EXCLUSIVE_MINIMUM, Fault.EXCLUSIVE_MAXIMUM)


class CellLength(TableRule):
    """
    A cell's text or list is neither too short nor too long.

    ## Why

    A text that is too long is often in the wrong column, and one that is too short says nothing.

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

    Shorten the text, or write it out, as the field's description says.
    """

    code, name, layer = "TBL009", "cell-length", Layer.TABLES
    faults = (Fault.MIN_LENGTH, Fault.MAX_LENGTH)


class CellUnique(TableRule):
    """
    A value that has to be unique is in its column once.

    ## Why

    What identifies one thing can't identify two.

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
    faults = (Fault.UNIQUE, Fault.UNIQUE_KEY)


class PrimaryKey(TableRule):
    """
    Every row has a primary key, and no two rows have the same one.

    ## Why

    Rows of other tables refer to this one by its key. If two rows have it, nobody knows which is
    meant.

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

    Give one of the two rows another key, or merge them. Fill in empty keys.
    """

    code, name, layer = "TBL011", "primary-key", Layer.TABLES
    faults = (Fault.PRIMARY_KEY,)


class ForeignKey(TableRule):
    """
    A foreign key leads to a row that exists.

    ## Why

    A row that refers to nothing silently drops out of every join.

    ## Bad

    ```csv
    id,parent
    fraud,
    online-fraud,frauds
    ```

    ## Good

    ```csv
    id,parent
    fraud,
    online-fraud,fraud
    ```

    ## How to fix

    Correct the key, or add the row that it leads to. `--against DIR` names the package in which
    keys are looked up.
    """

    code, name, layer = "TBL012", "foreign-key", Layer.TABLES
    faults = (Fault.FOREIGN_KEY,)


#: The rules on tables, by code.
RULES: Final = {
    rule.code: rule for rule in sorted(TableRule.__subclasses__(), key=lambda rule: rule.code)
}

#: The code of the rule that each fault breaks.
_CODES: Final = {fault: code for code, rule in RULES.items() for fault in rule.faults}


def code_of(fault: str) -> str:
    """Return the code of the rule that a fault of a table breaks."""
    return _CODES[fault]


def faults_of(select: frozenset[str] | None, ignore: frozenset[str]) -> frozenset[str]:
    """
    Return the faults that some rules find.

    :param select: The codes of the rules; all by default.
    :param ignore: The codes of rules to leave out.
    """
    return frozenset(
        fault
        for fault, code in _CODES.items()
        if (select is None or code in select) and code not in ignore
    )
