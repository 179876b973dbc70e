package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/jackc/pgx/v5"
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
func (c *worldCache) fill(ctx context.Context, a *app) error {
	c.filling.Lock()
	defer c.filling.Unlock()
	if c.filled.Load() {
		return nil
	}
	found, err := a.db.Query(ctx, selectAllWorlds)
	if err != nil {
		return err
	}
	worlds, err := pgx.CollectRows(found, pgx.RowToStructByPos[world])
	if err != nil {
		return err
	}
	for _, row := range worlds {
		c.rows.Add(row.ID, row)
	}
	c.filled.Store(true)
	return nil
}

func (a *app) cachedWorlds(w http.ResponseWriter, r *http.Request) error {
	if !a.cache.filled.Load() {
		if err := a.cache.fill(r.Context(), a); err != nil {
			return err
		}
	}
	worlds := make([]world, parseCount(r.URL.Query().Get("count"), mostWorlds, 1))
	for i := range worlds {
		id := randomWorldID()
		row, found := a.cache.rows.Get(id)
		if !found {
			return fmt.Errorf("the cache lost row %d of table world", id)
		}
		worlds[i] = row
	}
	return writeJSON(w, http.StatusOK, worlds)
}
