/** The smallest service that can be measured: one endpoint of the contract, on the address that it is given. */
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  response.setHeader('Server', 'own-service')
  response.setHeader('Content-Type', 'application/json')
  if (request.url === '/json') response.end(JSON.stringify({ message: 'Hello, World!' }))
  else response.writeHead(404).end('{}')
})
server.listen(Number(process.env.PORT), process.env.HOST)
process.on('SIGTERM', () => process.exit())
