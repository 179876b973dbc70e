package main

import (
	"context"
	"net/http"
	"regexp"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
)

// level is what differs between the levels: quickstart.go has the one, the files tuned*.go have the other.
type level struct {
	newEngine func() *gin.Engine
	// rules are for tags `binding:"…"`, besides those of both levels.
	rules         map[string]*regexp.Regexp
	openPool      func(context.Context, string) (*pgxpool.Pool, error)
	transport     http.RoundTripper
	newMessage    func(text string) any
	isJSON        func([]byte) bool
	writeJSON     func(c *gin.Context, status int, value any)
	writeFortunes func(*gin.Context, []fortune)
	// readWorlds reads the rows of these ids, each by a statement of its own.
	readWorlds func(context.Context, *pgxpool.Pool, []int32) ([]world, error)
	// writeWorlds writes the new numbers.
	writeWorlds func(context.Context, *pgxpool.Pool, []world) error
}

func writeJSON(c *gin.Context, status int, value any) { chosen.writeJSON(c, status, value) }
