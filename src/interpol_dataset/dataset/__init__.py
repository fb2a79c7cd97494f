"""
The public face of a data package: its tables, typed records, explanations and exports.

Everything here stands on :class:`~interpol_dataset.dataset.tables.Tables`;
:class:`~interpol_dataset.dataset.dataset.Dataset` is the face on top.
"""
