"""The whole site, from a package and the project's guides; written as a whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from interpol_dataset.dataset.tables import fitting
from interpol_dataset.errors import ExportError
from interpol_dataset.files import replaced
from interpol_dataset.site.pages import about, cases, documents, figures, groups, statements
from interpol_dataset.site.read import read
from interpol_dataset.site.render import File, Renderer, Target, guides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from interpol_dataset.dataset.dataset import Dataset

#: What there is, in the order in which it is built: first the tables, each of which is read whole
#: while least else is in memory, and last what lists all pages.
KINDS: Final = {
    "tables": about.table_files,
    "home": figures.first_page,
    "operations": cases.list_pages,
    "cases": cases.case_pages,
    "series": groups.series_pages,
    "countries and areas": groups.place_pages,
    "figures": figures.figure_pages,
    "claims, challenges, lessons": statements.pages,
    "sources and organizations": documents.pages,
    "changes": documents.change_pages,
    "guides": about.guide_pages,
    "downloads and search": about.about_pages,
}


def render(
    dataset: Dataset, target: Target | None = None, progress: Callable[[str], None] | None = None
) -> Iterator[File]:
    """
    Render the site of a package, file by file.

    :param progress: Called with the name of each kind of pages before it is rendered.
    :raises PackageError: The package lacks a table that the site needs, or its tables do not fit
        together.
    """
    aim = target or Target()
    with fitting(dataset.tables):
        site = Renderer(read(dataset), dataset.tables, guides(aim.repository), aim)
        for name, pages in KINDS.items():
            if progress is not None:
                progress(name)
            yield from pages(site)
    static = Path(__file__).with_name("static")
    for path in sorted(static.iterdir()):
        if aim.url or path.name != "card.png":  # which only a full address can name
            yield File(f"static/{path.name}", path.read_bytes())


class Written(NamedTuple):
    """What was written: the number of files, and their bytes."""

    files: int
    size: int


def write(files: Iterable[File], target: Path) -> Written:
    """
    Write the files of a site into a folder, as they come, in place of an earlier site there.

    :raises ExportError: The folder has something else in it.
    :raises OSError: It can't be written; what was there is still there.
    """
    if target.exists() and any(target.iterdir()) and not (target / "site.json").is_file():
        raise ExportError(
            "the folder is not an earlier site",
            where=str(target),
            hint="name an empty or a new folder",
        )
    with replaced(target) as new:
        return _fill(new, files)


def _fill(folder: Path, files: Iterable[File]) -> Written:
    count = size = 0
    made: set[Path] = set()
    for file in files:
        path = folder / file.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        content = file.content.encode() if isinstance(file.content, str) else file.content
        path.write_bytes(content)
        count, size = count + 1, size + len(content)
    marker = json.dumps({"files": count, "bytes": size}) + "\n"
    (folder / "site.json").write_text(marker, "utf-8", newline="\n")

    return Written(count + 1, size + len(marker))
