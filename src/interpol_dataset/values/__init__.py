"""
The values that sources state: quantities, dates, and what they allow. Nothing here knows a record.
"""
