package main

import (
	"errors"
	"strconv"

	"github.com/gin-gonic/gin"
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

// parseID reads what may be the id of a row.
func parseID(raw string) (int32, bool) {
	id, err := strconv.ParseUint(raw, 10, 31)
	return int32(id), err == nil && id > 0
}

// pathID reads :id, and answers 404 for what no row can have.
func pathID(c *gin.Context) (int32, error) {
	id, ok := parseID(c.Param("id"))
	if !ok {
		return 0, notFound()
	}
	return id, nil
}
