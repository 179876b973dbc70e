//go:build tuned

package main

import (
	"bytes"
	"html/template"
	"net/http"
	"strconv"
	"sync"

	"github.com/bytedance/sonic"
	"github.com/gin-gonic/gin"
)

// writeWholeJSON sends one piece with its length: c.JSON leaves what is over 2 kB to be sent in chunks.
func writeWholeJSON(c *gin.Context, status int, value any) {
	body, err := sonic.Marshal(value)
	if err != nil {
		fail(c, err)
		return
	}
	c.Data(status, gin.MIMEJSON, body)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// writePage is what a compiler would make of the template.
func writePage(c *gin.Context, fortunes []fortune) {
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
	c.Data(http.StatusOK, "text/html; charset=utf-8", page.Bytes())
}
