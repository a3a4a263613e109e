// How a look becomes a user: read with its placeholders, and refused where nobody is who lets it in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { formatProblem } from '../model/problem.ts'
import { readStack } from './compose-file.ts'

const COMPOSE = join(import.meta.dirname, '../../compose/compose.yaml')
const directory = mkdtempSync(join(tmpdir(), 'login-'))
afterAll(() => rmSync(directory, { recursive: true }))

function overlay(login: string): string {
  const file = join(directory, 'overlay.yaml')
  writeFileSync(file, `x-harness:\n  login: ${login}\n`)
  return file
}

/** As it is written in a compose file. */
const USER = "'$${USER}'"
const call = `{ path: /in, body: { name: ${USER} } }`

test('two dollar signs stand for one, at any depth; variables of Compose stay for later', () => {
  const { stack, problems } = readStack([COMPOSE, overlay(`{ service: auth, register: { path: /up, body: { names: [${USER}] } }, login: ${call}, token: t, secret: '\${S:-x}' }`)])
  expect(problems).toEqual([])
  expect(stack?.harness.login).toMatchObject({ register: { body: { names: ['$' + '{USER}'] } }, login: { body: { name: '$' + '{USER}' } }, secret: '$' + '{S:-x}' })
})

test('a service that is not there is a mistake on its line', () => {
  const { problems } = readStack([COMPOSE, overlay(`{ service: auht, register: ${call}, login: ${call}, token: t }`)])
  expect(problems.map(formatProblem)).toEqual([expect.stringMatching(/overlay\.yaml:2: users log in at auht, which is no service.*auth/s)])
})
