extensions = ["sphinx_paramdoc"]
numfig = True
