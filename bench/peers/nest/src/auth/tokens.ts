/** What a token says, once its signature and its time are found right. */
export interface Claims {
  readonly sub?: unknown
  readonly exp?: unknown
}

/** Verifies tokens. Each level has its own way. */
export abstract class Tokens {
  /** @throws whatever, where it is no valid token */
  abstract verify(token: string): Claims | Promise<Claims>
}
