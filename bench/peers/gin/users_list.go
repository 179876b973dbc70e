package main

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5"
)

const selectUsers = `SELECT ` + userColumns + ` FROM users WHERE id > $1 ORDER BY id LIMIT $2`

// usersPage says which users are wanted. A value that is given and empty is wrong, so it must be told from none.
type usersPage struct {
	After *string `form:"after" binding:"omitnil,number"`
	Limit *string `form:"limit" binding:"omitnil,pagesize"`
}

func (a *app) listUsers(c *gin.Context) {
	after, limit := "0", "20"
	page := usersPage{&after, &limit}
	if err := bindQuery(c, &page); err != nil {
		fail(c, err)
		return
	}
	id, err := strconv.ParseInt(*page.After, 10, 32)
	if err != nil {
		// No user comes after the greatest id; asking would be an error of the database.
		writeJSON(c, http.StatusOK, []user{})
		return
	}
	count, err := strconv.Atoi(*page.Limit)
	if err != nil {
		fail(c, err)
		return
	}
	found, err := a.db.Query(c.Request.Context(), selectUsers, id, count)
	if err != nil {
		fail(c, err)
		return
	}
	users, err := pgx.CollectRows(found, pgx.RowToStructByPos[user])
	if err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, users)
}
