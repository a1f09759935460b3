"""Parameter tables that explain and prove every count of a Keras model."""
