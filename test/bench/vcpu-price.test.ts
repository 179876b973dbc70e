import t from 'tap'
import { parseVcpuPrice } from '../../bench/vcpu-price.ts'

t.test('a price is a number above 0', async (t) => {
  t.equal(parseVcpuPrice(undefined, false), undefined)
  t.equal(parseVcpuPrice('0.04', true), 0.04)
  t.equal(parseVcpuPrice('3', true), 3)
  for (const text of ['', '0', '-1', '$1', '1e3', '0,04', 'NaN'])
    t.throws(() => parseVcpuPrice(text, true), { code: 'BAD_PRICE', failure: 'usage' }, text)
})

t.test('without a rate there is nothing to pay for', async (t) => {
  t.throws(() => parseVcpuPrice('0.04', false), {
    code: 'PRICE_WITHOUT_RATE',
    failure: 'usage',
    message: /Add --rate 3000/,
  })
})
