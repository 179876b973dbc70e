package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

const mostBodyBytes = 1 << 20

// readBody reads the body of a request that must be JSON.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || mediaType != "application/json" {
		return nil, newProblem(http.StatusUnsupportedMediaType, "the body must be application/json")
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBodyBytes))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, newProblem(http.StatusRequestEntityTooLarge, "the body is too large")
	}
	if err != nil {
		return nil, newProblem(http.StatusBadRequest, "the body ended too early")
	}
	return body, nil
}

// decode reads one JSON value and nothing after it, with no field that target does not have.
func decode(body []byte, target any) error {
	if chosen.unmarshalStrictly(body, target) == nil {
		return nil
	}
	// Whichever library refused the body, it is encoding/json that says which field is wrong.
	if err := decodeStrictly(body, target); err != nil {
		return decodeProblem(err)
	}
	return nil
}

// decodeStrictly is json.Unmarshal that takes no unknown field.
func decodeStrictly(body []byte, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(target); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON value")
	}
	return nil
}

// decodeProblem tells text that is no JSON from fields that are wrong.
func decodeProblem(err error) error {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return invalid([]fieldError{{wrongType.Field, "must be " + wrongType.Type.String()}})
	}
	// encoding/json has no type for this error.
	if quoted, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		if name, err := strconv.Unquote(quoted); err == nil {
			return invalid([]fieldError{{name, "is unknown"}})
		}
	}
	return newProblem(http.StatusBadRequest, "the body is not JSON")
}
