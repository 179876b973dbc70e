//go:build max

package main

import "net/http"

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
func writeKeptJSON(w http.ResponseWriter, status int, value any) error {
	if kept, is := value.(*user); is && kept.text != nil {
		return writeWhole(w, status, jsonType, kept.text)
	}
	return marshalJSON(w, status, value)
}
