"""The Sphinx extension: configuration, domain, directives, transforms, builders, print, search."""
