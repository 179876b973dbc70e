package main

import (
	"encoding/json"
	"errors"
	"fmt"
)

type item struct {
	SKU      string `json:"sku" binding:"required,sku"`
	Quantity int    `json:"quantity" binding:"required,min=1,max=99"`
}

type basket struct {
	Items []item `json:"items" binding:"required,min=1,max=20,dive"`
}

// misfit says which item it is that does not fit, which encoding/json does not.
func (b *basket) misfit(body []byte) error {
	var parts struct {
		Items []json.RawMessage `json:"items"`
	}
	if json.Unmarshal(body, &parts) != nil {
		return misfit(body, b)
	}
	for i, part := range parts.Items {
		var wrong *problem
		if errors.As(misfit(part, new(item)), &wrong) && len(wrong.Errors) > 0 {
			for field := range wrong.Errors {
				wrong.Errors[field].Field = fmt.Sprintf("items.%d.%s", i, wrong.Errors[field].Field)
			}
			return wrong
		}
	}
	return misfit(body, b)
}
