#!/usr/bin/env bash
# dm-haiku 0.0.17 (jax 0.10.2): the rows of `haiku.experimental.tabulate` do not add up to the parameters,
# in either direction.
#
# One would guess that a column "Param count" adds up to the model's parameters, or that a repeated row
# shows that it repeats.
#
# There is a row for each call, so a layer that is called twice is there twice, with its count and without a
# mark; and parameters that the function itself makes with `get_parameter` are in no row. The rows below say
# 12 + 12 where the model has 12 + 3.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile dm-haiku==0.0.17 jax==0.10.2 numpy==2.4.6

cat >seen.py <<'PY'
import haiku
import jax
import jax.numpy as jnp


def network(x):
    scale = haiku.get_parameter("scale", (3,), init=jnp.ones)
    dense = haiku.Linear(3)
    return dense(dense(x)) * scale


x = jnp.ones((2, 3))
parameters = haiku.transform(network).init(jax.random.key(0), x)
print("held:", haiku.data_structures.tree_size(parameters))
table = haiku.experimental.tabulate(
    network, columns=("module", "params_size"), tabulate_kwargs={"tablefmt": "plain"}
)
print(table(x))
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
held: 15
Module             Param count
linear (Linear)             12
linear (Linear)             12
SEEN
echo "haiku-tabulate-rows: as described"
