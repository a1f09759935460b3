"""What changed from Keras 2 to Keras 3: a file for each kind of change, which is the last digit of its code."""
