"""The pages that are rendered from the definitions and the data."""
