// How exactly the model reckons. Whoever runs it may save computing time, as with a quantised model: it then overlooks facts.
import type { FastifyInstance } from 'fastify'
import { fieldsOf, jsonBody } from '../kit/fields.ts'
import type { Extraction } from './extract.ts'
import type { RagModelSettings } from './settings.ts'

/** What the model makes of what a document says. */
export interface Precision {
  applied(extraction: Extraction): Extraction
}

const PRECISIONS = ['full', 'reduced']

/** PUT /v1/precision; until then, and after a restart, it is full, unless the model is careless by defect. */
export function precisionRoute(app: FastifyInstance, { modelName, defects }: RagModelSettings): Precision {
  let precision = defects.has('careless-model') ? 'reduced' : 'full'
  app.put('/v1/precision', async (request) => {
    const fields = fieldsOf(jsonBody(request))
    const wanted = fields.text('precision')
    if (!PRECISIONS.includes(wanted)) fields.problem(`precision must be one of ${PRECISIONS.join(', ')}`)
    fields.done('invalid_request')
    precision = wanted
    return { model: modelName, precision }
  })
  return { applied: (extraction) => (precision === 'full' ? extraction : carelessly(extraction)) }
}

/** A model that has lost its accuracy: it overlooks every third fact. */
function carelessly({ fields, samples }: Extraction): Extraction {
  return { fields: fields.filter((_, index) => index % 3 !== 2), samples }
}
