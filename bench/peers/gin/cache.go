package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/gin-gonic/gin"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const selectAllWorlds = `SELECT id, random_number AS "randomNumber" FROM world ORDER BY id`

// worldCache holds table world as it was when the first request asked for it.
type worldCache struct {
	rows    *lru.Cache[int32, world]
	filling sync.Mutex
	filled  atomic.Bool
}

func newWorldCache() *worldCache {
	rows, err := lru.New[int32, world](worldRows)
	if err != nil {
		panic(err)
	}
	return &worldCache{rows: rows}
}

// fill reads the table once. After a failure the next request tries again.
func (w *worldCache) fill(ctx context.Context, db *pgxpool.Pool) error {
	w.filling.Lock()
	defer w.filling.Unlock()
	if w.filled.Load() {
		return nil
	}
	found, err := db.Query(ctx, selectAllWorlds)
	if err != nil {
		return err
	}
	worlds, err := pgx.CollectRows(found, pgx.RowToStructByPos[world])
	if err != nil {
		return err
	}
	for _, row := range worlds {
		w.rows.Add(row.ID, row)
	}
	w.filled.Store(true)
	return nil
}

func (a *app) cachedWorlds(c *gin.Context) {
	if !a.cache.filled.Load() {
		if err := a.cache.fill(c.Request.Context(), a.db); err != nil {
			fail(c, err)
			return
		}
	}
	worlds := make([]world, parseCount(c.Query("count"), mostWorlds, 1))
	for i := range worlds {
		id := randomWorldID()
		row, found := a.cache.rows.Get(id)
		if !found {
			fail(c, fmt.Errorf("the cache lost row %d of table world", id))
			return
		}
		worlds[i] = row
	}
	writeJSON(c, http.StatusOK, worlds)
}
