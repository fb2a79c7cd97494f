"""
The public face of a data package: its tables, typed records, explanations and exports.

Records, explanations and exports use :class:`~interpol_dataset.dataset.tables.Tables` alone, and
:class:`~interpol_dataset.dataset.dataset.Dataset` puts them into one object.
"""
