// The lines of a file, a batch at a time: a journal may be larger than what a text can hold.
import { createReadStream } from 'node:fs'

const NEWLINE = 10
const CHUNK = 2 ** 18

/** Batches of lines without their ends, in order. A last line without an end counts as a line. */
export async function* linesOf(file: string): AsyncGenerator<readonly string[]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = bytes.lastIndexOf(NEWLINE) + 1
    rest = bytes.subarray(end)
    yield split(bytes, end)
  }
  if (rest.length > 0) yield [rest.toString('utf8')]
}

/** Cut as bytes, so that no character is torn at the end of a chunk. */
function split(bytes: Buffer, end: number): readonly string[] {
  const lines: string[] = []
  for (let from = 0; from < end;) {
    const to = bytes.indexOf(NEWLINE, from)
    lines.push(bytes.toString('utf8', from, to))
    from = to + 1
  }
  return lines
}
