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

	"github.com/jackc/pgx/v5"
)

const (
	insertLink = `INSERT INTO links (code, url) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code`
	selectLink = `SELECT url FROM links WHERE code = $1`

	codeLength = 7
	mostTries  = 5
	mostURL    = 2048
)

type linkFields struct {
	URL string `json:"url"`
}

type link struct {
	Code string `json:"code"`
	URL  string `json:"url"`
}

var (
	linkCode = regexp.MustCompile(`^[0-9a-z]{7}$`)
	linkURL  = regexp.MustCompile(`^https?://[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*\.?` +
		`(:([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?([/?#][!-~]*)?$`)
	codes = new(big.Int).Exp(big.NewInt(36), big.NewInt(codeLength), nil)
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

func (a *app) createLink(w http.ResponseWriter, r *http.Request) error {
	body, err := readBody(w, r)
	if err != nil {
		return err
	}
	var fields linkFields
	if err := decode(body, &fields); err != nil {
		return err
	}
	if len(fields.URL) > mostURL || !linkURL.MatchString(fields.URL) {
		return invalid([]fieldError{{"url", "must be an http or https URL of at most 2048 characters"}})
	}
	for range mostTries {
		code, err := randomCode()
		if err != nil {
			return err
		}
		made, err := a.db.Exec(r.Context(), insertLink, code, fields.URL)
		if err != nil {
			return err
		}
		if made.RowsAffected() == 1 {
			w.Header().Set("Location", "/l/"+code)
			return writeJSON(w, http.StatusCreated, link{code, fields.URL})
		}
	}
	return fmt.Errorf("%d random codes are taken", mostTries)
}

func (a *app) followLink(w http.ResponseWriter, r *http.Request) error {
	code := r.PathValue("code")
	if !linkCode.MatchString(code) {
		return notFound()
	}
	var url string
	err := a.db.QueryRow(r.Context(), selectLink, code).Scan(&url)
	if errors.Is(err, pgx.ErrNoRows) {
		return notFound()
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, url, http.StatusFound)
	return nil
}
