// Which paths of a container may be filled: the tmpfs that it was created with, and nothing else.
import { expect, test } from 'vitest'
import { declaredSize } from './container-disk.ts'

const HOST = {
  HostConfig: {
    Tmpfs: { '/data/': 'size=8m,mode=1777', '/unlimited': '', '/half': 'size=50%' },
    Mounts: [
      { Type: 'tmpfs' as const, Target: '/sized', Source: '', TmpfsOptions: { SizeBytes: 1_048_576, Mode: 0o1777 } },
      { Type: 'tmpfs' as const, Target: '/unsized', Source: '' },
      { Type: 'bind' as const, Target: '/bound', Source: '/dev/shm' },
      { Type: 'volume' as const, Target: '/volume', Source: 'v' },
    ],
  },
}

test.each([
  ['/data', 8_388_608],
  ['/sized/', 1_048_576],
])('%s may be filled', (path, size) => {
  expect(declaredSize(HOST, path)).toBe(size)
})

test.each(['/', '/data/deeper', '/dat', '/unlimited', '/half', '/unsized', '/bound', '/volume', '/dev/shm'])('%s may not', (path) => {
  expect(declaredSize(HOST, path)).toBeUndefined()
})

test('a container without any tmpfs has nothing to fill', () => {
  expect(declaredSize({ HostConfig: {} }, '/data')).toBeUndefined()
})
