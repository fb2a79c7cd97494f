"""Files become batches of texts, with what is wrong with the files. No cell is checked here."""
