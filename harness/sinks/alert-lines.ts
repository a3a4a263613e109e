// Which alerts a text is about: Slack, PagerDuty and e-mail carry words, so the templates end each alert with one line
// that people and we can read: `firing SlowResponseTime{service="sample", team="backend"} since 2026-11-21T07:00:00.5Z`.
import type { Labels, Notification } from '../model/evidence.ts'

const LINE = /\b(firing|resolved) ([^\s{]+)\{(.*)\} since (\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))/g
const LABEL = /([^\s,="]+)=("(?:[^"\\]|\\.)*")/g

/** Every alert that the text names, in its order. Annotations are words of the text by then. */
export function alertLines(text: string): readonly Notification[] {
  return [...text.matchAll(LINE)].map(([, status, alert = '', labels = '', since = '']) => ({
    alert,
    status: status === 'resolved' ? 'resolved' : 'firing',
    labels: labelsOf(labels),
    annotations: {},
    startsAt: Date.parse(since),
  }))
}

/** `alertname` is said before the braces. */
function labelsOf(text: string): Labels {
  const all = [...text.matchAll(LABEL)].map(([, name = '', quoted = '""']) => [name, unquoted(quoted)] as const)
  return Object.fromEntries(all.filter(([name]) => name !== 'alertname'))
}

/** Go quotes as JSON does, but for a few control characters. */
function unquoted(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}
