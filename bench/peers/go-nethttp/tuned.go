//go:build tuned

package main

import (
	"bytes"
	"context"
	"errors"
	"html/template"
	"net/http"
	"strconv"
	"sync"

	"github.com/bytedance/sonic"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

var tuned = level{
	openPool:          openWholePool,
	transport:         newTransport(),
	unmarshal:         sonic.Unmarshal,
	unmarshalStrictly: strictSonic.Unmarshal,
	writeJSON:         marshalJSON,
	writeFortunes:     writePage,
	newWorldReader:    newWorldPipeline,
	writeWorlds:       writeAll,
	newUserStore:      newUserTable,
}

// strictSonic copies texts, so that a field does not keep the whole body.
var strictSonic = sonic.Config{DisallowUnknownFields: true, CopyString: true, ValidateString: true}.Froze()

// mostConnections is what every tuned peer may hold; pgx itself takes one for each core, four at least.
const mostConnections = 4

// openWholePool opens every connection at the start, so that no request waits for one to be made.
func openWholePool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = mostConnections
	config.MinConns = mostConnections
	return pgxpool.NewWithConfig(ctx, config)
}

// newTransport keeps as many idle connections to one host as requests may need at once; the default keeps two.
func newTransport() *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns = 0
	transport.MaxIdleConnsPerHost = 1024
	return transport
}

var (
	jsonType = []string{"application/json"}
	htmlType = []string{"text/html; charset=utf-8"}
)

// writeWhole sends one piece with its length: net/http would send chunks of what is over 2 kB.
func writeWhole(w http.ResponseWriter, status int, mediaType []string, body []byte) error {
	headers := w.Header()
	headers["Content-Type"] = mediaType
	headers["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	_, err := w.Write(body)
	return err
}

func marshalJSON(w http.ResponseWriter, status int, value any) error {
	body, err := sonic.Marshal(value)
	if err != nil {
		return err
	}
	return writeWhole(w, status, jsonType, body)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// writePage is what a compiler would make of the template.
func writePage(w http.ResponseWriter, fortunes []fortune) error {
	page := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(page)
	page.Reset()
	page.WriteString("<!DOCTYPE html>\n<html>\n<head><title>Fortunes</title></head>\n<body>\n<table>\n" +
		"<tr><th>id</th><th>message</th></tr>\n")
	for _, each := range fortunes {
		page.WriteString("<tr><td>")
		page.WriteString(strconv.Itoa(int(each.ID)))
		page.WriteString("</td><td>")
		template.HTMLEscape(page, []byte(each.Message))
		page.WriteString("</td></tr>\n")
	}
	page.WriteString("</table>\n</body>\n</html>\n")
	return writeWhole(w, http.StatusOK, htmlType, page.Bytes())
}

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
