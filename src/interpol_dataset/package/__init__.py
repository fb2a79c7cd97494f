"""Data packages on disk. Knows no records, and never imports pydantic."""
