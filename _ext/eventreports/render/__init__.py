"""Render the model as nodes. Texts become text nodes; only Markdown of the data is parsed."""
