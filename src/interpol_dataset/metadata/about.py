"""
The facts that every standard asks for, read from the descriptor once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


#: The language of names, descriptions and notes, by ISO 639-1.
LANGUAGE: Final = "en"

_DOI: Final = "https://doi.org/"


class License(NamedTuple):
    """A licence: its SPDX identifier, its name for people, and the address of its text."""

    name: str
    title: str
    url: str


class Table(NamedTuple):
    """
    A table, and the file that it is in.

    :param name: Its name.
    :param description: What its rows are.
    :param path: The file's path in the package.
    :param mediatype: The file's media type.
    :param size: The file's bytes.
    :param sha256: Their SHA-256.
    :param rows: How many there are.
    :param schema: Its Table Schema.
    """

    name: str
    description: str
    path: str
    mediatype: str
    size: int
    sha256: str
    rows: int
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class About:
    """
    What the package says of itself.

    :param name: Its name for machines.
    :param id: Its globally unique id; the address of its DOI, once it has one.
    :param title: Its name for people.
    :param description: What it holds, in sentences.
    :param version: Its version.
    :param day: The day on which that version was released, ``YYYY-MM-DD``.
    :param homepage: Where it is published, if it is.
    :param license: The licence of the data.
    :param creators: The names of those who made it.
    :param keywords: What it is about.
    :param tables: Its tables.
    """

    name: str
    id: str
    title: str
    description: str
    version: str
    day: str
    homepage: str | None
    license: License
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    tables: tuple[Table, ...]

    @property
    def doi(self) -> str | None:
        """Its DOI, without the address of the resolver."""
        return self.id.removeprefix(_DOI) if self.id.startswith(_DOI) else None

    @property
    def citation(self) -> str:
        """How to cite it, in a line."""
        place = f" {self.id}." if self.doi else f" {self.homepage}." if self.homepage else ""
        authors, year = ", ".join(self.creators), self.day[:4]

        return f"{authors} ({year}). {self.title}. Version {self.version}. Data package.{place}"


def about(descriptor: Mapping[str, Any]) -> About:
    """
    Read the facts from a descriptor.

    :param descriptor: That of the whole package, with its resources.
    """
    (license_,) = descriptor["licenses"]

    return About(
        name=descriptor["name"],
        id=descriptor["id"],
        title=descriptor["title"],
        description=descriptor["description"],
        version=descriptor["version"],
        day=descriptor["created"][:10],
        homepage=descriptor.get("homepage"),
        license=License(license_["name"], license_["title"], license_["path"]),
        creators=tuple(person["title"] for person in descriptor["contributors"]),
        keywords=tuple(descriptor["keywords"]),
        tables=tuple(_table(resource) for resource in descriptor["resources"]),
    )


def _table(resource: Mapping[str, Any]) -> Table:
    return Table(
        name=resource["name"],
        description=resource["description"],
        path=resource["path"],
        mediatype=resource["mediatype"],
        size=resource["bytes"],
        sha256=resource["hash"].removeprefix("sha256:"),
        rows=resource["rows"],
        schema=resource["schema"],
    )
