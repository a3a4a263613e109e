// Titles of contract tests: what they ask, and that a title of another form is told.
import { expect, it } from 'vitest'
import { askedBy } from './route-title.ts'

it('a title is a request and a status', () => {
  expect(askedBy('POST /samples -> 201')).toEqual({ what: 'POST /samples', status: 201 })
  const ids = { id: '1', field_id: '2' }
  const asked = askedBy('GET /t/:id/fields/:field_id -> 404: nobody', { ids, query: 'a=b' })
  expect(asked).toEqual({ what: 'GET /t/1/fields/2?a=b', status: 404 })
})

it.each(['GET /samples: all', 'get /samples -> 200', 'GET /samples -> ok', 'GET /samples/:id -> 200'])(
  '%s is none',
  (title) => {
    expect(() => askedBy(title)).toThrow(title)
  },
)
