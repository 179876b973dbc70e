//go:build max

package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	selectWorldsByID = `SELECT id, random_number AS "randomNumber" FROM world WHERE id = ANY($1)`

	// mostIDs is what one query asks for at most.
	mostIDs = 256
	// mostQueries may be under way at once: with more of them each would gather less.
	mostQueries = 1
)

// worldQuestion comes with the ids of its rows; their numbers are filled in before it is answered.
type worldQuestion struct {
	rows     []world
	answered chan error
}

// worldBatches reads the rows that several requests ask for by one query. What is asked while a query is under way is
// gathered for the next one, and when none is, nothing waits: there is no timer. A question never joins a query that
// was sent before it came, so it gets no older row than a query of its own would find.
type worldBatches struct {
	db        *pgxpool.Pool
	questions chan *worldQuestion
}

func newWorldBatches(db *pgxpool.Pool) worldReader {
	batches := worldBatches{db, make(chan *worldQuestion, mostIDs)}
	for range mostQueries {
		go batches.run()
	}
	return batches
}

// one waits for its answer even when its client is gone: the query is not its own, and is over soon.
func (b worldBatches) one(_ context.Context, id int32) (world, error) {
	rows := []world{{ID: id}}
	err := <-b.ask(rows)
	return rows[0], err
}

func (b worldBatches) several(_ context.Context, ids []int32) ([]world, error) {
	rows := make([]world, len(ids))
	for i, id := range ids {
		rows[i].ID = id
	}
	var parts []<-chan error
	for part := range slices.Chunk(rows, mostIDs) {
		parts = append(parts, b.ask(part))
	}
	for _, answered := range parts {
		if err := <-answered; err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// ask takes at most as many rows as one query may ask for.
func (b worldBatches) ask(rows []world) <-chan error {
	// There is room for the answer, so that whoever answers waits for nobody.
	question := &worldQuestion{rows, make(chan error, 1)}
	b.questions <- question
	return question.answered
}

// run answers questions for as long as the process lives.
func (b worldBatches) run() {
	var next *worldQuestion
	for {
		if next == nil {
			next = <-b.questions
		}
		var batch []*worldQuestion
		batch, next = b.gather(next)
		b.answer(batch)
	}
}

// gather takes what is asked already, as far as it fits into one query, and gives back the first that does not fit.
func (b worldBatches) gather(first *worldQuestion) (batch []*worldQuestion, left *worldQuestion) {
	batch = append(batch, first)
	size := len(first.rows)
	for {
		select {
		case next := <-b.questions:
			size += len(next.rows)
			if size > mostIDs {
				return batch, next
			}
			batch = append(batch, next)
		default:
			return batch, nil
		}
	}
}

func (b worldBatches) answer(batch []*worldQuestion) {
	numbers, err := b.query(batch)
	if err != nil && len(batch) > 1 && isOfStatement(err) {
		// One of them may be to blame, and only that one is to fail. The halves are asked one after the other: what
		// failed may not take more connections than what works.
		half := len(batch) / 2
		b.answer(batch[:half])
		b.answer(batch[half:])
		return
	}
	for _, question := range batch {
		if err != nil {
			question.answered <- err
		} else {
			question.answered <- question.fill(numbers)
		}
	}
}

// query reads the numbers by id. It is done for many, so none of them may end it.
func (b worldBatches) query(batch []*worldQuestion) (map[int32]int32, error) {
	var ids []int32
	for _, question := range batch {
		for _, row := range question.rows {
			ids = append(ids, row.ID)
		}
	}
	found, err := b.db.Query(context.Background(), selectWorldsByID, ids)
	if err != nil {
		return nil, err
	}
	numbers := make(map[int32]int32, len(ids))
	var row world
	_, err = pgx.ForEachRow(found, []any{&row.ID, &row.RandomNumber}, func() error {
		numbers[row.ID] = row.RandomNumber
		return nil
	})
	return numbers, err
}

func (q *worldQuestion) fill(numbers map[int32]int32) error {
	for i := range q.rows {
		number, found := numbers[q.rows[i].ID]
		if !found {
			return fmt.Errorf("table world lacks row %d", q.rows[i].ID)
		}
		q.rows[i].RandomNumber = number
	}
	return nil
}
