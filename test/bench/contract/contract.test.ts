import type { ServerResponse } from 'node:http'
import t from 'tap'
import { describeProblem, verify } from '../../../bench/contract.ts'
import { endpointContractNames, loadEndpointContract } from '../../../bench/contract/by-name.ts'
import { headerFaults } from '../../../bench/contract/probe/headers.ts'
import { postAnswers } from '../../../bench/data/posts.ts'
import { all, json, postCount, problemsOf, row, text } from './fixture-server.ts'

t.test('a contender that is right has no problems', async (t) => {
  t.strictSame(await problemsOf({}), [])
})

t.test('white space, key order and the way to print an instant are free', async (t) => {
  const loose = (_url: URL, response: ServerResponse) => {
    const { id, randomNumber } = row()
    response.setHeader('Content-Type', 'application/json')
    response.end(`{ "randomNumber": ${randomNumber},\n "id": ${id} }`)
  }
  const instants = json((url) =>
    postAnswers(postCount(url)).map((post) => ({
      ...post,
      createdAt: post.createdAt.replace('Z', '+00:00'),
    })),
  )
  t.strictSame(await problemsOf({ '/db': loose, '/posts': instants }), [])
})

t.test('a contender answers only for the endpoints that it offers', async (t) => {
  t.strictSame(await problemsOf({ '/posts': text('wrong') }, ['json', 'db']), [])
})

t.test('a server that must not be ready yet keeps the contract', async (t) => {
  const unready = (_url: URL, response: ServerResponse) => {
    response.writeHead(503, { 'Content-Type': 'application/json' }).end('{"status":"unready"}')
  }
  t.strictSame(await problemsOf({ '/readyz': unready }), [])
})

t.test('a server that is not there is a problem of every request, not an exception', async (t) => {
  const problems = await verify(new URL('http://127.0.0.1:1'), ['json'])
  t.match(problems.map(describeProblem), [
    /GET \/json: expected an answer, found .*ECONNREFUSED/,
    /no-such-path: expected an answer/,
  ])
})

t.test('an endpoint without a contract is an error, not a silent pass', async (t) => {
  await t.rejects(verify(new URL('http://127.0.0.1:1'), ['jsn']), {
    code: 'UNKNOWN_ENDPOINT',
    message: /Did you mean "json"/,
  })
})

t.test('neither Content-Length nor Transfer-Encoding is a fault', async (t) => {
  const headers = {
    server: 's',
    date: 'Fri, 21 Nov 2025 03:00:00 GMT',
    'content-type': 'text/plain',
  }
  t.match(headerFaults(headers), [{ expected: 'Content-Length or Transfer-Encoding' }])
  t.strictSame(headerFaults({ ...headers, 'transfer-encoding': 'chunked' }), [])
})

t.test('contracts are named as their files', async (t) => {
  t.strictSame(
    all.filter((name) => !endpointContractNames().includes(name)),
    [],
  )
  for (const name of endpointContractNames()) t.equal((await loadEndpointContract(name)).name, name)
})
