/** The page as a plain function: what a compiler would make of the template. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Fortune } from '../fortunes/fortunes.service.js'

const unsafe = /[&<>"']/
const everyUnsafe = /[&<>"']/g
const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string) =>
  unsafe.test(text)
    ? text.replaceAll(everyUnsafe, (character) => references[character] ?? character)
    : text

const head = `<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
`

function renderFortunes(fortunes: readonly Fortune[]): string {
  let page = head
  for (const { id, message } of fortunes)
    page += `<tr><td>${id}</td><td>${escape(message)}</td></tr>\n`
  return `${page}</table>\n</body>\n</html>\n`
}

/** Stands where a view engine would: @Render() calls reply.view(). */
export function showFortunes(fastify: FastifyInstance): void {
  fastify.decorateReply(
    'view',
    function (this: FastifyReply, _view: string, { fortunes }: { fortunes: readonly Fortune[] }) {
      return this.type('text/html; charset=utf-8').send(renderFortunes(fortunes))
    },
  )
}
