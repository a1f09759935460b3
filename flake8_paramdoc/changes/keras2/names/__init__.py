"""Functions, classes and modules: a file for what has another name, and one for what is gone."""
