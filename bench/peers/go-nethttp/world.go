package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"

	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	worldRows   = 10_000
	mostWorlds  = 500
	selectWorld = `SELECT id, random_number AS "randomNumber" FROM world WHERE id = $1`
	updateWorld = `UPDATE world SET random_number = $2 WHERE id = $1`
)

type world struct {
	ID           int32 `json:"id"`
	RandomNumber int32 `json:"randomNumber"`
}

// worldReader reads rows of table world.
type worldReader interface {
	one(ctx context.Context, id int32) (world, error)
	// several keeps the order of the ids.
	several(ctx context.Context, ids []int32) ([]world, error)
}

// worldTable reads a row by a statement of its own.
type worldTable struct{ db *pgxpool.Pool }

func (t worldTable) one(ctx context.Context, id int32) (world, error) {
	var row world
	err := t.db.QueryRow(ctx, selectWorld, id).Scan(&row.ID, &row.RandomNumber)
	return row, err
}

func randomWorldID() int32 { return rand.Int32N(worldRows) + 1 }

// randomWorldIDs are all different and ascend.
func randomWorldIDs(count int) []int32 {
	drawn := make(map[int32]struct{}, count)
	ids := make([]int32, 0, count)
	for len(ids) < count {
		id := randomWorldID()
		if _, twice := drawn[id]; !twice {
			drawn[id] = struct{}{}
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// otherRandomNumber is not the old one: a number that stayed could not be told from one never written.
func otherRandomNumber(old int32) int32 { return 1 + (old+rand.Int32N(worldRows-1))%worldRows }

func (a *app) readWorld(w http.ResponseWriter, r *http.Request) error {
	row, err := a.worlds.one(r.Context(), randomWorldID())
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, row)
}

func (a *app) readWorlds(w http.ResponseWriter, r *http.Request) error {
	ids := make([]int32, parseCount(r.URL.Query().Get("queries"), mostWorlds, 1))
	for i := range ids {
		ids[i] = randomWorldID()
	}
	worlds, err := a.worlds.several(r.Context(), ids)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, worlds)
}

func (a *app) updateWorlds(w http.ResponseWriter, r *http.Request) error {
	ids := randomWorldIDs(parseCount(r.URL.Query().Get("queries"), mostWorlds, 1))
	worlds, err := a.worlds.several(r.Context(), ids)
	if err != nil {
		return err
	}
	for i := range worlds {
		worlds[i].RandomNumber = otherRandomNumber(worlds[i].RandomNumber)
	}
	if err := chosen.writeWorlds(r.Context(), a.db, worlds); err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, worlds)
}
