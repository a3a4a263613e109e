// The laboratory's own guidelines, from which questions are answered before any document was brought.
import type { Query } from '../kit/database.ts'

const GUIDELINES: Readonly<Record<string, string>> = {
  'Sample Storage Guidelines':
    'Samples are stored in temperature zones: -80 °C for long-term storage, -20 °C for intermediate storage, ' +
    '4 °C for short-term storage and room temperature for immediate processing. ' +
    'Each zone has sensors, and an alert is raised when its temperature deviates.',
  'Submission Guidelines':
    'To submit samples, upload the laboratory document of the submission. ' +
    'Sample information is extracted from it, validated, and a storage location is assigned. ' +
    'The submission id is used to track the submission.',
  'Quality Control Standards':
    'Quality control covers validation of data, integrity checks of samples and the chain of custody. ' +
    'All quality metrics are recorded and shown in the dashboard. ' +
    'A library with a concentration below 1 ng/µL fails quality control.',
  'Sequencing Guidelines':
    'Sequencing runs on the platforms NovaSeq, NextSeq and MiSeq. ' +
    'Samples are assigned to a workflow by sample type and analysis requirements. ' +
    'A sample has to be validated before it is sequenced.',
  'Laboratory Management Knowledge Base':
    'TracSeq manages samples, templates, storage, sequencing, quality control and reports of the laboratory. ' +
    'Every change of a sample is kept in its history.',
}

/** Stores the guidelines that are not stored yet. */
export async function storeGuidelines(query: Query): Promise<void> {
  await query(
    `insert into rag.passages (title, body) select * from unnest($1::text[], $2::text[])
     on conflict (title) where document_id is null do update set body = excluded.body`,
    [Object.keys(GUIDELINES), Object.values(GUIDELINES)],
  )
}
