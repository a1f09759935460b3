"""Functions, classes and modules: a file for what has another name, and one for what is gone.

The old backend, which has become another module, has one of its own.
"""
