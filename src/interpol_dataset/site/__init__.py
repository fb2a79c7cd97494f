"""
The site: every operation a page, every figure an address, every address its evidence.

``read`` groups the tables once into a :class:`~interpol_dataset.site.model.Model`; a module of
``pages`` for each kind of page turns it into contexts for ``templates``; ``write`` puts the pages
into a folder. ``words`` has what the pages say, ``charts`` what they draw.
Nothing here computes a status or chooses a value: that is all in the tables.
"""
