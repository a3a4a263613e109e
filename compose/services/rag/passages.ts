// Cuts a document into passages small enough to be found and read one by one.

/** No passage is longer (characters). */
const LENGTH = 800
/** So many of a document are kept to be found. */
const MOST = 200

/** The passages of a text: whole lines together as long as they fit, a longer line in pieces. */
export function passagesOf(text: string): string[] {
  const passages: string[] = []
  let open = ''
  for (const line of text.split(/\n+/).flatMap(pieces)) {
    if (open.length + line.length >= LENGTH) {
      passages.push(open)
      open = ''
    }
    open = open === '' ? line : `${open}\n${line}`
  }
  return [...passages, open].filter((passage) => passage !== '').slice(0, MOST)
}

function pieces(line: string): string[] {
  const text = line.trim()
  return text === '' ? [] : (text.match(new RegExp(`.{1,${LENGTH}}`, 'gsu')) ?? [])
}
