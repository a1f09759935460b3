"""A transformer, and the block that it repeats."""

import keras
from keras import layers


class Block(layers.Layer):
    """Attention, and two dense layers, each with a short cut around it.

    .. paramsummary:: Block(width=64, heads=4)
       :input-shape: (None, 16, 64)
       :depth: 1

    Args:
        width: the length of the vector of each token.
        heads: how many heads the attention has.
    """

    def __init__(self, width, heads, **kwargs):
        super().__init__(**kwargs)
        self.attention = layers.MultiHeadAttention(heads, width // heads, name="attention")
        self.first = layers.LayerNormalization(name="first")
        self.widen = layers.Dense(4 * width, activation="gelu", name="widen")
        self.narrow = layers.Dense(width, name="narrow")
        self.second = layers.LayerNormalization(name="second")

    def build(self, shape):
        self.attention.build(shape, shape)
        self.first.build(shape)
        self.widen.build(shape)
        self.narrow.build((*shape[:-1], self.widen.units))
        self.second.build(shape)
        self.built = True

    def call(self, tokens):
        """Let tokens attend to each other.

        Args:
            tokens: a vector for each token.
        """
        tokens = self.first(tokens + self.attention(tokens, tokens))
        return self.second(tokens + self.narrow(self.widen(tokens)))


def build_encoder(blocks=6, vocabulary=10_000, width=64, heads=4):
    """Build a transformer that encodes text.

    Equal blocks fold into one row.

    .. paramsummary::

    Args:
        blocks: how many blocks follow each other.
        vocabulary: how many tokens there are.
        width: the length of the vector of each token.
        heads: how many heads the attention has.

    Returns:
        A functional model.
    """
    tokens = keras.Input((16,), dtype="int32", name="tokens")
    x = layers.Embedding(vocabulary, width, name="embedding")(tokens)
    for number in range(blocks):
        x = Block(width, heads, name=f"block_{number}")(x)
    return keras.Model(tokens, x, name="encoder")
