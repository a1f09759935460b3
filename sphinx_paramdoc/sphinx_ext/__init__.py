"""The face for Sphinx, which alone knows it: directive, roles, one build, and what is kept from build to build."""
