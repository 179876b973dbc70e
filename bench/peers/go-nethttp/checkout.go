package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

const (
	// Until the transaction ends nobody can remove the user; changes of other columns go on beside it.
	lockUser    = `SELECT id FROM users WHERE id = $1 FOR KEY SHARE`
	insertOrder = `INSERT INTO orders (user_id, total_cents) VALUES ($1, $2) RETURNING id, created_at AS "createdAt"`

	mostItems  = 20
	mostPieces = 99
)

type item struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
}

type basket struct {
	Items []item `json:"items"`
}

type order struct {
	OrderID    int32     `json:"orderId"`
	UserID     int32     `json:"userId"`
	TotalCents int       `json:"totalCents"`
	CreatedAt  time.Time `json:"createdAt"`
}

type prices struct {
	Prices map[string]int `json:"prices"`
}

type stock struct {
	Available *bool `json:"available"`
}

type shipping struct {
	Cents *int `json:"cents"`
}

var skuPattern = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

func (b basket) validate() error {
	if len(b.Items) < 1 || len(b.Items) > mostItems {
		return invalid([]fieldError{{"items", "must be 1 to 20 items"}})
	}
	var wrong []fieldError
	for i, each := range b.Items {
		if !skuPattern.MatchString(each.SKU) {
			wrong = append(wrong, fieldError{fmt.Sprintf("items.%d.sku", i), "must be 1 to 40 of a-z 0-9 -"})
		}
		if each.Quantity < 1 || each.Quantity > mostPieces {
			wrong = append(wrong, fieldError{fmt.Sprintf("items.%d.quantity", i), "must be 1 to 99"})
		}
	}
	if wrong != nil {
		return invalid(wrong)
	}
	return nil
}

// decodeBasket says which item is wrong, which encoding/json does not.
func decodeBasket(body []byte) (basket, error) {
	var whole basket
	err := decode(body, &whole)
	if err == nil {
		return whole, whole.validate()
	}
	var parts struct {
		Items []json.RawMessage `json:"items"`
	}
	if decode(body, &parts) != nil {
		return whole, err
	}
	for i, part := range parts.Items {
		var known *problem
		if errors.As(decode(part, new(item)), &known) {
			for field := range known.Errors {
				known.Errors[field].Field = fmt.Sprintf("items.%d.%s", i, known.Errors[field].Field)
			}
			return whole, known
		}
	}
	return whole, err
}

func (a *app) checkout(w http.ResponseWriter, r *http.Request) error {
	start := time.Now()
	userID, err := a.auth.userID(w, r)
	if err != nil {
		return err
	}
	body, err := readBody(w, r)
	if err != nil {
		return err
	}
	basket, err := decodeBasket(body)
	if err != nil {
		return err
	}
	total, err := a.price(r, basket.Items)
	if err != nil {
		return err
	}
	made := order{UserID: userID, TotalCents: total}
	if err := a.place(r, &made); err != nil {
		return err
	}
	slog.Info("checkout", "orderId", made.OrderID, "userId", userID, "totalCents", total,
		"items", len(basket.Items), "durationMs", time.Since(start).Milliseconds())
	return writeJSON(w, http.StatusCreated, made)
}

// price asks the three services at once and adds up.
func (a *app) price(r *http.Request, items []item) (int, error) {
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
	group, ctx := errgroup.WithContext(r.Context())
	group.Go(func() error { return a.upstream.get(ctx, "/prices?skus="+list, &priced) })
	group.Go(func() error { return a.upstream.get(ctx, "/stock?skus="+list, &stocked) })
	group.Go(func() error { return a.upstream.get(ctx, fmt.Sprintf("/shipping?items=%d", pieces), &shipped) })
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

// place writes the order, if there is such a user: a token may outlive the one whose it is.
func (a *app) place(r *http.Request, made *order) error {
	return pgx.BeginFunc(r.Context(), a.db, func(transaction pgx.Tx) error {
		var id int32
		err := transaction.QueryRow(r.Context(), lockUser, made.UserID).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return newProblem(http.StatusForbidden, "no such user")
		}
		if err != nil {
			return err
		}
		return transaction.QueryRow(r.Context(), insertOrder, made.UserID, made.TotalCents).
			Scan(&made.OrderID, &made.CreatedAt)
	})
}
