"""
From what sources say to the value and status of each fact. Pure functions; no file is read here.
"""
