// Set up before every contract test: watches what it asks and is answered, and afterwards holds it to its title.
import { afterEach, beforeEach, expect } from 'vitest'
import { documentOf } from './documented-routes.ts'
import { claimsOf } from './route-claims.ts'
import { problemsOf, type SeenAnswer } from './seen-answers.ts'
import { serviceAt } from './service-process.ts'

let seen: Promise<SeenAnswer | undefined>[] = []
const really = globalThis.fetch

globalThis.fetch = async (input, init) => {
  const answer = await really(input, init)
  const { origin, pathname, search } = new URL(input instanceof Request ? input.url : input)
  const service = serviceAt(origin)
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
  if (service !== undefined) seen.push(read(answer.clone(), { service, what: `${method} ${pathname}${search}` }))
  return answer
}

/** A body that breaks off is none. */
async function read(answer: Response, asked: Pick<SeenAnswer, 'service' | 'what'>): Promise<SeenAnswer | undefined> {
  const text = await answer.text().catch(() => '')
  const json = answer.headers.get('content-type')?.includes('json') === true && text !== ''
  return { ...asked, status: answer.status, body: json ? JSON.parse(text) : undefined }
}

beforeEach(() => {
  seen = []
})

afterEach(async ({ task }) => {
  const claims = claimsOf(task.name, task.file.filepath)
  if (claims.length === 0 || task.result?.state === 'fail') return
  const answers = (await Promise.all(seen)).filter((answer) => answer !== undefined)
  expect(claims.flatMap((claim) => problemsOf(claim, answers, documentOf(claim.service)))).toEqual([])
})
