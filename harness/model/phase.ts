// What a phase of a project claims to have reached: every claim with the question behind it, and how it is decided.
import { z } from 'zod'
import { gateCheckSchema } from './gate-check.ts'

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/
const name = z.string().regex(NAME, 'small letters, digits and single hyphens, such as phase-6')
const sentence = z.string().min(10, 'a sentence')

/** How much time a gate is given: minutes; a night, accelerated; or as long as it takes at production speed. Each judges what the one before it does, and more. */
export const PROFILES = ['smoke', 'nightly', 'fidelity'] as const
export type Profile = (typeof PROFILES)[number]

export const gateCriterionSchema = z
  .strictObject({
    id: name,
    claims: z.array(z.number().int().min(1)).default([]).describe('numbers of the claims it answers; none for a target that nobody claimed to have reached'),
    claim: sentence.describe('what was claimed, in our own words'),
    source: z.string().min(3).describe('the document that claims it'),
    question: sentence.describe('what a reader wants to know'),
    weight: z.enum(['blocking', 'advisory']).describe('advisory: told, and never decides whether the phase is ready'),
    profile: z.enum(PROFILES).default('smoke').describe('the quickest profile that has the time for it'),
    check: gateCheckSchema.optional(),
    undecidable: sentence.optional().describe('why no machine can decide it here'),
  })
  .refine(({ check, undecidable }) => (check === undefined) !== (undecidable === undefined), 'exactly one of check and undecidable')
  .refine(({ weight, undecidable }) => weight === 'advisory' || undecidable === undefined, 'weight advisory: what nobody can decide cannot block')

export const phaseSchema = z.strictObject({
  $schema: z.string().optional(),
  name,
  title: sentence,
  criteria: z.array(gateCriterionSchema).min(1),
})

/** Whether a profile has the time for a criterion. */
export function isIn({ profile }: Pick<GateCriterion, 'profile'>, run: Profile): boolean {
  return PROFILES.indexOf(profile) <= PROFILES.indexOf(run)
}

/** A phase as an author writes it. */
export type Phase = z.input<typeof phaseSchema>
/** As it was read, defaults filled in. */
export type LoadedPhase = z.output<typeof phaseSchema> & { readonly file: string }
export type GateCriterion = z.output<typeof gateCriterionSchema>
