"""
A small package cut out of the real one: some cases, and all that they and the statements need.
"""

from collections.abc import Callable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from interpol_dataset import Dataset
from interpol_dataset.dataset.tables import Table, Tables

#: Cases with much of everything: editions, disputes, parts, many countries, hedges, odd dates.
CASES: Final = frozenset(
    {
        *("haechi-i", "haechi-ii", "haechi-iii", "haechi-iv", "haechi-v", "haechi-vi"),
        *("athena", "athena-ii", "pandora-i", "pandora-ii", "pangea-xiv", "16shop", "thunder-2024"),
        *("cocair-iii", "cocair-v", "cobra-iii", "lionfish-ii", "thunderball", "libra"),
    }
)


class Changed(Tables):
    """
    Tables whose content is changed when it is read.

    :param tables: The tables.
    :param change: Returns the content of a table as it is to be, by the table's name.
    """

    def __init__(self, tables: Tables, change: Callable[[str, pa.Table], pa.Table]) -> None:
        super().__init__(tables.package)
        self._before = tables
        self._change = change
        self._after: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """Return a table as it was changed."""
        if name not in self._after:
            table = self._before.table(name)
            arrow = self._change(name, table.to_arrow())
            self._after[name] = Table(name, table.schema, table.description, arrow)
        return self._after[name]


def sample(dataset: Dataset) -> Dataset:
    """Return a dataset of some cases of another."""
    tables = dataset.tables
    evidence = _of_cases(tables.table("evidence").to_arrow())
    sources = {*evidence["source_id"].to_pylist(), *tables.table("claims")["document_id"]}
    sources = {str(source) for source in sources}
    listed = tables.table("sources").to_arrow().select(["id", "same_text_id"]).to_pylist()
    sources |= {row["same_text_id"] for row in listed if row["id"] in sources} - {None}

    def change(name: str, arrow: pa.Table) -> pa.Table:
        if name in {"evidence", "verification"}:
            return _of_cases(arrow)
        if name == "sources":
            return arrow.filter(pc.is_in(arrow["id"], pa.array(sorted(sources))))
        if name == "cases":
            return arrow.filter(_kept(arrow["id"]))
        if name == "claims":
            gone = pc.invert(_kept(arrow["case_id"]))
            cases = pc.if_else(gone, pa.scalar(None, pa.string()), arrow["case_id"])
            return arrow.set_column(arrow.column_names.index("case_id"), "case_id", cases)
        for column in ("case_id", "related_case_id"):
            if column in arrow.column_names:
                wanted = pc.or_(_kept(arrow[column]), pc.is_null(arrow[column]))
                arrow = arrow.filter(wanted)
        return arrow

    return Dataset(Changed(tables, change))


def _kept(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.is_in(column, pa.array(sorted(CASES)))


def _of_cases(arrow: pa.Table) -> pa.Table:
    """Keep the facts of the cases, and those of statements that are about no other case."""
    is_case = pc.equal(arrow["record_table"], "cases")
    field = arrow["field"]
    about = pc.replace_substring(field, "cases/", "")
    is_other = pc.and_(pc.starts_with(field, "cases/"), pc.invert(_kept(about)))
    return arrow.filter(pc.if_else(is_case, _kept(arrow["record_id"]), pc.invert(is_other)))
