"""
Whether addresses still answer, and where copies are kept: the only code that opens connections.

Nothing of the rest is known here; the command ``sources`` brings the addresses.
"""
