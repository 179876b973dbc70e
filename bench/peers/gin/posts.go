package main

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
)

const (
	mostPosts   = 100
	selectPosts = `SELECT id, title, body, author, views, created_at AS "createdAt" FROM posts ORDER BY id LIMIT $1`
)

type post struct {
	ID        int32     `json:"id"`
	Title     string    `json:"title"`
	Body      string    `json:"body"`
	Author    string    `json:"author"`
	Views     int32     `json:"views"`
	CreatedAt time.Time `json:"createdAt"`
}

func (a *app) posts(c *gin.Context) {
	found, err := a.db.Query(c.Request.Context(), selectPosts, parseCount(c.Query("limit"), mostPosts, mostPosts))
	if err != nil {
		fail(c, err)
		return
	}
	posts, err := pgx.CollectRows(found, pgx.RowToStructByPos[post])
	if err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, posts)
}
