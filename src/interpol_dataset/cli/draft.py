"""
The command ``draft``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from interpol_dataset.cli import options
from interpol_dataset.cli.output import print_text
from interpol_dataset.values.words import counted, listed

if TYPE_CHECKING:
    from interpol_dataset.draft.known import Likeness


#: How many cases that are like a page are named.
_NEAREST: Final = 3


@click.command("draft")
@click.argument(
    "pages",
    nargs=-1,
    required=True,
    metavar="PAGE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--case", "case", metavar="ID", help="The case that the pages report.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("drafts"),
    show_default=True,
    help="The folder to write drafts to.",
)
@click.option("--language", help="Their language, where it is guessed wrong: en, fr or es.")
@click.option("--published", metavar="DATE", help="Their date, where they don't say it: 2024-06.")
@options.root
def draft_(
    pages: tuple[Path, ...],
    case: str | None,
    to: Path,
    language: str | None,
    published: str | None,
    root: Path,
) -> int:
    """
    Draft the records of one operation from saved pages.

    Reads HTML or text files; nothing is fetched. Writes a source for each PAGE, and a case with
    what the pages seem to say. Each proposed line has the mark '# draft' and the words that it was
    read from: check it against the page, correct it, and take the mark out. What can't be told is
    left blank. 'validate' finds what is left.

    Without --case, it says whether the operation is known.

    \b
    Examples:
      interpol-dataset draft page.html
      interpol-dataset draft page.html --case haechi-iii
      interpol-dataset draft one.html two.txt --to ../drafts
    """
    from interpol_dataset.draft.write import case_of, read, write_drafts  # noqa: PLC0415
    from interpol_dataset.records.folder import RECORDS, read_records  # noqa: PLC0415
    from interpol_dataset.values.edtf import Edtf  # noqa: PLC0415

    if published:
        Edtf.parse(published)
    records = read_records(root / RECORDS).records
    own = case_of(case, records) if case else None
    found = [read(page, records, own, language, published) for page in pages]
    written = write_drafts(found, root, records, to, own)
    for it in found:
        figures = counted(len(it.report.outcomes), "figure")
        countries = counted(len(it.report.countries), "country", "countries")
        below = sum(one.at != "title" for one in it.page.paragraphs)
        print_text(f"{it.path}: {figures} and {countries} in {counted(below, 'paragraph')}")
        if it.source:
            print_text(f"  this page is a source already: {it.source.id}")
    if case is None:
        _print_known(found[0].alike[:_NEAREST])
    for path in written:
        print_text(f"wrote {path}")
    print_text(
        "check each line against the page and take its mark out; then move the files to "
        f"{root / RECORDS} and run 'interpol-dataset validate'"
    )

    return 0


def _print_known(nearest: list[Likeness]) -> None:
    if nearest and nearest[0].is_known:
        id_, reasons = nearest[0].case.id, listed(nearest[0].reasons)
        print_text(
            f"this seems to be {id_} ({reasons} in common): if so, remove the drafts and run it "
            f"again with --case {id_}"
        )
        return
    print_text("this operation seems to be new" + ("; the nearest are:" if nearest else ""))
    for it in nearest:
        print_text(f"  {it.case.id}: {listed(it.reasons)} in common")
