/** What the server's thread and the thread that holds the connection say to each other. */
import type { MessagePort } from 'node:worker_threads'
import type { Statement } from '../../database.ts'
import type { PlaceSettings } from '../place.ts'

/** What a thread is started with. */
export interface ThreadData {
  readonly settings: PlaceSettings
  readonly port: MessagePort
  /** One number: 0 while a call is under way, 1 once its answer can be taken from the port. */
  readonly answered: Int32Array
}

/** A statement to run, and its values. */
export interface Call {
  readonly statement: Statement
  readonly values: readonly unknown[]
  /** On the connection of the call before, or not at all: it belongs to a transaction. */
  readonly goesOn: boolean
}

export type Task = { readonly call: Call } | 'discard' | 'close'

/** An error as far as it can be sent: of the fields of its own that hold plain values, `code` is one. */
export interface SentError {
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export type Answer = { readonly rows: unknown[] } | { readonly error: SentError }

const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object'

/** Cloning an error would keep its message alone. */
export function toSent(error: unknown): SentError {
  if (!(error instanceof Error)) return { message: String(error), fields: {} }
  const own = Object.entries(error).filter(
    ([, value]) => isPlain(value) && typeof value !== 'function' && typeof value !== 'symbol',
  )
  return { message: error.message, fields: Object.fromEntries(own) }
}

export const fromSent = ({ message, fields }: SentError): Error =>
  Object.assign(new Error(message), fields)
