package main

import (
	"cmp"
	"errors"
	"reflect"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/go-playground/validator/v10"
)

// rules are what tags `binding:"…"` may name besides the rules that come with the validator.
var rules = map[string]*regexp.Regexp{
	"username": regexp.MustCompile(`^[A-Za-z0-9_.-]+$`),
	"sku":      regexp.MustCompile(`^[a-z0-9-]{1,40}$`),
	"weblink": regexp.MustCompile(`^https?://[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*\.?` +
		`(:([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?([/?#][!-~]*)?$`),
	"pagesize": regexp.MustCompile(`^([1-9][0-9]?|100)$`),
}

// setUpBinding teaches Gin's binding our rules, and to take no field that is not there.
func setUpBinding() error {
	gin.EnableJsonDecoderDisallowUnknownFields()
	engine, ok := binding.Validator.Engine().(*validator.Validate)
	if !ok {
		return errors.New("gin's validator is not go-playground's")
	}
	engine.RegisterTagNameFunc(wireName)
	return errors.Join(register(engine, rules), register(engine, chosen.rules))
}

func register(engine *validator.Validate, rules map[string]*regexp.Regexp) error {
	for name, pattern := range rules {
		matches := func(field validator.FieldLevel) bool { return pattern.MatchString(field.Field().String()) }
		if err := engine.RegisterValidation(name, matches); err != nil {
			return err
		}
	}
	return nil
}

// wireName is what clients call a field.
func wireName(field reflect.StructField) string {
	name, _, _ := strings.Cut(cmp.Or(field.Tag.Get("json"), field.Tag.Get("form")), ",")
	return name
}

var wirePath = strings.NewReplacer("[", ".", "]", "")

func fieldErrors(wrong validator.ValidationErrors) []fieldError {
	errors := make([]fieldError, len(wrong))
	for i, each := range wrong {
		// The namespace begins with the name of the struct: basket.items[1].sku
		_, path, _ := strings.Cut(each.Namespace(), ".")
		rule := each.Tag()
		if each.Param() != "" {
			rule += "=" + each.Param()
		}
		errors[i] = fieldError{wirePath.Replace(path), "breaks the rule " + rule}
	}
	return errors
}
