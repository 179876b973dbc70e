package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
)

const mostBodyBytes = 1 << 20

// bind reads a JSON body into target and validates it by its tags.
//
// It takes the second half of ShouldBindJSON and reads the body itself, as what is wrong with a body is looked up in it.
func bind(c *gin.Context, target any) error {
	body, err := readBody(c)
	if err != nil {
		return err
	}
	// A decoder stops after the first JSON value, and would not see what follows it.
	if !chosen.isJSON(body) {
		return newProblem(http.StatusBadRequest, "the body is not JSON")
	}
	err = binding.JSON.BindBody(body, target)
	if err == nil {
		return nil
	}
	if wrong, found := errors.AsType[validator.ValidationErrors](err); found {
		return invalid(fieldErrors(wrong)...)
	}
	if parted, is := target.(interface{ misfit([]byte) error }); is {
		return parted.misfit(body)
	}
	return misfit(body, target)
}

// bindQuery reads the query string into target and validates it by its tags.
func bindQuery(c *gin.Context, target any) error {
	err := c.ShouldBindQuery(target)
	if wrong, found := errors.AsType[validator.ValidationErrors](err); found {
		return invalid(fieldErrors(wrong)...)
	}
	return err
}

func readBody(c *gin.Context) ([]byte, error) {
	if c.ContentType() != binding.MIMEJSON {
		return nil, newProblem(http.StatusUnsupportedMediaType, "the body must be application/json")
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, mostBodyBytes))
	if _, found := errors.AsType[*http.MaxBytesError](err); found {
		return nil, newProblem(http.StatusRequestEntityTooLarge, "the body is too large")
	}
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "the body ended too early")
	}
	return body, nil
}

// misfit says which field of a body does not fit into target: encoding/json knows, while others may not.
func misfit(body []byte, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(target)
	if wrong, found := errors.AsType[*json.UnmarshalTypeError](err); found && wrong.Field != "" {
		return invalid(fieldError{wrong.Field, "must be " + wrong.Type.String()})
	}
	if err != nil {
		// encoding/json has no type for this error.
		if quoted, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
			if name, err := strconv.Unquote(quoted); err == nil {
				return invalid(fieldError{name, "is unknown"})
			}
		}
	}
	return newProblem(http.StatusUnprocessableEntity, "the body is of another form than agreed on")
}
