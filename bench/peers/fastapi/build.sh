#!/bin/sh
# Makes a virtual environment of its own from one lock file: build.sh default makes build/default from
# requirements/default.txt. Only wheels with the hashes of the lock file are taken, so nothing is compiled here;
# pip goes when it is done, as the server never needs it.
set -eu
venv="build/$1"
python3 -m venv --clear "$venv"
"$venv/bin/python" -m pip install --disable-pip-version-check --quiet \
  --require-hashes --only-binary :all: --requirement "requirements/$1.txt"
"$venv/bin/python" -m pip uninstall --disable-pip-version-check --quiet --yes pip setuptools 2>/dev/null
