"""
Rules on the restricted YAML; :mod:`interpol_dataset.records.yaml` checks them.
"""

from __future__ import annotations

from interpol_dataset.rules.rule import Layer, Rule


class FileTooLarge(Rule):
    """
    A file of records is a page of text, not a dump.

    ## Why

    A record describes one thing. A file of more than 512 KiB is something else, and reading it
    would only cost time and memory.

    ## Bad

    ```yaml
    note: (the whole text of an annual report)
    ```

    ## Good

    ```yaml
    note: The figure stands in the annual report, page 12.
    ```

    ## How to fix

    Keep what the record needs, and cite the document for the rest. Split a file that holds several
    records.
    """

    code, name, layer = "SYN001", "file-too-large", Layer.SYNTAX


class NotUtf8(Rule):
    """
    A file of records is encoded in UTF-8.

    ## Why

    In another encoding names with accents turn into other characters, often without a trace.

    ## Bad

    ```yaml
    name: Op�ration Pandora
    ```

    ## Good

    ```yaml
    name: Opération Pandora
    ```

    ## How to fix

    Save the file as UTF-8; editors offer this where they save. The finding names the first byte
    that is not UTF-8.
    """

    code, name, layer = "SYN002", "not-utf8", Layer.SYNTAX


class NotYaml(Rule):
    """
    A file of records is YAML.

    ## Why

    What a parser can't read is no record, and is checked no further.

    ## Bad

    ```yaml
    title: Arrests: the figures
    reports: [{source: ansa-2022-05-09
    ```

    ## Good

    ```yaml
    title: 'Arrests: the figures'
    reports: [{source: ansa-2022-05-09}]
    ```

    ## How to fix

    Put a text in quotes when it contains `: ` or ` #`, or begins with a special character. Close
    what was opened. Indent with spaces, never with tabs.
    """

    code, name, layer = "SYN003", "not-yaml", Layer.SYNTAX


class EmptyFile(Rule):
    """
    A file of records holds something.

    ## Why

    An empty file looks like a record in a listing and is none.

    ## Bad

    ```yaml
    # to do
    ```

    ## Good

    ```yaml
    id: storm-makers
    ```

    ## How to fix

    Write the record (`interpol-dataset new` gives you a beginning), or remove the file.
    """

    code, name, layer = "SYN004", "empty-file", Layer.SYNTAX


class SeveralDocuments(Rule):
    """
    A file of records is one YAML document.

    ## Why

    Each record has a file of its own, which bears its name. A second document would be overlooked.

    ## Bad

    ```yaml
    id: haechi-i
    ---
    id: haechi-ii
    ```

    ## Good

    ```yaml
    id: haechi-i
    ```

    ## How to fix

    Move what stands below `---` to a file of its own.
    """

    code, name, layer = "SYN005", "several-documents", Layer.SYNTAX


class NestedTooDeep(Rule):
    """
    Records are flat; nothing in them is nested deeply.

    ## Why

    No field is deeper than a few levels. More than twenty are a slip, or an attempt to exhaust the
    reader.

    ## Bad

    ```yaml
    categories: [[[[[[[[[[[[[[[[[[[[[online-fraud]]]]]]]]]]]]]]]]]]]]]
    ```

    ## Good

    ```yaml
    categories: [online-fraud]
    ```

    ## How to fix

    Remove the brackets or the indentation that is too much.
    """

    code, name, layer = "SYN006", "nested-too-deep", Layer.SYNTAX


class DuplicateKey(Rule):
    """
    A key stands once in a mapping.

    ## Why

    Most parsers keep the last of two values and say nothing. Here both are someone's work, and a
    person has to decide.

    ## Bad

    ```yaml
    edition: 3
    edition: 4
    ```

    ## Good

    ```yaml
    edition: 3
    ```

    ## How to fix

    Keep the one that is right. Two statements of two sources belong in two reports.
    """

    code, name, layer = "SYN007", "duplicate-key", Layer.SYNTAX


class ForbiddenFeature(Rule):
    """
    Anchors, aliases, tags and merge keys are not used.

    ## Why

    A record is read by people, line by line. What an alias stands for is elsewhere, a tag changes
    what is read, and nested aliases can grow without bound.

    ## Bad

    ```yaml
    period: &p {value: 2022-03, at: lead}
    announced: *p
    ```

    ## Good

    ```yaml
    period: {value: 2022-03, at: lead}
    announced: {value: 2022-04-01, at: date line}
    ```

    ## How to fix

    Write the value out. A text that begins with `&`, `*` or `!` stands in quotes.
    """

    code, name, layer = "SYN008", "forbidden-feature", Layer.SYNTAX


class KeyNotText(Rule):
    """
    A key is a plain text.

    ## Why

    Keys are the names of fields. A list or a mapping in the place of a key is nearly always a
    misplaced bracket or question mark.

    ## Bad

    ```yaml
    [arrests, victims]: 12
    ```

    ## Good

    ```yaml
    metric: arrests
    value: 12
    ```

    ## How to fix

    Name the field before the colon. A key that looks like something else stands in quotes.
    """

    code, name, layer = "SYN009", "key-not-text", Layer.SYNTAX


RULES: tuple[type[Rule], ...] = (
    FileTooLarge,
    NotUtf8,
    NotYaml,
    EmptyFile,
    SeveralDocuments,
    NestedTooDeep,
    DuplicateKey,
    ForbiddenFeature,
    KeyNotText,
)
