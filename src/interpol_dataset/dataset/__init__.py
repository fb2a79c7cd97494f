"""
The public face: load a package, look things up, explain a value, export.
"""
