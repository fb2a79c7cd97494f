"""Table Schemas and dialects as frozen values, and their JSON forms. Nothing here needs Arrow."""
