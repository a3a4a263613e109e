// Every look that hurts somebody, by the kind of check it is for. A kind without one does not compile.
import { backup } from './backup.ts'
import { endpoint } from './endpoint.ts'
import type { HurtingLook } from './hurting-scene.ts'
import { limits } from './limits.ts'
import { recovery } from './recovery.ts'
import { shutdown } from './shutdown.ts'

export type HurtingKind = 'endpoint' | 'recovery' | 'shutdown' | 'limits' | 'backup'

export const hurtingLooks: { readonly [K in HurtingKind]: HurtingLook<K> } = { endpoint, recovery, shutdown, limits, backup }
