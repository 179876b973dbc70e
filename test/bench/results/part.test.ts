import t from 'tap'
import { partOf } from '../../../bench/result/part.ts'
import { renderText } from '../../../bench/report/text.ts'
import { fakeResult } from '../report/fixtures/fake-result.ts'

const text = (part: Parameters<typeof partOf>[1]): string =>
  renderText(partOf(fakeResult(), part), { path: 'a.json', colour: false })

t.test('all of it where nothing is chosen', async (t) => {
  const result = fakeResult()
  t.strictSame(partOf(result, {}), result)
})

t.test('some workloads', async (t) => {
  const json = text({ workloads: ['json'] })
  t.match(json, /json, 32 connections/)
  t.notMatch(json, /queries/)
  const whole = fakeResult()
  const kept = partOf(whole, { workloads: ['json'] }).comparisons
  t.strictSame(
    kept,
    whole.comparisons.filter(({ workload }) => workload === 'json'),
    'with the intervals and words of the whole run',
  )
})

t.test('some contenders, and the base with them', async (t) => {
  const express = text({ contenders: ['express:default'] })
  t.match(express, /^ {2}baseline /m)
  t.match(express, /^ {2}express:default /m)
  t.notMatch(express, /tuned/)
})

t.test('a name that the result does not have is told with the nearest', async (t) => {
  t.throws(() => text({ workloads: ['jsn'] }), {
    failure: 'usage',
    code: 'NOT_IN_RESULT',
    message: /no workload "jsn"[^]*json/,
  })
  t.throws(() => text({ contenders: ['express'] }), { message: /express:default/ })
})
