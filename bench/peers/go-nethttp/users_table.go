package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	userColumns = `id, username, email, age, created_at AS "createdAt"`
	insertUser  = `INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING ` + userColumns
	selectUser  = `SELECT ` + userColumns + ` FROM users WHERE id = $1`
	selectUsers = `SELECT ` + userColumns + ` FROM users WHERE id > $1 ORDER BY id LIMIT $2`
	updateUser  = `UPDATE users SET username = $2, email = $3, age = $4 WHERE id = $1 RETURNING ` + userColumns
	deleteUser  = `DELETE FROM users WHERE id = $1 RETURNING id`

	uniqueViolation = "23505"
)

type user struct {
	ID        int32     `json:"id"`
	Username  string    `json:"username"`
	Email     string    `json:"email"`
	Age       int32     `json:"age"`
	CreatedAt time.Time `json:"createdAt"`

	// text is all this as JSON, in a level that keeps it.
	text []byte
}

// userStore reads and writes one user: 404 when there is none, 409 when a name or address is taken.
type userStore interface {
	create(context.Context, userFields) (*user, error)
	read(ctx context.Context, id int32) (*user, error)
	update(ctx context.Context, id int32, fields userFields) (*user, error)
	remove(ctx context.Context, id int32) error
}

// userTable asks the database each time.
type userTable struct{ db *pgxpool.Pool }

func newUserTable(db *pgxpool.Pool) userStore { return userTable{db} }

func (t userTable) create(ctx context.Context, fields userFields) (*user, error) {
	return t.query(ctx, insertUser, fields.Username, fields.Email, fields.Age)
}

func (t userTable) read(ctx context.Context, id int32) (*user, error) {
	return t.query(ctx, selectUser, id)
}

func (t userTable) update(ctx context.Context, id int32, fields userFields) (*user, error) {
	return t.query(ctx, updateUser, id, fields.Username, fields.Email, fields.Age)
}

func (t userTable) remove(ctx context.Context, id int32) error {
	deleted, err := t.db.Exec(ctx, deleteUser, id)
	if err == nil && deleted.RowsAffected() == 0 {
		return notFound()
	}
	return err
}

func (t userTable) query(ctx context.Context, statement string, values ...any) (*user, error) {
	found, err := t.db.Query(ctx, statement, values...)
	if err != nil {
		return nil, err
	}
	one, err := pgx.CollectExactlyOneRow(found, pgx.RowToAddrOfStructByPos[user])
	var refused *pgconn.PgError
	if errors.As(err, &refused) && refused.Code == uniqueViolation {
		return nil, newProblem(http.StatusConflict, "username or email is taken")
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, notFound()
	}
	return one, err
}
