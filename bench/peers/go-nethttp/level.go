package main

import (
	"context"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
)

// level is what differs between the levels: quickstart.go has default, tuned.go has tuned, and the files max*.go have
// what max puts in place of parts of tuned.
type level struct {
	openPool  func(context.Context, string) (*pgxpool.Pool, error)
	transport http.RoundTripper
	// unmarshal reads one JSON value.
	unmarshal func(text []byte, target any) error
	// unmarshalStrictly takes no field that target does not have. Its error need not say what is wrong.
	unmarshalStrictly func(text []byte, target any) error
	writeJSON         func(w http.ResponseWriter, status int, value any) error
	writeFortunes     func(http.ResponseWriter, []fortune) error
	newWorldReader    func(*pgxpool.Pool) worldReader
	// writeWorlds writes the new numbers.
	writeWorlds  func(context.Context, *pgxpool.Pool, []world) error
	newUserStore func(*pgxpool.Pool) userStore
}
