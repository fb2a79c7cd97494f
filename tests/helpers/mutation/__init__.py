"""
A seeded generator of damage: whatever it does to the project's records, the gate has to find.

Every kind of damage is a function that changes what a record says or keeps it from being read, and
says in which file and on which line that has to be found. The tests make two mutants of each kind;
``PYTHONPATH=tests python -m helpers.mutation --mutants 2000`` makes many, and prints a table.
"""
