// What endpoints answer while a service is away that they may need.
import type { FactValue } from '../../../model/gate-evidence.ts'
import { endpoint as askEndpoint } from '../../../probes/gate/endpoint.ts'
import { observe } from '../../../probes/probe.ts'
import { withoutService } from './away.ts'
import type { HurtingLook } from './hurting-scene.ts'
import { notWholeAgain } from './whole-again.ts'

export const endpoint: HurtingLook<'endpoint'> = (check, scene) =>
  observe<FactValue<'endpoint'>>(scene.signal, [], async () => {
    if (check.without === undefined) return { value: [], missing: 'nothing was to be taken away' }
    const { value, missing } = await withoutService(check.without, scene, () => askEndpoint(check, { ...scene, condition: 'without' }))
    return { value, missing: [missing, await notWholeAgain(scene)].filter((one) => one !== undefined).join('; ') || undefined }
  })
