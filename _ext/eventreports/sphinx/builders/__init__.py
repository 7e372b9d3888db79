"""Adapt Sphinx's own builders, or the pages to what a builder needs."""
