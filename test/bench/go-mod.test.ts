import t from 'tap'
import { goModVersions } from '../../bench/go-mod.ts'

t.test('the toolchain, and required modules in blocks and single lines', (t) => {
  const text = `module mine // v0.0.0

go 1.25.0

toolchain go1.26.8

require example.com/single v1.2.3

require (
\texample.com/a/v5 v5.13.0 // a comment
\texample.com/b v0.0.0-20240606120523-5a60cdf6a761
\t// example.com/not v9.9.9
)

require (
\texample.com/c v2.0.0+incompatible // indirect
)

exclude (
\texample.com/a/v5 v5.0.0
)
`
  t.strictSame(Object.fromEntries(goModVersions(text)), {
    go: '1.26.8',
    'example.com/a/v5': '5.13.0',
    'example.com/b': '0.0.0-20240606120523-5a60cdf6a761',
    'example.com/c': '2.0.0+incompatible',
    'example.com/single': '1.2.3',
  })
  t.end()
})

t.test('without a toolchain nothing is said of Go', (t) => {
  t.strictSame([...goModVersions('module mine\n\ngo 1.25.0\n')], [])
  t.end()
})
