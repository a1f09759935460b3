"""Functions that build classifiers."""

import keras
from keras import layers


def build_mlp(units=512, classes=80):
    """Build a classifier of feature vectors with 4,096 features.

    Args:
        units: the width of the hidden layer.
        classes: how many labels there are; a sample may have several.

    Returns:
        A functional model.
    """
    x = keras.Input((4096,), name="features")
    hidden = layers.Dense(units, activation="relu", name="hidden")(x)
    hidden = layers.BatchNormalization(name="normalization")(hidden)
    hidden = layers.Dropout(0.5, name="dropout")(hidden)
    return keras.Model(x, layers.Dense(classes, activation="sigmoid", name="labels")(hidden), name="mlp")


def build_cnn(filters=32, classes=10):
    """Build a classifier of small grey images.

    Args:
        filters: how many channels the first convolution gives; the second one gives twice as many.
        classes: how many classes there are.

    Returns:
        A sequential model.
    """
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(filters, 3, activation="relu", name="edges"),
            layers.MaxPooling2D(name="halve"),
            layers.Conv2D(2 * filters, 3, activation="relu", name="shapes"),
            layers.GlobalAveragePooling2D(name="pool"),
            layers.Dense(classes, activation="softmax", name="classes"),
        ],
        name="cnn",
    )


#: The smallest classifier, to try things out.
tiny = build_cnn(filters=4, classes=2)
