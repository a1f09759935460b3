extensions = ["myst_parser", "sphinx_paramdoc"]
