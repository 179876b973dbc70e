/** The text of a user, made when its row is first sent: for as long as the row is kept, so is its text. */
const texts = new WeakMap()

export function stringifyUser(user) {
  let text = texts.get(user)
  if (text === undefined) {
    text = JSON.stringify(user)
    texts.set(user, text)
  }
  return text
}
