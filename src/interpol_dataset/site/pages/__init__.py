"""
One module for each kind of page: what its template needs, and the same for machines.

Each has ``pages(site)``, which yields files; no page knows another.
"""
