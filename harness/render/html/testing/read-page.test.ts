// The reader of pages is what the other tests stand on: it has to be as strict as they believe.
import { expect, test } from 'vitest'
import { named, readPage, textIn } from './read-page.ts'

test.each(['<p><b></p>', '<p><b></b>', '<p a=b></p>', '<p>a & b</p>', '<p>a < b</p>', '<p a="x" a="y"></p>', '<p>&nbsp;</p>', '<p a="<"></p>', '</p>', '<p a="&"></p>', '<script>a < b</script>'])('%s is refused', (text) => {
  expect(() => readPage(text)).toThrow(/./)
})

test('what is well-formed comes out as it went in', () => {
  const page = readPage('<!DOCTYPE html>\n<html lang="en"><p title="&quot;a&quot;">x &lt; <b>y</b></p><br /><script>a > b</script></html>')
  expect(named(page, 'p').map((one) => [one.attributes, textIn(one)])).toEqual([[{ title: '"a"' }, 'x < y']])
  expect(named(page, 'script').map(textIn)).toEqual(['a > b'])
})
