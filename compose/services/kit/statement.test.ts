// Statements are named by verb and table, whatever their layout.
import { expect, it } from 'vitest'
import { nameStatement } from './statement.ts'

it.each([
  ['select * from auth.users where email = $1', 'SELECT', 'SELECT auth.users'],
  ['\n  update auth.user_sessions s set revoked = true', 'UPDATE', 'UPDATE auth.user_sessions'],
  ['insert into sample.samples (name) values ($1)', 'INSERT', 'INSERT sample.samples'],
  ['with x as (insert into sample.samples (a) values ($1)) select * from x', 'INSERT', 'INSERT sample.samples'],
  ['vacuum', 'OTHER', 'OTHER'],
  ['begin', 'BEGIN', 'BEGIN'],
  ['select 1', 'SELECT', 'SELECT'],
])('%s', (sql, operation, name) => {
  expect(nameStatement(sql)).toEqual({ operation, name })
})
