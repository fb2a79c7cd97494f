"""
From a saved page to a proposed record: what the page says, with the words it was read from.

Nothing here decides. What can't be told from the words is left blank, and each proposal is marked.
"""
