import keras


def build(units=1):
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])


def fail():
    raise LookupError("no such model")
