"""
Rules on the letters of a file: the restricted YAML. :mod:`interpol_dataset.reading` checks them.
"""

from __future__ import annotations

from interpol_dataset.rules.base import Layer, Rule


class FileTooLarge(Rule):
    """A file of records is a page of text, not a dump."""

    code, name, layer = "SYN001", "file-too-large", Layer.SYNTAX


class NotUtf8(Rule):
    """A file of records is encoded in UTF-8."""

    code, name, layer = "SYN002", "not-utf8", Layer.SYNTAX


class NotYaml(Rule):
    """A file of records is YAML."""

    code, name, layer = "SYN003", "not-yaml", Layer.SYNTAX


class EmptyFile(Rule):
    """A file of records holds something."""

    code, name, layer = "SYN004", "empty-file", Layer.SYNTAX


class SeveralDocuments(Rule):
    """A file of records is one YAML document."""

    code, name, layer = "SYN005", "several-documents", Layer.SYNTAX


class NestedTooDeep(Rule):
    """Records are flat; nothing in them is nested deeply."""

    code, name, layer = "SYN006", "nested-too-deep", Layer.SYNTAX


class DuplicateKey(Rule):
    """A key stands once in a mapping."""

    code, name, layer = "SYN007", "duplicate-key", Layer.SYNTAX


class ForbiddenFeature(Rule):
    """Anchors, aliases, tags and merge keys are not used."""

    code, name, layer = "SYN008", "forbidden-feature", Layer.SYNTAX


class KeyNotText(Rule):
    """A key is a plain text."""

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
