"""
The rules of the gate, each a function with its message and hint, and the gate.

To add a rule, write its function in the module of its topic, its page in ``docs/rules``, and a
folder of fixtures in ``tests/faults``. The gate, the command line and the reports know it by its
decorator; :mod:`interpol_dataset.rules.rule` has all of them.
"""
