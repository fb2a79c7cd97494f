"""The fields and vocabularies, each defined once. Nothing here knows a record."""
