"""From what sources say to the value and status of each fact; no file is read here."""
