"""What Sphinx's own builders need of a page."""
