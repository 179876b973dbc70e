//go:build !tuned

package main

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
)

var chosen = level{
	newEngine:     newDefaultEngine,
	openPool:      pgxpool.New,
	transport:     http.DefaultTransport,
	newMessage:    func(text string) any { return gin.H{"message": text} },
	isJSON:        json.Valid,
	writeJSON:     func(c *gin.Context, status int, value any) { c.JSON(status, value) },
	writeFortunes: renderPage,
	readWorlds:    readEach,
	writeWorlds:   writeEach,
}

func newDefaultEngine() *gin.Engine {
	router := gin.Default()
	router.LoadHTMLGlob("templates/*")
	return router
}

func renderPage(c *gin.Context, fortunes []fortune) {
	c.HTML(http.StatusOK, "fortunes.tmpl", gin.H{"fortunes": fortunes})
}

func readEach(ctx context.Context, db *pgxpool.Pool, ids []int32) ([]world, error) {
	worlds := make([]world, len(ids))
	for i, id := range ids {
		if err := db.QueryRow(ctx, selectWorld, id).Scan(&worlds[i].ID, &worlds[i].RandomNumber); err != nil {
			return nil, err
		}
	}
	return worlds, nil
}

func writeEach(ctx context.Context, db *pgxpool.Pool, worlds []world) error {
	for _, row := range worlds {
		if _, err := db.Exec(ctx, updateWorld, row.ID, row.RandomNumber); err != nil {
			return err
		}
	}
	return nil
}
