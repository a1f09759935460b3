"""What changed between two models, in the forms that it can be written in: a file for each."""
