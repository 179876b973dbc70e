package main

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
)

const selectFortunes = `SELECT id, message FROM fortune`

type fortune struct {
	ID      int32
	Message string
}

func (a *app) fortunes(c *gin.Context) {
	found, err := a.db.Query(c.Request.Context(), selectFortunes)
	if err != nil {
		fail(c, err)
		return
	}
	fortunes, err := pgx.CollectRows(found, pgx.RowToStructByPos[fortune])
	if err != nil {
		fail(c, err)
		return
	}
	fortunes = append(fortunes, fortune{ID: 0, Message: "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(one, other fortune) int { return strings.Compare(one.Message, other.Message) })
	chosen.writeFortunes(c, fortunes)
}
