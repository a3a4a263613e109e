// Compose itself would take our compose files: asked, where it is installed, and otherwise by its published schema.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const COMPOSE = join(import.meta.dirname, '../../compose')
const files = readdirSync(COMPOSE).filter((name) => name.endsWith('.yaml')).map((name) => join(COMPOSE, name))
const main = join(COMPOSE, 'compose.yaml')

describe('by the published schema', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'testing/compose-spec/compose-spec.json'), 'utf8')) as object
  // its formats are names of checks in Go
  const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema)
  const mistakesIn = (text: string) => {
    validate(parse(text, { merge: true }))
    return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
  }

  test.each(files)('%s is valid', (file) => {
    expect(mistakesIn(readFileSync(file, 'utf8'))).toEqual([])
  })

  test('a copy with a wrong key, a wrong type and a wrong name is not', () => {
    const text = readFileSync(main, 'utf8')
    const broken = (from: string, to: string) => mistakesIn(text.replace(from, to)).join('\n')
    expect(broken('    mem_limit: 512m', '    memory_limit: 512m')).toContain('/services/postgres must NOT have unevaluated properties {"unevaluatedProperty":"memory_limit"}')
    expect(broken('  read_only: true', '  read_only: [true]')).toContain('/services/postgres/read_only must be boolean,string')
    expect(broken('\n  auth:\n', '\n  au th:\n')).toContain('/services must NOT have additional properties {"additionalProperty":"au th"}')
  })
})

/** `docker compose`, or the same as a program of its own. */
const cli = [['docker', 'compose'], ['docker-compose']].find(([program = '', ...args]) => spawnSync(program, [...args, 'version'], { timeout: 10_000 }).status === 0)

describe(`by Compose itself (${cli?.join(' ') ?? 'skipped: neither docker compose nor docker-compose is installed'})`, () => {
  test.skipIf(cli === undefined)('compose.yaml is accepted', () => {
    const [program = '', ...args] = cli ?? []
    const { status, stderr } = spawnSync(program, [...args, '-f', main, 'config', '--quiet'], { encoding: 'utf8', timeout: 30_000 })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
