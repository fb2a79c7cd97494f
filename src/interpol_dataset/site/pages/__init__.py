"""One module for each kind of page; each has ``pages(site)``, which yields files."""
