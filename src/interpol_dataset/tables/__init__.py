"""From records and facts to the rows of the tables, and back. No file is read or written here."""
