"""
The rules of the gate, each with its message, hint and check in one class, and the gate.

To add a rule, write its class in the module of its topic, its page in ``docs/rules``, and a folder
of fixtures in ``tests/faults``. The index, the command line and the reports find it by its class.
"""
