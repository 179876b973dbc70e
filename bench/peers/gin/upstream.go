package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin/codec/json"
)

const mostUpstreamBytes = 1 << 20

// upstream asks the downstream services.
type upstream struct {
	url    string
	client *http.Client
}

func newUpstream(url string) *upstream {
	return &upstream{strings.TrimSuffix(url, "/"), &http.Client{
		Timeout:       time.Second,
		Transport:     chosen.transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// get reads JSON into target: 504 when it comes too late, 502 for whatever else goes wrong.
func (u *upstream) get(ctx context.Context, path string, target any) error {
	err := u.read(ctx, path, target)
	if err == nil {
		return nil
	}
	service, _, _ := strings.Cut(path, "?")
	if failure, is := errors.AsType[net.Error](err); is && failure.Timeout() {
		return newProblem(http.StatusGatewayTimeout, service+" took too long")
	}
	return newProblem(http.StatusBadGateway, service+" failed")
}

func (u *upstream) read(ctx context.Context, path string, target any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.url+path, nil)
	if err != nil {
		return err
	}
	answer, err := u.client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", answer.StatusCode)
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, answer.Body, mostUpstreamBytes))
	if err != nil {
		return err
	}
	return json.API.Unmarshal(body, target)
}
