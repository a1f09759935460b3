"""The command ``paramsummary``: what it is asked for, what it runs, what it prints."""
