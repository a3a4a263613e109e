// Long texts cut to a length at which a table can still be read; the whole of each stands elsewhere on the page or in the journal.

export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most)
  const space = cut.lastIndexOf(' ')
  const kept = space > most / 2 ? cut.slice(0, space) : cut
  return `${kept.replace(/[\s,;:]+$/, '')}…`
}
