"""A frozen backbone under a head that is trained."""

import keras
from keras import layers

CLASSES = 5


def build_backbone(widths=(16, 32, 64)):
    """Build what turns an image into features.

    Args:
        widths: the channels that each stage gives.

    Returns:
        A functional model; see :func:`build_classifier` for its weights.
    """
    x = image = keras.Input((96, 96, 3), name="image")
    for number, width in enumerate(widths):
        x = layers.Conv2D(width, 3, strides=2, padding="same", use_bias=False, name=f"stage_{number}")(x)
        x = layers.BatchNormalization(name=f"normalization_{number}")(x)
        x = layers.ReLU(name=f"activation_{number}")(x)
    return keras.Model(image, layers.GlobalAveragePooling2D(name="pool")(x), name="backbone")


def build_classifier(classes=CLASSES):
    """Build a classifier on top of a backbone that is not trained.

    Only the head learns: every weight of the backbone says why it does not.

    .. paramsummary::
       :depth: 1
       :code: none

    With more classes only the head grows:

    .. paramsummary:: build_classifier(classes=2 * CLASSES)

    Args:
        classes: how many classes there are.

    Returns:
        A functional model.
    """
    backbone = build_backbone()
    backbone.trainable = False
    image = keras.Input((96, 96, 3), name="image")
    return keras.Model(image, layers.Dense(classes, name="head")(backbone(image)), name="transfer")
