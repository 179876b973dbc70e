package main

import (
	"net/http"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

const selectFortunes = `SELECT id, message FROM fortune`

type fortune struct {
	ID      int32
	Message string
}

func (a *app) fortunes(w http.ResponseWriter, r *http.Request) error {
	found, err := a.db.Query(r.Context(), selectFortunes)
	if err != nil {
		return err
	}
	fortunes, err := pgx.CollectRows(found, pgx.RowToStructByPos[fortune])
	if err != nil {
		return err
	}
	fortunes = append(fortunes, fortune{ID: 0, Message: "Additional fortune added at request time."})
	slices.SortFunc(fortunes, func(one, other fortune) int { return strings.Compare(one.Message, other.Message) })
	return chosen.writeFortunes(w, fortunes)
}
