/** What GET /posts?limit=N owes: the first N posts by id, N clamped to 100, bad values meaning 100. */
import type { Case, EndpointContract } from '../contract.ts'
import { postAnswer } from '../data/posts.ts'
import { instantProblem } from './probe/instant.ts'
import { isObject, keysProblem, parseArray } from './probe/json.ts'

const keys = ['id', 'title', 'body', 'author', 'views', 'createdAt']
const compared = ['id', 'title', 'body', 'author', 'views'] as const

/** What is wrong with an answer of `count` posts, if anything. */
export function postsProblem(body: string, count: number): string | undefined {
  const posts = parseArray(body)
  if (typeof posts === 'string') return posts
  if (posts.length !== count) return `${posts.length} posts`
  for (const [index, post] of posts.entries()) {
    const problem = postProblem(post, index + 1)
    if (problem !== undefined) return `in post ${index + 1} ${problem}`
  }
  return undefined
}

function postProblem(post: unknown, id: number): string | undefined {
  if (!isObject(post)) return `no object but ${JSON.stringify(post)}`
  const wrongKeys = keysProblem(post, keys)
  if (wrongKeys !== undefined) return wrongKeys
  const wanted = postAnswer(id)
  for (const key of compared)
    if (post[key] !== wanted[key])
      return `${key} ${JSON.stringify(post[key])?.slice(0, 80)} for ${JSON.stringify(wanted[key]).slice(0, 80)}`
  return instantProblem('createdAt', post['createdAt'], wanted.createdAt)
}

const postsCase = (query: string, count: number): Case => ({
  request: { method: 'GET', path: `/posts${query}` },
  expected: `the first ${count} posts`,
  check: (body) => postsProblem(body, count),
})

export const contract: EndpointContract = {
  name: 'posts',
  mediaType: 'application/json',
  measured: true,
  cases: [
    postsCase('?limit=100', 100),
    postsCase('?limit=1', 1),
    postsCase('?limit=2', 2),
    postsCase('?limit=101', 100),
    postsCase('', 100),
    postsCase('?limit=foo', 100),
  ],
}
