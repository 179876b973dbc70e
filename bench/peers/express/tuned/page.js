/** The page as a plain function: what a compiler would make of the template. */
const unsafe = /[&<>"']/
const everyUnsafe = /[&<>"']/g
const references = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

const escape = (text) =>
  unsafe.test(text) ? text.replaceAll(everyUnsafe, (character) => references[character]) : text

const head = `<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
`
const foot = '</table>\n</body>\n</html>\n'

export function sendFortunes(res, fortunes) {
  let rows = ''
  for (const { id, message } of fortunes)
    rows += `<tr><td>${id}</td><td>${escape(message)}</td></tr>\n`
  res.type('text/html').send(head + rows + foot)
}
