/** Table `posts`: 1,000 articles; the first hundred as JSON are about 30 kB, the serializer's workload. */
import type { Table } from '../data.ts'
import { type Picker, picker } from './picker.ts'

export const postRows = 1000

/** One post exactly as GET /posts answers it, keys in this order. */
export interface PostAnswer {
  readonly id: number
  readonly title: string
  readonly body: string
  readonly author: string
  readonly views: number
  /** ISO 8601, UTC, with milliseconds. */
  readonly createdAt: string
}

const authors = [
  'Ada Byron',
  'José Ñandú',
  'Grace H.',
  'Łukasz Żak',
  "Conan O'Neil",
  '渡辺 謙',
] as const

const words =
  'the server answers each request as soon as its query returns and a pool keeps connections open so that no client waits long for the next row while caches hold what is read often and schemas tell the serializer what to write'.split(
    ' ',
  ) as [string, ...string[]]

/** Text that a careless serializer or template gets wrong; one stands in every post. */
const traps = [
  'say "hello"',
  '<b>bold</b> & plain',
  'naïve café',
  'C:\\temp\\new',
  'tab\there',
  'line\nbreak',
  '日本語のテキスト',
  "it's 50 % off",
  'emoji 🚀 here',
  'a </script> tag',
] as const

const sentence = (pick: Picker, length: number): string => {
  const text = Array.from({ length }, () => pick.of(words)).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const firstPostMs = Date.UTC(2026, 0, 1)

/**
 * The post with this id, from 1 to `postRows`.
 * @throws RangeError for an id that no row has
 */
export const postAnswer = (id: number): PostAnswer => {
  if (!Number.isInteger(id) || id < 1 || id > postRows)
    throw new RangeError(`expected a post id from 1 to ${postRows}, found ${id}`)
  const pick = picker(id * 0x9e37_79b1)
  const title = `${sentence(pick, 5)} (${id})`
  const body = `${sentence(pick, 16)}: ${pick.of(traps)}, ${sentence(pick, 12)}.`
  return {
    id,
    title,
    body,
    author: pick.of(authors),
    views: pick.below(100_000),
    // Steps of 97 minutes and an odd number of milliseconds: every field of the time is in use.
    createdAt: new Date(firstPostMs + id * 5_820_000 + ((id * 137) % 1000)).toISOString(),
  }
}

/** The first `limit` posts by id, as GET /posts?limit=N answers them. */
export const postAnswers = (limit: number): PostAnswer[] =>
  Array.from({ length: limit }, (_, index) => postAnswer(index + 1))

export const posts: Table<PostAnswer> = {
  name: 'posts',
  ddl: `CREATE TABLE posts (
    id int PRIMARY KEY,
    title text NOT NULL,
    body text NOT NULL,
    author text NOT NULL,
    views int NOT NULL,
    created_at timestamptz(3) NOT NULL)`,
  columns: [
    { name: 'id', type: 'int', value: ({ id }) => id },
    { name: 'title', type: 'text', value: ({ title }) => title },
    { name: 'body', type: 'text', value: ({ body }) => body },
    { name: 'author', type: 'text', value: ({ author }) => author },
    { name: 'views', type: 'int', value: ({ views }) => views },
    { name: 'created_at', type: 'timestamptz', value: ({ createdAt }) => createdAt },
  ],
  rows: () => postAnswers(postRows),
}
