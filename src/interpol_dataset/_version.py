"""The version of the package and of the data in it."""

__version__ = "0.1.0"
