"""What changed from Keras 2 to Keras 3: a file for each kind of change, which is the last digit of its code.

Values, which are most, have two: what Keras 3 refuses or writes in another way, and what means something else.
"""
