package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
)

const (
	// Until the transaction ends nobody can remove the user; changes of other columns go on beside it.
	lockUser    = `SELECT id FROM users WHERE id = $1 FOR KEY SHARE`
	insertOrder = `INSERT INTO orders (user_id, total_cents) VALUES ($1, $2) RETURNING id, created_at AS "createdAt"`
)

type order struct {
	OrderID    int32     `json:"orderId"`
	UserID     int32     `json:"userId"`
	TotalCents int       `json:"totalCents"`
	CreatedAt  time.Time `json:"createdAt"`
}

func (a *app) checkout(c *gin.Context) {
	start := time.Now()
	var wanted basket
	if err := bind(c, &wanted); err != nil {
		fail(c, err)
		return
	}
	total, err := a.upstream.price(c.Request.Context(), wanted.Items)
	if err != nil {
		fail(c, err)
		return
	}
	made := order{UserID: c.GetInt32(userIDKey), TotalCents: total}
	if err := a.place(c.Request.Context(), &made); err != nil {
		fail(c, err)
		return
	}
	slog.Info("checkout", "orderId", made.OrderID, "userId", made.UserID, "totalCents", total,
		"items", len(wanted.Items), "durationMs", time.Since(start).Milliseconds())
	writeJSON(c, http.StatusCreated, made)
}

// place writes the order, if there is such a user: a token may outlive the one whose it is.
func (a *app) place(ctx context.Context, made *order) error {
	return pgx.BeginFunc(ctx, a.db, func(transaction pgx.Tx) error {
		var id int32
		err := transaction.QueryRow(ctx, lockUser, made.UserID).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return newProblem(http.StatusForbidden, "no such user")
		}
		if err != nil {
			return err
		}
		return transaction.QueryRow(ctx, insertOrder, made.UserID, made.TotalCents).Scan(&made.OrderID, &made.CreatedAt)
	})
}
