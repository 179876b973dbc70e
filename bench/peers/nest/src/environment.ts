/** What the app is told by its environment. */
const { HOST = '127.0.0.1', PORT = '3000', DATABASE_URL, UPSTREAM_URL, JWT_SECRET } = process.env

export const environment = {
  host: HOST,
  port: Number(PORT),
  databaseUrl: DATABASE_URL,
  upstreamUrl: UPSTREAM_URL,
  jwtSecret: JWT_SECRET,
}
