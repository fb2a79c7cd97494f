"""
The site: every operation a page, every figure an address, every address its evidence.

``read`` groups the tables once into a ``Model``, which each module of ``pages`` turns into contexts
for ``templates``. Nothing here computes a status or chooses a value: that is all in the tables.
"""
