import keras


def build(units=1):
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])


def fail():
    raise LookupError("no such model")


class Partly(keras.layers.Layer):
    def __init__(self):
        super().__init__(name="inner")
        self.used = keras.layers.Dense(3)
        self.unused = keras.layers.Dense(3, name="unused")

    def build(self, shape):
        self.used.build(shape)

    def call(self, inputs):
        return self.used(inputs)


def half_built():
    return keras.Sequential([keras.Input((3,)), Partly()])
