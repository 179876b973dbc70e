/** The quick start. */
import Handlebars from 'handlebars'
import { openPool } from './database/pool.js'
import { serve } from './serve.js'
import { parseTarget } from './target.js'
import { makeUpstream } from './upstream.js'

const renderFortunes = Handlebars.compile(`<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
{{#each fortunes}}
<tr><td>{{id}}</td><td>{{message}}</td></tr>
{{/each}}
</table>
</body>
</html>
`)

serve({
  openPool,
  operations: () => ({}),
  makeUpstream,
  parseTarget,
  serializers: {
    worlds: JSON.stringify,
    posts: JSON.stringify,
    users: JSON.stringify,
    user: JSON.stringify,
  },
  renderFortunes,
})
