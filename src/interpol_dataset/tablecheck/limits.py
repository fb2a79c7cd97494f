"""Every limit of the table check, in one place: what counts as damage, and what is held at once."""

from __future__ import annotations

from typing import Final

#: Findings kept of one table unless the caller says otherwise; the rest are only counted.
MAX_FINDINGS: Final = 100_000
#: Damaged rows (blank, short, long, undecodable) after which a file is given up.
MAX_DAMAGED_ROWS: Final = 100_000
#: Bytes of a record; a longer one is taken for damage, such as a quote that is never closed.
MAX_RECORD: Final = 16 << 20
#: Columns of a file or fields of a schema.
MAX_COLUMNS: Final = 10_000
#: Levels of a JSON value; one that is nested deeper could not be written again.
MAX_JSON_DEPTH: Final = 200
#: Characters of a pattern, and of a field's name.
MAX_PATTERN: Final = 10_000
MAX_NAME: Final = 500
#: Bytes of a decompressed Parquet column chunk.
MAX_PARQUET_CHUNK: Final = 512 << 20
#: Bytes that the strings and lists of a Parquet footer may claim.
MAX_PARQUET_FOOTER: Final = 64 << 20
#: Values in a Parquet footer, unless the file has 64 bytes for each, and levels of its schema.
MAX_PARQUET_VALUES: Final = 1_000_000
MAX_PARQUET_DEPTH: Final = 200
# Totals of a run.
#: Bytes that all files may hold once decoded: so many, or so many times their size if that is more.
MAX_DECODED: Final = 256 << 20
MAX_RATIO: Final = 20
#: What rows, pages, and the values of JSON count as, besides their bytes.
ROW_COST: Final = 16
COLUMN_COST: Final = 1_000
PAGE_COST: Final = 4_000
JSON_ROW_COST: Final = 256
JSON_VALUE_COST: Final = 64
#: Bytes of all descriptors, schemas and dialects of a package, and the JSON values in them.
MAX_DESCRIPTOR: Final = 16 << 20
MAX_DESCRIPTOR_VALUES: Final = 400_000
#: Tables of a package, and their keys of all kinds.
MAX_TABLES: Final = 1_000
MAX_KEYS: Final = 2_000
#: Bytes of a file parsed at once, and rows checked at once.
BLOCK: Final = 4 << 20
PIECE: Final = 131_072
#: Rows of a Parquet file checked at once.
PARQUET_ROWS: Final = 65_536
#: Bytes of a Parquet file checked at once, once its texts are written out.
PARQUET_PIECE: Final = 32 << 20
#: Threads that parse and check, and the jobs that wait or run at once.
THREADS: Final = 2
JOBS: Final = 4
#: Characters of a value shown in a finding.
SHOWN: Final = 200
