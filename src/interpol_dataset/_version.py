"""The version of the package and of the data in it."""

__version__ = "0.8.0"

#: The day on which this version was released.
RELEASED = "2026-11-26"
