"""YAML text → data in which every value knows its place, past all that cannot be read."""
