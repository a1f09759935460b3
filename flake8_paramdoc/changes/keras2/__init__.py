"""What changed from Keras 1 to Keras 2: a file for each kind of change, which is the last digit of its code."""
