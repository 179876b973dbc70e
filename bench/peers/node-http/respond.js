/** Writing answers: every one bears the Server header, and its length, so that HEAD has it too. */
import { STATUS_CODES } from 'node:http'

export function send(res, status, type, body, headers) {
  res.writeHead(status, {
    Server: 'node',
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  })
  res.end(body)
}

export const sendJson = (res, value, { status = 200, headers, stringify = JSON.stringify } = {}) =>
  send(res, status, 'application/json', stringify(value), headers)

/** What is answered with a problem document (RFC 9457) when it is thrown. */
export class Problem extends Error {
  constructor(status, { detail, errors, headers } = {}) {
    super(detail)
    this.status = status
    this.detail = detail
    this.errors = errors
    this.headers = headers
  }
}

export function sendProblem(res, { status, detail, errors, headers }) {
  if (res.headersSent) {
    res.destroy()
    return
  }
  const document = { type: 'about:blank', title: STATUS_CODES[status], status, detail, errors }
  send(res, status, 'application/problem+json', JSON.stringify(document), headers)
}
