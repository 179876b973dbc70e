//go:build tuned

package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// worldPipeline sends the statements of several rows at once and then reads the answers.
type worldPipeline struct{ worldTable }

func newWorldPipeline(db *pgxpool.Pool) worldReader { return worldPipeline{worldTable{db}} }

func (p worldPipeline) several(ctx context.Context, ids []int32) ([]world, error) {
	batch := new(pgx.Batch)
	for _, id := range ids {
		batch.Queue(selectWorld, id)
	}
	results := p.db.SendBatch(ctx, batch)
	defer results.Close()
	worlds := make([]world, len(ids))
	for i := range worlds {
		if err := results.QueryRow().Scan(&worlds[i].ID, &worlds[i].RandomNumber); err != nil {
			return nil, err
		}
	}
	return worlds, results.Close()
}

const (
	updateWorlds = `UPDATE world SET random_number = new.number
		FROM unnest($1::int[], $2::int[]) AS new (id, number) WHERE world.id = new.id`
	deadlockDetected = "40P01"
)

// writeAll writes all rows by one statement. PostgreSQL gives one up when two wait for each other: it is tried again.
func writeAll(ctx context.Context, db *pgxpool.Pool, worlds []world) error {
	ids := make([]int32, len(worlds))
	numbers := make([]int32, len(worlds))
	for i, row := range worlds {
		ids[i], numbers[i] = row.ID, row.RandomNumber
	}
	for tries := 1; ; tries++ {
		_, err := db.Exec(ctx, updateWorlds, ids, numbers)
		var refused *pgconn.PgError
		if err == nil || tries == mostTries || !errors.As(err, &refused) || refused.Code != deadlockDetected {
			return err
		}
	}
}
