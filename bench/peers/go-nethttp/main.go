// The net/http reference app that gapwise measures against.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func variable(name, absent string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return absent
}

// run reads the address from the environment, listens, and closes on SIGTERM and SIGINT.
func run() error {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
	stopped, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	pool, err := chosen.openPool(context.Background(), os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer pool.Close()

	server := &http.Server{
		Addr: net.JoinHostPort(variable("HOST", "127.0.0.1"), variable("PORT", "3000")),
		Handler: newHandler(&app{
			db:       pool,
			upstream: newUpstream(os.Getenv("UPSTREAM_URL")),
			auth:     newAuth(os.Getenv("JWT_SECRET")),
			cache:    newWorldCache(),
			worlds:   chosen.newWorldReader(pool),
			users:    chosen.newUserStore(pool),
		}),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.ListenAndServe() }()
	select {
	case err := <-ended:
		return err
	case <-stopped.Done():
	}
	// Waits for what is in flight. ListenAndServe has returned ErrServerClosed by then.
	if err := server.Shutdown(context.Background()); err != nil {
		return err
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
