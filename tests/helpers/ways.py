"""Ways into plain data, as a reader of YAML or JSON gives it."""

from typing import Any

Way = tuple[str | int, ...]


def ways(data: Any, before: Way = ()) -> list[Way]:
    """Return the ways to all values, the empty one to the whole first."""
    items: Any = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    return [before, *(way for key, item in items for way in ways(item, (*before, key)))]


def holder(data: Any, way: Way) -> Any:
    """Return what holds the value at a way."""
    for step in way[:-1]:
        data = data[step]
    return data
