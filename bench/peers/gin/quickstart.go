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
	newEngine:      newDefaultEngine,
	openPool:       pgxpool.New,
	transport:      http.DefaultTransport,
	newMessage:     func(text string) any { return gin.H{"message": text} },
	isJSON:         json.Valid,
	writeJSON:      func(c *gin.Context, status int, value any) { c.JSON(status, value) },
	writeFortunes:  renderPage,
	newWorldReader: newWorldSequence,
	writeWorlds:    writeEach,
	newUserStore:   newUserTable,
}

func newDefaultEngine() *gin.Engine {
	router := gin.Default()
	router.LoadHTMLGlob("templates/*")
	return router
}

func renderPage(c *gin.Context, fortunes []fortune) {
	c.HTML(http.StatusOK, "fortunes.tmpl", gin.H{"fortunes": fortunes})
}

// worldSequence reads several rows one after the other.
type worldSequence struct{ worldTable }

func newWorldSequence(db *pgxpool.Pool) worldReader { return worldSequence{worldTable{db}} }

func (s worldSequence) several(ctx context.Context, ids []int32) ([]world, error) {
	worlds := make([]world, len(ids))
	for i, id := range ids {
		row, err := s.one(ctx, id)
		if err != nil {
			return nil, err
		}
		worlds[i] = row
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
