// Dilutes a library to a wanted concentration: what is in it stays the same, so its volume grows.
import { refuse } from './refusals.ts'

/** How much of something there is: ng/µL and µL; a volume may be unknown. */
export interface Amount {
  readonly concentration: number
  readonly volume: number | null
}

/** The amount after diluting; refused when nothing is known, or the library is too thin already. */
export function dilute(
  { concentration, volume }: { readonly concentration: number | null; readonly volume: number | null },
  target: number,
): Amount {
  if (!(target > 0)) throw refuse('VALIDATION_ERROR', 'Target concentration must be positive')
  if (concentration === null) {
    throw refuse('VALIDATION_ERROR', 'Library concentration is required for normalization')
  }
  if (concentration < target) {
    const message = `Insufficient concentration: ${concentration} ng/μL, required: ${target} ng/μL`
    throw refuse('INSUFFICIENT_CONCENTRATION', message)
  }
  return { concentration: target, volume: volume === null ? null : (volume * concentration) / target }
}
