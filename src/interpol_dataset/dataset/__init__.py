"""The public face of a data package: its tables, typed records, explanations and exports."""
