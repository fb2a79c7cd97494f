"""The version of the package and of the data in it, and the day on which it was released."""

__version__ = "0.1.0"
__date__ = "2026-11-25"
