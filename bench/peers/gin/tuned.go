//go:build tuned

package main

import (
	"context"
	"net/http"
	"regexp"

	"github.com/bytedance/sonic"
	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
)

var tuned = level{
	newEngine:      newBareEngine,
	rules:          leanRules,
	openPool:       openWholePool,
	transport:      newTransport(),
	newMessage:     func(text string) any { return message{text} },
	isJSON:         sonic.Valid,
	writeJSON:      writeWholeJSON,
	writeFortunes:  writePage,
	newWorldReader: newWorldPipeline,
	writeWorlds:    writeAll,
	newUserStore:   newUserTable,
}

// leanRules replace rules of the validator. Its own for an e-mail address parses it, and then matches a much longer
// expression that also knows what no mail server takes.
var leanRules = map[string]*regexp.Regexp{
	"email": regexp.MustCompile("(?i)^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*" +
		`@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$`),
}

type message struct {
	Message string `json:"message"`
}

// newBareEngine is gin.Default() without a line for each request. GIN_MODE=release is set by peer.json.
func newBareEngine() *gin.Engine {
	router := gin.New()
	router.Use(gin.Recovery())
	return router
}

const mostConnections = 4

// openWholePool opens every connection at the start, so that no request waits for one to be made.
func openWholePool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = mostConnections
	config.MinConns = mostConnections
	return pgxpool.NewWithConfig(ctx, config)
}

// newTransport keeps as many idle connections to one host as requests may need at once; the default keeps two.
func newTransport() *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = 1024
	return transport
}
