package main

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

const longestToken = 4096

// auth judges tokens that were signed with HS256.
type auth struct {
	secret []byte
	parser *jwt.Parser
}

var subject = regexp.MustCompile(`^[1-9][0-9]{0,9}$`)

func newAuth(secret string) *auth {
	return &auth{[]byte(secret), jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())}
}

func (a *auth) key(*jwt.Token) (any, error) {
	if len(a.secret) == 0 {
		return nil, jwt.ErrInvalidKey
	}
	return a.secret, nil
}

// userID is whose valid token the request brings; 401 for all others, without a hint what was wrong with it.
func (a *auth) userID(w http.ResponseWriter, r *http.Request) (int32, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") && len(token) <= longestToken {
		var claims jwt.RegisteredClaims
		if _, err := a.parser.ParseWithClaims(token, &claims, a.key); err == nil && subject.MatchString(claims.Subject) {
			if id, err := strconv.ParseInt(claims.Subject, 10, 32); err == nil {
				return int32(id), nil
			}
		}
	}
	w.Header().Set("WWW-Authenticate", "Bearer")
	return 0, newProblem(http.StatusUnauthorized, "")
}
