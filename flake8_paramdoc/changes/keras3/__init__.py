"""What changed from Keras 2 to Keras 3: a file for each kind of change, which is the last digit of its code.

The names of the old backend, which has become another module, have a file of their own.
"""
