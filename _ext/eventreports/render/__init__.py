"""Model → nodes. Text of the data becomes text nodes; nothing is parsed again
but what the schema calls Markdown."""
