//go:build max

package main

import (
	"errors"
	"regexp"

	"github.com/jackc/pgx/v5/pgconn"
)

// ofServer are the SQLSTATE classes of what befalls a connection or the whole server: lost, too many, shutting down,
// disk.
var ofServer = regexp.MustCompile(`^(08|53|57P|58)`)

// isOfStatement says whether the database has answered with an error of the statement itself.
func isOfStatement(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && !ofServer.MatchString(refused.Code)
}

// isWithoutEffect says whether a write that failed so has surely changed nothing and never will: refused, undone by the
// database, or never sent.
func isWithoutEffect(err error) bool {
	var refused *problem
	var unconnected *pgconn.ConnectError
	return errors.As(err, &refused) || errors.As(err, &unconnected) || isOfStatement(err) || pgconn.SafeToRetry(err)
}
