package main

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
)

// statusClientGone is what nginx logs for a client that did not wait; nobody gets it.
const statusClientGone = 499

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

func invalid(errors ...fieldError) *problem {
	return newProblem(http.StatusUnprocessableEntity, "", errors...)
}

func notFound() *problem { return newProblem(http.StatusNotFound, "") }

// fail answers with a problem: its own, or 500 for an error that nobody foresaw.
func fail(c *gin.Context, err error) {
	var known *problem
	if !errors.As(err, &known) {
		if c.Request.Context().Err() != nil {
			// What was done for the client was given up: nothing went wrong here.
			c.AbortWithStatus(statusClientGone)
			return
		}
		slog.Error("request failed", "method", c.Request.Method, "path", c.Request.URL.Path, "error", err)
		known = newProblem(http.StatusInternalServerError, "")
	}
	c.Header("Content-Type", "application/problem+json")
	c.AbortWithStatusJSON(known.Status, known)
}
