package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

const (
	mostStarts    = 100_000
	defaultStarts = 1000
)

type collatz struct {
	N     int `json:"n"`
	Start int `json:"start"`
	Steps int `json:"steps"`
}

// longestCollatz walks every start from 1 to n; the first of equals wins.
func longestCollatz(n int) collatz {
	longest := collatz{N: n, Start: 1}
	for start := 1; start <= n; start++ {
		value, steps := start, 0
		for value != 1 {
			if value%2 == 0 {
				value /= 2
			} else {
				value = 3*value + 1
			}
			steps++
		}
		if steps > longest.Steps {
			longest.Start, longest.Steps = start, steps
		}
	}
	return longest
}

func cpu(c *gin.Context) {
	writeJSON(c, http.StatusOK, longestCollatz(parseCount(c.Query("n"), mostStarts, defaultStarts)))
}
