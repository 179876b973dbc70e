//go:build max

package main

import "github.com/gin-gonic/gin"

var chosen = maximal()

// maximal is tuned, where requests share reads of table world, and users stay in this process.
func maximal() level {
	changed := tuned
	changed.newWorldReader = newWorldBatches
	changed.newUserStore = newUserCache
	changed.writeJSON = writeKeptJSON
	return changed
}

// writeKeptJSON writes a user that is kept as the JSON that is kept with it, and encodes all else.
func writeKeptJSON(c *gin.Context, status int, value any) {
	if kept, is := value.(*user); is && kept.text != nil {
		c.Data(status, gin.MIMEJSON, kept.text)
		return
	}
	writeWholeJSON(c, status, value)
}
