#!/bin/sh
# Builds the server with exactly the Go that go.mod names: an installed one of that version, else one that the
# go command fetches. Without cgo the binary is the same whether there is a C compiler or not.
set -eu
GOTOOLCHAIN=$(sed -n 's/^toolchain //p' go.mod) CGO_ENABLED=0 go build -trimpath -buildvcs=false -o build/server .
