/** Toggle: the text of a row that is kept is kept with it. */
import { Type } from '@sinclair/typebox'
import { rememberTexts } from '../respond/remembered.ts'
import { defineToggle } from '../toggle.ts'

export default defineToggle({
  name: 'payload-cache',
  summary: 'Keep the JSON text of each kept row with it, and answer it without serializing again.',
  family: 'cache',
  options: Type.Object({}, { additionalProperties: false }),
  tradeoff:
    'Memory for each text, for as long as its row is kept; a row may never be changed in place.',
  counterpart: 'fastapi-cache, which keeps the encoded answer',
  docs: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/WeakMap',
  requires: [
    { toggle: 'row-cache', because: 'a row that is read anew each time has no text to be kept' },
  ],
  excludes: {
    workers:
      'each process would answer from its own texts and not hear of the writes of the others',
  },
  fill: () => ({ respond: { remember: rememberTexts } }),
})
