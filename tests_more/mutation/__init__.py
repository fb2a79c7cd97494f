"""
A seeded generator of damage: whatever it does to the project's records, the gate has to find.

Every kind of damage is a function that changes what a record says, and says in which file and on
which line that has to be found.
"""
