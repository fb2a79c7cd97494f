"""
DCAT-AP 3.0 in Turtle, for the data portals of European administrations.

Addresses of files are relative to the description: they lead to the files wherever both are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from interpol_dataset.metadata.about import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interpol_dataset.metadata.about import About, Table


_PREFIXES: Final = """\
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
_THEME: Final = f"{_AUTHORITY}/data-theme/JUST"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"


def dcat(about: About) -> str:
    """Describe the package and each table."""
    lines = (_PREFIXES, *_dataset(about), *_distributions(about), *_terms(about))

    return "".join(f"{line}\n" for line in lines)


def _dataset(about: About) -> Iterator[str]:
    yield f"<{about.id}> a dcat:Dataset ;"
    yield f"    dct:identifier {_text(about.id)} ;"
    yield f"    dct:title {_words(about.title)} ;"
    yield f"    dct:description {_words(about.description)} ;"
    for word in about.keywords:
        yield f"    dcat:keyword {_words(word)} ;"
    for name in about.creators:
        yield f"    dct:creator [ a foaf:Agent ; foaf:name {_words(name)} ] ;"
    yield f"    dct:publisher [ a foaf:Agent ; foaf:name {_words(about.creators[0])} ] ;"
    yield f'    dct:issued "{about.day}"^^xsd:date ;'
    yield f"    dcat:version {_text(about.version)} ;"
    yield f"    dct:language <{_AUTHORITY}/language/ENG> ;"
    yield f"    dcat:theme <{_THEME}> ;"
    yield f"    dct:accessRights <{_AUTHORITY}/access-right/PUBLIC> ;"
    if about.homepage:
        yield f"    dcat:landingPage <{about.homepage}> ;"
    listed = ", ".join(f"<#{table.name}>" for table in about.tables)
    yield f"    dcat:distribution {listed} ."


def _distributions(about: About) -> Iterator[str]:
    for table in about.tables:
        yield ""
        yield from _distribution(about, table)


def _distribution(about: About, table: Table) -> Iterator[str]:
    yield f"<#{table.name}> a dcat:Distribution ;"
    yield f"    dct:title {_words(table.name)} ;"
    yield f"    dct:description {_words(table.description)} ;"
    yield f"    dcat:accessURL <{table.path}> ;"
    yield f"    dcat:downloadURL <{table.path}> ;"
    yield f"    dcat:mediaType <{_MEDIA_TYPES}/{table.mediatype}> ;"
    yield f"    dct:format <{_AUTHORITY}/file-type/{_format(table)}> ;"
    yield f'    dcat:byteSize "{table.size}"^^xsd:decimal ;'
    yield "    spdx:checksum [ a spdx:Checksum ;"
    yield "        spdx:algorithm spdx:checksumAlgorithm_sha256 ;"
    yield f'        spdx:checksumValue "{table.sha256}"^^xsd:hexBinary ] ;'
    yield f"    dct:license <{about.license.url}> ."


def _terms(about: About) -> Iterator[str]:
    """Write what kind of thing each outside term is, for checks that don't look them up."""
    yield ""
    yield f"<{about.license.url}> a dct:LicenseDocument ."
    yield f"<{_AUTHORITY}/language/ENG> a dct:LinguisticSystem ."
    yield f"<{_AUTHORITY}/access-right/PUBLIC> a dct:RightsStatement ."
    yield f"<{_THEME}> a skos:Concept ;"
    yield f"    skos:prefLabel {_words('Justice, legal system and public safety')} ."
    for type_ in sorted({table.mediatype for table in about.tables}):
        yield f"<{_MEDIA_TYPES}/{type_}> a dct:MediaType ."
    for format_ in sorted({_format(table) for table in about.tables}):
        yield f"<{_AUTHORITY}/file-type/{format_}> a dct:MediaTypeOrExtent ."


def _format(table: Table) -> str:
    return table.path.rpartition(".")[2].upper()


def _text(value: str) -> str:
    # JSON's escapes are among those of Turtle.
    return json.dumps(value, ensure_ascii=False)


def _words(value: str) -> str:
    return f"{_text(value)}@{LANGUAGE}"
