"""
Validate user input: records and drafts in ``records``, tables and data packages in ``tables``.

The two share only what they return, so that checking a table imports no models of records.
"""
