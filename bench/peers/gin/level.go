package main

import (
	"context"
	"net/http"
	"regexp"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
)

// level is what differs between the levels: quickstart.go has default, the files tuned*.go have tuned, and the files
// max*.go have what max puts in place of parts of tuned.
type level struct {
	newEngine func() *gin.Engine
	// rules are for tags `binding:"…"`, besides those of all levels.
	rules          map[string]*regexp.Regexp
	openPool       func(context.Context, string) (*pgxpool.Pool, error)
	transport      http.RoundTripper
	newMessage     func(text string) any
	isJSON         func([]byte) bool
	writeJSON      func(c *gin.Context, status int, value any)
	writeFortunes  func(*gin.Context, []fortune)
	newWorldReader func(*pgxpool.Pool) worldReader
	// writeWorlds writes the new numbers.
	writeWorlds  func(context.Context, *pgxpool.Pool, []world) error
	newUserStore func(*pgxpool.Pool) userStore
}

func writeJSON(c *gin.Context, status int, value any) { chosen.writeJSON(c, status, value) }
