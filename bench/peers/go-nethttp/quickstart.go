//go:build !tuned

package main

import (
	"context"
	"encoding/json"
	"html/template"
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
)

var chosen = level{
	openPool:          pgxpool.New,
	transport:         http.DefaultTransport,
	unmarshal:         json.Unmarshal,
	unmarshalStrictly: decodeStrictly,
	writeJSON:         encodeJSON,
	writeFortunes:     executePage,
	newWorldReader:    newWorldSequence,
	writeWorlds:       writeEach,
	newUserStore:      newUserTable,
}

func encodeJSON(w http.ResponseWriter, status int, value any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(value)
}

var fortunesPage = template.Must(template.New("fortunes").Parse(`<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
{{range .}}<tr><td>{{.ID}}</td><td>{{.Message}}</td></tr>
{{end}}</table>
</body>
</html>
`))

func executePage(w http.ResponseWriter, fortunes []fortune) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	return fortunesPage.Execute(w, fortunes)
}

// worldSequence reads several rows one after the other.
type worldSequence struct{ worldTable }

func newWorldSequence(db *pgxpool.Pool) worldReader { return worldSequence{worldTable{db}} }

func (s worldSequence) several(ctx context.Context, ids []int32) ([]world, error) {
	worlds := make([]world, len(ids))
	for i, id := range ids {
		row, err := s.one(ctx, id)
		if err != nil {
			return nil, err
		}
		worlds[i] = row
	}
	return worlds, nil
}

func writeEach(ctx context.Context, db *pgxpool.Pool, worlds []world) error {
	for _, row := range worlds {
		if _, err := db.Exec(ctx, updateWorld, row.ID, row.RandomNumber); err != nil {
			return err
		}
	}
	return nil
}
