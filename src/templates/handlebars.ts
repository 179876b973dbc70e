/** The quick start's templates: Handlebars; the first page compiles it, once. */
import Handlebars from 'handlebars'
import type { Templates } from '../templates.ts'

const fortunesPage = `<!DOCTYPE html>
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
`

export function handlebarsTemplates(): Templates {
  const render = Handlebars.compile(fortunesPage)
  return { fortunes: (fortunes) => render({ fortunes }) }
}
