"""A small library of Keras models."""
