package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// userFields is what a client says of a user. None of them may be its zero value, so that missing is wrong too.
type userFields struct {
	Username string `json:"username"`
	Email    string `json:"email"`
	Age      int32  `json:"age"`
}

var (
	username = regexp.MustCompile(`^[A-Za-z0-9_.-]{3,50}$`)
	email    = regexp.MustCompile("(?i)^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*" +
		`@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$`)
	pageStart = regexp.MustCompile(`^[0-9]+$`)
	pageSize  = regexp.MustCompile(`^([1-9][0-9]?|100)$`)
)

func (u userFields) validate() error {
	var wrong []fieldError
	if !username.MatchString(u.Username) {
		wrong = append(wrong, fieldError{"username", "must be 3 to 50 of A-Z a-z 0-9 _ . -"})
	}
	if len(u.Email) > 254 || !email.MatchString(u.Email) {
		wrong = append(wrong, fieldError{"email", "must be an e-mail address"})
	}
	if u.Age < 18 || u.Age > 150 {
		wrong = append(wrong, fieldError{"age", "must be 18 to 150"})
	}
	if wrong != nil {
		return invalid(wrong)
	}
	return nil
}

func readUserFields(w http.ResponseWriter, r *http.Request) (userFields, error) {
	var fields userFields
	body, err := readBody(w, r)
	if err != nil {
		return fields, err
	}
	if err := decode(body, &fields); err != nil {
		return fields, err
	}
	return fields, fields.validate()
}

func (a *app) createUser(w http.ResponseWriter, r *http.Request) error {
	fields, err := readUserFields(w, r)
	if err != nil {
		return err
	}
	made, err := a.users.create(r.Context(), fields)
	if err != nil {
		return err
	}
	w.Header().Set("Location", fmt.Sprintf("/users/%d", made.ID))
	return writeJSON(w, http.StatusCreated, made)
}

func (a *app) readUser(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	found, err := a.users.read(r.Context(), id)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, found)
}

func (a *app) updateUser(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	fields, err := readUserFields(w, r)
	if err != nil {
		return err
	}
	changed, err := a.users.update(r.Context(), id, fields)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, changed)
}

func (a *app) deleteUser(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := a.users.remove(r.Context(), id); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (a *app) listUsers(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	after, limit := "0", "20"
	if query.Has("after") {
		after = query.Get("after")
	}
	if query.Has("limit") {
		limit = query.Get("limit")
	}
	var wrong []fieldError
	if !pageStart.MatchString(after) {
		wrong = append(wrong, fieldError{"after", "must be a whole number"})
	}
	if !pageSize.MatchString(limit) {
		wrong = append(wrong, fieldError{"limit", "must be 1 to 100"})
	}
	if wrong != nil {
		return invalid(wrong)
	}
	id, err := strconv.ParseInt(after, 10, 32)
	if err != nil {
		// No user comes after the greatest id; asking would be an error of the database.
		return writeJSON(w, http.StatusOK, []user{})
	}
	count, err := strconv.Atoi(limit)
	if err != nil {
		return err
	}
	found, err := a.db.Query(r.Context(), selectUsers, id, count)
	if err != nil {
		return err
	}
	users, err := pgx.CollectRows(found, pgx.RowToStructByPos[user])
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, users)
}
