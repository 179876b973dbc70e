package main

import (
	"net/http"

	"github.com/jackc/pgx/v5/pgxpool"
)

// app holds what the handlers share.
type app struct {
	db       *pgxpool.Pool
	upstream *upstream
	auth     *auth
	cache    *worldCache
	worlds   worldReader
	users    userStore
}

// handler answers, or returns an error that fails decides about.
type handler func(http.ResponseWriter, *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		fail(w, r, err)
	}
}

func newHandler(a *app) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /plaintext", handler(a.plaintext))
	mux.Handle("GET /json", handler(a.json))
	mux.Handle("GET /db", handler(a.readWorld))
	mux.Handle("GET /queries", handler(a.readWorlds))
	mux.Handle("GET /updates", handler(a.updateWorlds))
	mux.Handle("GET /cached-queries", handler(a.cachedWorlds))
	mux.Handle("GET /fortunes", handler(a.fortunes))
	mux.Handle("GET /posts", handler(a.posts))
	mux.Handle("POST /users", handler(a.createUser))
	mux.Handle("GET /users", handler(a.listUsers))
	mux.Handle("GET /users/{id}", handler(a.readUser))
	mux.Handle("PUT /users/{id}", handler(a.updateUser))
	mux.Handle("DELETE /users/{id}", handler(a.deleteUser))
	mux.Handle("POST /links", handler(a.createLink))
	mux.Handle("GET /l/{code}", handler(a.followLink))
	mux.Handle("GET /fanout", handler(a.fanout))
	mux.Handle("POST /checkout", handler(a.checkout))
	mux.Handle("GET /cpu", handler(a.cpu))
	return named(mux)
}

// named says who answers, which net/http does not do by itself.
func named(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", "go")
		next.ServeHTTP(w, r)
	})
}

func (a *app) plaintext(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain")
	_, err := w.Write([]byte("Hello, World!"))
	return err
}

type message struct {
	Message string `json:"message"`
}

func (a *app) json(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, http.StatusOK, message{Message: "Hello, World!"})
}
