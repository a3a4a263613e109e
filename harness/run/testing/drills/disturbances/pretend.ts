// Does nothing, and says so, or says that it hurts. with:
//   holds   1 to say that it does what was wanted; 0 when left out
import { z } from 'zod'
import { disturb } from '../../../../../chaos/disturbances/lib/disturb.ts'
import { optionsOf } from '../../../../../chaos/disturbances/lib/told.ts'

const { holds } = optionsOf(z.strictObject({ holds: z.number().int().min(0).max(1).default(0) }))

await disturb({
  begin: () => Promise.resolve(),
  look: () => Promise.resolve({ bites: 'nothing is done to anybody', holds: holds === 1 }),
  end: () => Promise.resolve('there was nothing to take back'),
})
