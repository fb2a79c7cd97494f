"""The standard's types: how their values are written, and the value that one text stands for."""
