// What is read from a Dockerfile: what it copies from its context, and on what it stands.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDockerfile } from './dockerfile.ts'

const IMAGES = join(import.meta.dirname, '../../../compose/images')

test('sources of COPY, each once, without flags, targets and other stages', () => {
  const recipe = readDockerfile(`# COPY not/this /x
FROM --platform=linux/amd64 debian:bookworm-slim AS first
COPY bin/node \\
     tool/postgres/ /usr/
from first as second
FROM scratch
copy --chown=1:1 --from=first /usr /usr
COPY --chown=1:1 app/ bin/node /app/
RUN echo COPY and FROM`)
  expect(recipe).toEqual({ copies: ['app', 'bin/node', 'tool/postgres'], bases: ['debian:bookworm-slim'] })
})

test.each(readdirSync(IMAGES))('%s runs as somebody else than root, from a base that .ci/base-image can make, or none', (folder) => {
  const text = readFileSync(join(IMAGES, folder, 'Dockerfile'), 'utf8')
  expect(readDockerfile(text).bases.filter((base) => base !== 'debian:bookworm-slim' && base !== 'readiness/node:24')).toEqual([])
  expect([...text.matchAll(/^USER (.*)$/gm)].at(-1)?.[1]).toMatch(/^[1-9]\d*:[1-9]\d*$/)
})
