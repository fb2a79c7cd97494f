"""
What rules say to help: what was probably meant, and how it is written.
"""
