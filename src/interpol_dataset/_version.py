"""The version of the package and of the data in it."""

__version__ = "0.9.0"

#: The day on which this version was released.
RELEASED = "2026-12-01"
