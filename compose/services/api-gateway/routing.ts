// Names the endpoints of the gateway, of which there are only few.

const WORDS = new Set(
  (
    'api auth validate admin users samples login logout register refresh me sessions token permissions status batch ' +
    'barcode forgot-password reset-password verify-email disable enable audit-log health ' +
    'storage locations containers capacity utilization assign move position retrieve grid hierarchy analytics iot ' +
    'sensors readings alerts overview templates fields clone upload data export import download ' +
    'sequencing jobs runs sample-sheets cancel notifications bulk retry channels subscriptions ' +
    'rag submissions query process process-document events publish subscribe stats ' +
    'transactions workflows sample-submission enhanced ai-analyze qc qaqc reviews complete dashboard metrics trends ' +
    'recent definitions control-samples library-prep spreadsheets versions diff compare merge conflicts ' +
    'libraries library-details protocols kits platforms calculate normalize reports generate ' +
    'event-analytics lab-manager notification-templates integration lab-events sample-events sequencing-events ' +
    'template-events system-alerts executions execute start stop validate'
  ).split(' '),
)

/** The path with ids replaced: `/api/samples/:id/status`. Unknown parts become :id too: no one can invent series. */
export function endpointOf(url: string): string {
  const path = url.split('?', 1)[0] ?? ''
  const parts = path.split('/').slice(1, 6)
  return parts.map((part) => `/${WORDS.has(part) ? part : ':id'}`).join('')
}
