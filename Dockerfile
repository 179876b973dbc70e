# syntax=docker/dockerfile:1
# Two images: `server` runs one profile against a database that you give it,
# `bench` carries everything that a measurement needs.

FROM node:26-trixie-slim AS base
ENV NODE_ENV=production
WORKDIR /app

# Without optional dependencies: the image brings its own Node, and a server needs no PostgreSQL binaries.
FROM base AS server-packages
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts

FROM base AS server
COPY --from=server-packages /app/node_modules node_modules
COPY package.json ./
COPY profiles profiles
COPY src src
USER 1000
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=2s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm, so that SIGTERM reaches the server and is answered with a drain.
ENTRYPOINT ["node", "src/main.ts"]
CMD ["tuned"]

FROM base AS bench-packages
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts

# The peers that need Node alone; others are made on first use where Go or Python is there.
FROM base AS bench-peers
COPY --from=bench-packages /app/node_modules node_modules
COPY package.json ./
COPY profiles profiles
COPY src src
COPY bench bench
# One of them is compiled, by packages that are left out in production.
RUN --mount=type=cache,target=/root/.npm NODE_ENV=development node bench/main.ts peers install express node-http nest

FROM base AS bench
RUN apt-get update \
  && apt-get install --yes --no-install-recommends nghttp2-client=1.* tini=0.19.* wrk=4.1.* \
  && rm -rf /var/lib/apt/lists/*
COPY --from=bench-packages --chown=node:node /app/node_modules node_modules
COPY --chown=node:node package.json ./
COPY --chown=node:node profiles profiles
COPY --chown=node:node src src
COPY --chown=node:node docs/recipes docs/recipes
COPY --chown=node:node bench bench
COPY --from=bench-peers --chown=node:node /app/bench/peers bench/peers
USER 1000
# The bench has many children: tini reaps those that lose their parent.
ENTRYPOINT ["tini", "--", "node", "bench/main.ts"]
CMD ["bench"]
