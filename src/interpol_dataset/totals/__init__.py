"""
From facts to figures that can be added up: what contains what, money in one currency, totals.

Pure functions; nothing here knows a file or a row of a table.
"""
