"""Find Keras code that was written for an older Keras."""
