"""Print events: the handouts of each, the book of all, and the links of pages to these PDFs."""
