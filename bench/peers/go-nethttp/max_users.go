//go:build max

package main

import (
	"context"
	"strconv"

	"github.com/bytedance/sonic"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/singleflight"
)

// userCache keeps users in this process, and lets requests that ask for the same one share a query. Whoever asks after
// a write of this process was answered gets what that write left, or what came later.
type userCache struct {
	table userTable
	rows  *userRows
	// flights are shared by those who ask while they are under way, but not past the end of a write.
	flights singleflight.Group
}

func newUserCache(db *pgxpool.Pool) userStore {
	return &userCache{table: userTable{db}, rows: newUserRows()}
}

func flightOf(id int32) string { return strconv.Itoa(int(id)) }

func (u *userCache) read(ctx context.Context, id int32) (*user, error) {
	if row, found := u.rows.get(id); found {
		return row, nil
	}
	// Others may share the query, so it goes on when the client that it began for leaves.
	ctx = context.WithoutCancel(ctx)
	row, err, _ := u.flights.Do(flightOf(id), func() (any, error) {
		query := u.rows.beginRead(id)
		row, err := encoded(u.table.read(ctx, id))
		u.rows.endRead(query, row)
		return row, err
	})
	if err != nil {
		return nil, err
	}
	return row.(*user), nil
}

func (u *userCache) create(ctx context.Context, fields userFields) (*user, error) {
	made, err := u.table.create(ctx, fields)
	if err == nil {
		// Somebody may have asked for this id just before it came to be.
		u.flights.Forget(flightOf(made.ID))
	}
	return made, err
}

func (u *userCache) update(ctx context.Context, id int32, fields userFields) (*user, error) {
	return u.write(ctx, id, func(ctx context.Context) (*user, error) {
		return encoded(u.table.update(ctx, id, fields))
	})
}

func (u *userCache) remove(ctx context.Context, id int32) error {
	_, err := u.write(ctx, id, func(ctx context.Context) (*user, error) {
		return nil, u.table.remove(ctx, id)
	})
	return err
}

// write makes a change, which gives the row as it leaves it, where it leaves one.
func (u *userCache) write(ctx context.Context, id int32, change func(context.Context) (*user, error)) (*user, error) {
	u.rows.beginWrite(id)
	// Before anybody hears of the end: who comes later joins no query from before it.
	defer u.flights.Forget(flightOf(id))
	// A write goes on when its client leaves: given up half-way, it would be of unknown fate.
	row, err := change(context.WithoutCancel(ctx))
	if err == nil || isWithoutEffect(err) {
		u.rows.endWrite(id, row)
	}
	// Any other may still be done at any time. It never ends, so its row is not kept any more. Of those there are as few
	// as connections were lost in the middle of a write.
	return row, err
}

// encoded is a row with its JSON, which may not be changed any more.
func encoded(row *user, err error) (*user, error) {
	if err != nil {
		return nil, err
	}
	text, err := sonic.Marshal(row)
	if err != nil {
		return nil, err
	}
	row.text = text
	return row, nil
}
