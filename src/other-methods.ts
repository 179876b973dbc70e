/** A known path asked with a method that it does not have is 405 with Allow, not 404. */
import type { FastifyInstance } from 'fastify'
import type { Endpoint } from './endpoint.ts'
import { sendProblem } from './problem.ts'

/** Adds a route for each path with the methods that no endpoint has there. The endpoints' own routes stay as they are. */
export function refuseOtherMethods(app: FastifyInstance, endpoints: readonly Endpoint[]): void {
  for (const [url, members] of Map.groupBy(endpoints, (endpoint) => endpoint.url)) {
    const methods: string[] = members.map(({ method }) => method)
    // Fastify answers HEAD wherever it answers GET.
    if (methods.includes('GET')) methods.push('HEAD')
    const allow = methods.toSorted().join(', ')
    app.route({
      method: app.supportedMethods.filter((method) => !methods.includes(method)),
      url,
      // Before a body is read: whatever is wrong with it does not matter.
      onRequest: (_request, reply) => {
        sendProblem(reply.header('allow', allow), 405)
      },
      handler: (_request, reply) => reply,
    })
  }
}
