package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
)

// app holds what the handlers share.
type app struct {
	db       *pgxpool.Pool
	upstream *upstream
	auth     *auth
	cache    *worldCache
	worlds   worldReader
	users    userStore
}

func newRouter(a *app) (*gin.Engine, error) {
	if err := setUpBinding(); err != nil {
		return nil, err
	}
	router := chosen.newEngine()
	router.HandleMethodNotAllowed = true
	router.Use(nameServer)
	router.NoRoute(refuse(http.StatusNotFound))
	router.NoMethod(refuse(http.StatusMethodNotAllowed))

	// Gin does not answer HEAD where it answers GET.
	get := func(path string, handler gin.HandlerFunc) {
		router.GET(path, handler)
		router.HEAD(path, handler)
	}
	get("/plaintext", plaintext)
	get("/json", greet)
	get("/db", a.readWorld)
	get("/queries", a.readWorlds)
	get("/updates", a.updateWorlds)
	get("/cached-queries", a.cachedWorlds)
	get("/fortunes", a.fortunes)
	get("/posts", a.posts)
	router.POST("/users", a.createUser)
	get("/users", a.listUsers)
	get("/users/:id", a.readUser)
	router.PUT("/users/:id", a.updateUser)
	router.DELETE("/users/:id", a.deleteUser)
	router.POST("/links", a.createLink)
	get("/l/:code", a.followLink)
	get("/fanout", a.fanout)
	router.POST("/checkout", a.auth.require, a.checkout)
	get("/cpu", cpu)
	return router, nil
}

// nameServer says who answers, which neither Gin nor net/http does by itself.
func nameServer(c *gin.Context) { c.Header("Server", "gin") }

func refuse(status int) gin.HandlerFunc {
	return func(c *gin.Context) { fail(c, newProblem(status, "")) }
}

func plaintext(c *gin.Context) { c.String(http.StatusOK, "Hello, World!") }

func greet(c *gin.Context) { writeJSON(c, http.StatusOK, chosen.newMessage("Hello, World!")) }
