"""
The rules of the gate, each beside its check, and the gate that runs them.
"""
