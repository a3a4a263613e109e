// What the model back-end says, checked before it is believed: a model is no better than any other service.

/** One fact the model found in a document. */
export interface FoundField {
  readonly section: string
  readonly name: string
  readonly value: string
  readonly confidence: number
}

/** What a document says. */
export interface ModelExtraction {
  readonly fields: readonly FoundField[]
  readonly samples: readonly string[]
}

/** An answer; `used` are the indexes of the passages it was taken from. */
export interface ModelAnswer {
  readonly answer: string
  readonly confidence: number
  readonly used: readonly number[]
}

type Json = Readonly<Record<string, unknown>>

/** A JSON text as an object; undefined when it is none. */
export function readJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The answer to an extraction; undefined when it makes no sense. */
export function readExtraction(json: Json): ModelExtraction | undefined {
  const { fields, samples } = json
  if (!Array.isArray(fields) || !fields.every(isField) || !Array.isArray(samples)) return undefined
  return { fields, samples: samples.map(String) }
}

/** The answer to a question; undefined when it makes no sense. */
export function readAnswer(json: Json): ModelAnswer | undefined {
  const { answer, confidence, used } = json
  if (typeof answer !== 'string' || !isShare(confidence) || !Array.isArray(used)) return undefined
  return { answer, confidence, used: used.map(Number) }
}

/** How many tokens an answer cost; 0 when it does not say. */
export function tokensUsed({ usage }: Json): number {
  const total = isObject(usage) ? usage.total_tokens : undefined
  return typeof total === 'number' && total >= 0 ? total : 0
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isField(value: unknown): value is FoundField {
  if (!isObject(value)) return false
  return [value.section, value.name, value.value].every((one) => typeof one === 'string') && isShare(value.confidence)
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1
}
