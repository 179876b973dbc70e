package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	userColumns = `id, username, email, age, created_at AS "createdAt"`
	insertUser  = `INSERT INTO users (username, email, age) VALUES ($1, $2, $3) RETURNING ` + userColumns
	selectUser  = `SELECT ` + userColumns + ` FROM users WHERE id = $1`
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
}

// userFields is what a client says of a user.
type userFields struct {
	Username string `json:"username" binding:"required,min=3,max=50,username"`
	Email    string `json:"email" binding:"required,max=254,email"`
	Age      int32  `json:"age" binding:"required,min=18,max=150"`
}

// queryUser reads one user: 404 when there is none, 409 when a name or address is taken.
func (a *app) queryUser(c *gin.Context, statement string, values ...any) (user, error) {
	found, err := a.db.Query(c.Request.Context(), statement, values...)
	if err != nil {
		return user{}, err
	}
	one, err := pgx.CollectExactlyOneRow(found, pgx.RowToStructByPos[user])
	if refused, is := errors.AsType[*pgconn.PgError](err); is && refused.Code == uniqueViolation {
		return user{}, newProblem(http.StatusConflict, "username or email is taken")
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return user{}, notFound()
	}
	return one, err
}

func (a *app) createUser(c *gin.Context) {
	var fields userFields
	if err := bind(c, &fields); err != nil {
		fail(c, err)
		return
	}
	made, err := a.queryUser(c, insertUser, fields.Username, fields.Email, fields.Age)
	if err != nil {
		fail(c, err)
		return
	}
	c.Header("Location", fmt.Sprintf("/users/%d", made.ID))
	writeJSON(c, http.StatusCreated, made)
}

func (a *app) readUser(c *gin.Context) {
	id, err := pathID(c)
	if err != nil {
		fail(c, err)
		return
	}
	found, err := a.queryUser(c, selectUser, id)
	if err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, found)
}

func (a *app) updateUser(c *gin.Context) {
	id, err := pathID(c)
	if err != nil {
		fail(c, err)
		return
	}
	var fields userFields
	if err := bind(c, &fields); err != nil {
		fail(c, err)
		return
	}
	changed, err := a.queryUser(c, updateUser, id, fields.Username, fields.Email, fields.Age)
	if err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, changed)
}

func (a *app) deleteUser(c *gin.Context) {
	id, err := pathID(c)
	if err != nil {
		fail(c, err)
		return
	}
	deleted, err := a.db.Exec(c.Request.Context(), deleteUser, id)
	if err != nil {
		fail(c, err)
		return
	}
	if deleted.RowsAffected() == 0 {
		fail(c, notFound())
		return
	}
	c.Status(http.StatusNoContent)
}
