from keras.layers import BatchNormalization, Dense, Input
from keras.models import Model

x = Input(shape=(4096,))
hidden = BatchNormalization(mode=0)(Dense(512)(x))
model = Model(input=x, output=Dense(80)(hidden))
