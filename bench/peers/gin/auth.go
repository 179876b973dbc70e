package main

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/golang-jwt/jwt/v5"
)

const longestToken = 4096

// auth judges tokens that were signed with HS256.
type auth struct {
	secret []byte
	parser *jwt.Parser
}

func newAuth(secret string) *auth {
	return &auth{[]byte(secret), jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())}
}

func (a *auth) key(*jwt.Token) (any, error) {
	if len(a.secret) == 0 {
		return nil, jwt.ErrInvalidKey
	}
	return a.secret, nil
}

const userIDKey = "userID"

// require lets requests pass that bring a user's valid token; 401 for all others, without a hint what was wrong with it.
func (a *auth) require(c *gin.Context) {
	id, ok := a.userID(c.GetHeader("Authorization"))
	if !ok {
		c.Header("WWW-Authenticate", "Bearer")
		fail(c, newProblem(http.StatusUnauthorized, ""))
		return
	}
	c.Set(userIDKey, id)
}

func (a *auth) userID(authorization string) (int32, bool) {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") || len(token) > longestToken {
		return 0, false
	}
	var claims jwt.RegisteredClaims
	if _, err := a.parser.ParseWithClaims(token, &claims, a.key); err != nil {
		return 0, false
	}
	return parseID(claims.Subject)
}
