"""A subclassed model."""

import functools

import keras
from keras import layers


class Autoencoder(keras.Model):
    """Squeezes vectors through a few numbers, and restores them.

    The model learns the shape of its input only from data, so its documentation says it:

    .. paramsummary::
       :input-shape: (None, 784)

    Args:
        code: how many numbers are in the middle.
        features: the length of the vectors.
    """

    def __init__(self, code=32, features=784, **kwargs):
        super().__init__(**kwargs)
        self.squeeze = layers.Dense(code, activation="relu", name="squeeze")
        self.restore = layers.Dense(features, activation="sigmoid", name="restore")
        self.features = features

    def call(self, inputs):
        """Restore vectors.

        Args:
            inputs: vectors with numbers from 0 to 1.
        """
        return self.restore(self.squeeze(inputs))

    @functools.cached_property
    def encoder(self):
        """The first half, as a model by itself.

        .. paramsummary::
        """
        return keras.Sequential([keras.Input((self.features,)), self.squeeze], name="encoder")
