/** What a handler needs of a response to set a header: Express and Fastify have it alike. */
export interface HeaderSink {
  header(name: string, value: string): unknown
}
