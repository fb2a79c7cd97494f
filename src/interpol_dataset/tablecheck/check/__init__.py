"""Batches become findings and keys. Everything here is pure: no files, no threads."""
