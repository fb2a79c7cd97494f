"""
A data package on disk: its descriptor, and tables as CSV, Parquet, JSON Lines or nested JSON.

Needs the standard library and pyarrow. Knows nothing of records, and never imports pydantic.
"""
