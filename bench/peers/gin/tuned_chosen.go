//go:build tuned && !max

package main

var chosen = tuned
