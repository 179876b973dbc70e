package main

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
)

// userFields is what a client says of a user.
type userFields struct {
	Username string `json:"username" binding:"required,min=3,max=50,username"`
	Email    string `json:"email" binding:"required,max=254,email"`
	Age      int32  `json:"age" binding:"required,min=18,max=150"`
}

func (a *app) createUser(c *gin.Context) {
	var fields userFields
	if err := bind(c, &fields); err != nil {
		fail(c, err)
		return
	}
	made, err := a.users.create(c.Request.Context(), fields)
	if err != nil {
		fail(c, err)
		return
	}
	c.Header("Location", fmt.Sprintf("/users/%d", made.ID))
	writeJSON(c, http.StatusCreated, made)
}

func (a *app) readUser(c *gin.Context) {
	id, err := pathID(c)
	if err != nil {
		fail(c, err)
		return
	}
	found, err := a.users.read(c.Request.Context(), id)
	if err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, found)
}

func (a *app) updateUser(c *gin.Context) {
	id, err := pathID(c)
	if err != nil {
		fail(c, err)
		return
	}
	var fields userFields
	if err := bind(c, &fields); err != nil {
		fail(c, err)
		return
	}
	changed, err := a.users.update(c.Request.Context(), id, fields)
	if err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, changed)
}

func (a *app) deleteUser(c *gin.Context) {
	id, err := pathID(c)
	if err != nil {
		fail(c, err)
		return
	}
	if err := a.users.remove(c.Request.Context(), id); err != nil {
		fail(c, err)
		return
	}
	c.Status(http.StatusNoContent)
}
