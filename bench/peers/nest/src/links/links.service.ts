import { randomInt } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Database } from '../database/database.js'

const base = 36
const codeLength = 7
/** Five codes that are all taken would mean that the table is nearly full. */
const mostTries = 5

const insertLink =
  'INSERT INTO links (code, url) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING code'
const selectLink = 'SELECT url FROM links WHERE code = $1'

const randomCode = () =>
  randomInt(base ** codeLength)
    .toString(base)
    .padStart(codeLength, '0')

@Injectable()
export class LinksService {
  constructor(private readonly database: Database) {}

  /** @returns the code that leads to the URL */
  async create(url: string): Promise<string> {
    for (let tries = 0; tries < mostTries; tries++) {
      const code = randomCode()
      const rows = await this.database.query(insertLink, [code, url])
      if (rows.length > 0) return code
    }
    throw new Error(`${mostTries} random codes are taken`)
  }

  async find(code: string): Promise<string | undefined> {
    if (!/^[0-9a-z]{7}$/.test(code)) return undefined
    return (await this.database.query<{ url: string }>(selectLink, [code]))[0]?.url
  }
}
