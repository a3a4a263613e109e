// The model back-end's settings.
import { commonSettings, type CommonSettings } from '../kit/common-settings.ts'
import { number, text, type Shape } from '../kit/settings.ts'

/** All settings of the model back-end. */
export interface RagModelSettings extends CommonSettings {
  /** The only model it serves. */
  readonly modelName: string
  /** The longest text (characters) it reads at once. */
  readonly context: number
}

/** How each setting is read. */
export const ragModelShape: Shape<RagModelSettings> = {
  ...commonSettings('rag-model', 8094),
  modelName: text('MODEL_NAME', { fallback: 'tracseq-lab-1' }),
  context: number('MODEL_CONTEXT', { fallback: 32_000, min: 1 }),
}
