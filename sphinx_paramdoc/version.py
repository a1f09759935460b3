"""The version of the distribution, in one place for the packages, for Sphinx and for the build of wheels."""

__version__ = "0.1.0"
