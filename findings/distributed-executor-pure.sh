#!/usr/bin/env bash
# distributed 2026.8.0: the executor of a client calls a function once for equal arguments.
#
# One would guess that `Client.get_executor()`, which is documented as fully compatible with
# `concurrent.futures.Executor`, runs what is submitted each time that it is submitted, as the executors of the
# standard library do.
#
# It takes functions for pure unless `get_executor(pure=False)` is asked for: a second submission of the same call
# gives the value of the first while that is held, the same random number or the same reading of a clock; what the
# call was to do besides is not done again. And `shutdown` takes no `cancel_futures`, an argument of the interface
# since Python 3.9.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
"${PYTHON:-python3}" -m venv venv
venv/bin/pip install --quiet --no-compile distributed==2026.8.0 dask==2026.8.0

cat >seen.py <<'PY'
import time
from concurrent.futures import ThreadPoolExecutor

from distributed import Client


def different(executor):
    first = executor.submit(time.time_ns)
    first.result()
    time.sleep(0.1)
    return first.result() != executor.submit(time.time_ns).result()


with ThreadPoolExecutor(1) as pool:
    print("standard library:", different(pool))
with Client(processes=False, n_workers=1, dashboard_address=None) as client:
    print("default:", different(client.get_executor()))
    print("pure=False:", different(client.get_executor(pure=False)))
    try:
        client.get_executor().shutdown(wait=True, cancel_futures=True)
    except TypeError as error:
        print("TypeError:", str(error).rpartition(".")[2])
PY
venv/bin/python seen.py >seen 2>errors || { cat errors >&2; exit 1; }

# The output that was seen; a difference ends the script with status 1.
diff - seen <<'SEEN'
standard library: True
default: False
pure=False: True
TypeError: shutdown() got an unexpected keyword argument 'cancel_futures'
SEEN
