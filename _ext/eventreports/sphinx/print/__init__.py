"""What is printed: the handouts of each event, the book of all, and the pages' links to them."""
