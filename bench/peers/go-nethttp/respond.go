package main

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
)

func writeJSON(w http.ResponseWriter, status int, value any) error {
	return chosen.writeJSON(w, status, value)
}

// fieldError blames one field of a request.
type fieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// problem is an RFC 9457 problem document, and the error that is answered with it.
type problem struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail,omitempty"`
	Errors []fieldError `json:"errors,omitempty"`
}

func (p *problem) Error() string { return p.Title + ": " + p.Detail }

func newProblem(status int, detail string, errors ...fieldError) *problem {
	return &problem{"about:blank", http.StatusText(status), status, detail, errors}
}

func invalid(errors []fieldError) *problem {
	return newProblem(http.StatusUnprocessableEntity, "", errors...)
}

func notFound() *problem { return newProblem(http.StatusNotFound, "") }

// fail answers with a problem: its own, or 500 for an error that nobody foresaw.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	var known *problem
	if !errors.As(err, &known) {
		if r.Context().Err() != nil {
			// The client is gone, and what was done for it was given up: nothing went wrong here.
			panic(http.ErrAbortHandler)
		}
		slog.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		known = newProblem(http.StatusInternalServerError, "")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(known.Status)
	_ = json.NewEncoder(w).Encode(known)
}
