"""
What catalogues, search engines and archives want to know, each in its own standard.

Everything is rendered from the descriptor, as pure functions; nothing here knows a record.
"""
