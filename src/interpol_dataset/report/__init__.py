"""
Findings for people and for machines, one module for each format; nothing here checks anything.
"""
