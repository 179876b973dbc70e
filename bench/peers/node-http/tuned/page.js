/** The page as a plain function: what a compiler would make of the template. */
const unsafe = /[&<>"']/
const everyUnsafe = /[&<>"']/g
const references = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escape = (text) =>
  unsafe.test(text) ? text.replaceAll(everyUnsafe, (character) => references[character]) : text

const head = `<!DOCTYPE html>
<html>
<head><title>Fortunes</title></head>
<body>
<table>
<tr><th>id</th><th>message</th></tr>
`

export function renderFortunes({ fortunes }) {
  let page = head
  for (const { id, message } of fortunes)
    page += `<tr><td>${id}</td><td>${escape(message)}</td></tr>\n`
  return `${page}</table>\n</body>\n</html>\n`
}
