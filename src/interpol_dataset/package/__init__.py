"""
A data package on disk: its descriptor, and tables as CSV, Parquet and JSON. No pydantic here.
"""
