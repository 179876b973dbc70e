package main

import (
	"errors"
	"net/http"
	"strconv"
)

// parseCount reads a count by TechEmpower's rule: clamped, and never an error.
// What is no whole number of at least 1 means bad.
func parseCount(raw string, most, bad int) int {
	count, err := strconv.ParseUint(raw, 10, 31)
	if errors.Is(err, strconv.ErrRange) {
		return most
	}
	if err != nil || count < 1 {
		return bad
	}
	return min(int(count), most)
}

// pathID reads {id}: 404 for what no row can have.
func pathID(r *http.Request) (int32, error) {
	id, err := strconv.ParseUint(r.PathValue("id"), 10, 31)
	if err != nil || id < 1 {
		return 0, notFound()
	}
	return int32(id), nil
}
