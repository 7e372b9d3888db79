"""All that imports Sphinx: configuration, domain, directives, transforms, builders, search."""
