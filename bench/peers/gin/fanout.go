package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/sync/errgroup"
)

type customer struct {
	Name string `json:"name"`
	Tier string `json:"tier"`
}

type openOrders struct {
	Open int    `json:"open"`
	Last string `json:"last"`
}

type offers struct {
	IDs []int `json:"ids"`
}

type fanoutAnswer struct {
	Profile customer   `json:"profile"`
	Orders  openOrders `json:"orders"`
	Offers  offers     `json:"offers"`
}

func (a *app) fanout(c *gin.Context) {
	var answer fanoutAnswer
	group, ctx := errgroup.WithContext(c.Request.Context())
	group.Go(func() error { return a.upstream.get(ctx, "/profile", &answer.Profile) })
	group.Go(func() error { return a.upstream.get(ctx, "/orders", &answer.Orders) })
	group.Go(func() error { return a.upstream.get(ctx, "/offers", &answer.Offers) })
	if err := group.Wait(); err != nil {
		fail(c, err)
		return
	}
	writeJSON(c, http.StatusOK, answer)
}
