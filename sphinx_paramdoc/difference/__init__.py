"""What changed between two models: facts × facts → changes, each with its reason.

Everything here is pure, and loads little: the difference of two records is there before a framework or Sphinx could be.
"""
