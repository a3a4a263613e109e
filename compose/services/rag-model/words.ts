// Takes a text apart into the words that carry its meaning.

/** Words that say nothing about the subject. */
const STOP = new Set(
  `a about an and any are as at be been by can could do does for from had has have how i if in into is it its me my of
  on or our please should so tell that the their them there these they this to us was we were what when where which who
  why will with would you your`.split(/\s+/),
)

/** The meaningful words of a text, lower case, without a plural s, in their order. */
export function words(text: string): string[] {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return found.filter((word) => !STOP.has(word)).map(singular)
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

/** The sentences of a text; a line's end is one too. */
export function sentences(text: string): string[] {
  const found = text.split(/(?<=[.!?])\s+|\n+/)
  return found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== '')
}

/** How much a text counts: its pieces between white space. */
export function tokens(text: string): number {
  return text.split(/\s+/).filter((piece) => piece !== '').length
}
