package main

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strings"

	"golang.org/x/sync/errgroup"
)

type prices struct {
	Prices map[string]int `json:"prices"`
}

type stock struct {
	Available *bool `json:"available"`
}

type shipping struct {
	Cents *int `json:"cents"`
}

// price asks the three services at once and adds up.
func (u *upstream) price(ctx context.Context, items []item) (int, error) {
	skus := make([]string, len(items))
	pieces := 0
	for i, each := range items {
		skus[i] = each.SKU
		pieces += each.Quantity
	}
	list := strings.Join(skus, ",")
	var priced prices
	var stocked stock
	var shipped shipping
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return u.get(ctx, "/prices?skus="+list, &priced) })
	group.Go(func() error { return u.get(ctx, "/stock?skus="+list, &stocked) })
	group.Go(func() error { return u.get(ctx, fmt.Sprintf("/shipping?items=%d", pieces), &shipped) })
	if err := group.Wait(); err != nil {
		return 0, err
	}
	if stocked.Available == nil || shipped.Cents == nil {
		return 0, newProblem(http.StatusBadGateway, "a service answered in another form than agreed on")
	}
	if !*stocked.Available {
		return 0, newProblem(http.StatusConflict, "not all of it is in stock")
	}
	total := *shipped.Cents
	for _, each := range items {
		price, found := priced.Prices[each.SKU]
		if !found {
			return 0, newProblem(http.StatusBadGateway, "/prices left a price out")
		}
		total += price * each.Quantity
	}
	if total < 0 || total > math.MaxInt32 {
		return 0, newProblem(http.StatusBadGateway, "a service answered with a price that cannot be")
	}
	return total, nil
}
