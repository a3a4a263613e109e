// Hashes: each has its own salt, only the right password fits, foreign forms fit nothing.
import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password-hash.ts'

it('fits its own password and no other', async () => {
  const [first, second] = await Promise.all([hashPassword('Secret-1'), hashPassword('Secret-1')])
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(first).not.toBe(second)
  expect(await verifyPassword('Secret-1', first)).toBe(true)
  expect(await verifyPassword('Secret-2', first)).toBe(false)
})

it.each(['', 'plain', '$2b$10$abc', '$argon2id$v=19$m=19456,t=2,p=1$$'])('%s fits nothing', async (hash) => {
  expect(await verifyPassword('Secret-1', hash)).toBe(false)
})
