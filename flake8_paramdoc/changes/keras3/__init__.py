"""What changed from Keras 2 to Keras 3: a file for each kind of change, which is the last digit of its code.

Two kinds have two: values, by whether Keras 3 refuses them or takes them for something else, and what several places of
a file do together, by whether other parameters are counted and trained.
"""
