"""Facts, and what can be wrong with them: pure, free of Sphinx and docutils."""
