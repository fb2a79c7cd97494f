"""
The records that people write: their models, and reading, checking the shape of and writing files.

Nothing here knows the rules of the gate. What keeps a file or a record from being read is a defect,
and the rules above turn it into a finding.
"""
