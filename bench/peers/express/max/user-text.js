/** Writes a user with the text that was made when its row was first sent: for as long as the row is kept, so is its text. */
const texts = new WeakMap()

export function sendUser(res, user) {
  let text = texts.get(user)
  if (text === undefined) {
    text = JSON.stringify(user)
    texts.set(user, text)
  }
  res.type('application/json').send(text)
}
