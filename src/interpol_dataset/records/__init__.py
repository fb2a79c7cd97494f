"""
What people write: the models of records, and reading and writing their files.
"""
