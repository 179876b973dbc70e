package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
)

const (
	insertLink = `INSERT INTO links (code, url) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code`
	selectLink = `SELECT url FROM links WHERE code = $1`

	codeLength = 7
	mostTries  = 5
)

type linkFields struct {
	URL string `json:"url" binding:"required,max=2048,weblink"`
}

type link struct {
	Code string `json:"code"`
	URL  string `json:"url"`
}

var (
	linkCode = regexp.MustCompile(`^[0-9a-z]{7}$`)
	codes    = new(big.Int).Exp(big.NewInt(36), big.NewInt(codeLength), nil)
)

// randomCode has seven digits of base 36, none of which can be guessed from another code.
func randomCode() (string, error) {
	number, err := rand.Int(rand.Reader, codes)
	if err != nil {
		return "", err
	}
	digits := strconv.FormatInt(number.Int64(), 36)
	return strings.Repeat("0", codeLength-len(digits)) + digits, nil
}

func (a *app) createLink(c *gin.Context) {
	var fields linkFields
	if err := bind(c, &fields); err != nil {
		fail(c, err)
		return
	}
	for range mostTries {
		code, err := randomCode()
		if err != nil {
			fail(c, err)
			return
		}
		made, err := a.db.Exec(c.Request.Context(), insertLink, code, fields.URL)
		if err != nil {
			fail(c, err)
			return
		}
		if made.RowsAffected() == 1 {
			c.Header("Location", "/l/"+code)
			writeJSON(c, http.StatusCreated, link{code, fields.URL})
			return
		}
	}
	fail(c, fmt.Errorf("%d random codes are taken", mostTries))
}

func (a *app) followLink(c *gin.Context) {
	code := c.Param("code")
	if !linkCode.MatchString(code) {
		fail(c, notFound())
		return
	}
	var url string
	err := a.db.QueryRow(c.Request.Context(), selectLink, code).Scan(&url)
	if errors.Is(err, pgx.ErrNoRows) {
		fail(c, notFound())
		return
	}
	if err != nil {
		fail(c, err)
		return
	}
	c.Redirect(http.StatusFound, url)
}
