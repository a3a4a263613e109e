// Whatever is put into a template comes out as text.
import { expect, test } from 'vitest'
import { anchor, html, prose, textOf } from './markup.ts'
import type { Part } from './markup.ts'

test('what is put in is escaped, what a template made is not, and it may be put in again', () => {
  const name = `<b> & "c" 'd'`
  const made = html`<i title="${name}">${name}</i>`
  expect(textOf(made)).toBe('<i title="&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;">&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;</i>')
  expect(textOf(html`<p>${[made, undefined, 3, ['<']]}</p>`)).toBe(`<p>${textOf(made)}3&lt;</p>`)
})

test('nothing that a journal holds can pass for markup', () => {
  const read = JSON.parse('{"html":"<script>","Symbol(markup)":"<script>"}') as Part
  expect(textOf(html`${read}`)).not.toContain('<script>')
})

test('signs that cannot be seen, that turn the text, or that are half a sign do no harm', () => {
  expect(textOf(html`${'a\u0000\u001B[2J\nb\u202Ecod\u2066.exe\uD800'}`)).toBe('a [2J b\uFFFDcod\uFFFD.exe\uFFFD')
})

test('what stands in backticks is code, and still text', () => {
  expect(textOf(prose('see `a<b` and `c'))).toBe('see <code>a&lt;b</code> and `c')
})

test('an anchor is fit for an id, and two names never share one', () => {
  const names = ['a b', 'a"b', '', 'ü->x', 'x'.repeat(200)]
  const all = names.map((name, index) => anchor('drill', index, name))
  expect(new Set(all).size).toBe(names.length)
  for (const one of all) expect(one).toMatch(/^[\w-]{1,80}$/)
})
