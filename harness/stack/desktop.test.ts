// A report is opened where there is a desktop, and nowhere else.
import { expect, test } from 'vitest'
import { openerOf, openOnDesktop } from './desktop.ts'

test.each([
  ['darwin', {}, 'open'],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['linux', { DISPLAY: '' }, undefined],
  ['linux', {}, undefined],
  ['aix', { DISPLAY: ':0' }, undefined],
] as const)('on %s with %o it is opened by %s', (platform, env, opener) => {
  expect(openerOf(platform, env)).toBe(opener)
})

test('it says whether it was handed over', async () => {
  const env = { PATH: '/usr/bin:/bin' }
  await expect(openOnDesktop('/nowhere/report.html', env, 'true')).resolves.toBe(true)
  await expect(openOnDesktop('/nowhere/report.html', env, 'no-such-opener')).resolves.toBe(false)
  await expect(openOnDesktop('/nowhere/report.html', {}, undefined)).resolves.toBe(process.platform === 'darwin')
})
