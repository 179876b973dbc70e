#!/bin/sh
# Builds one level with exactly the Go that go.mod names: an installed one of that version, else one that the go
# command fetches. Without cgo the binary is the same whether there is a C compiler or not.
# The arguments are go build's: -o and a file, and -tags for the levels that have some.
set -eu
GOTOOLCHAIN=$(sed -n 's/^toolchain //p' go.mod) CGO_ENABLED=0 go build -trimpath -buildvcs=false "$@" .
