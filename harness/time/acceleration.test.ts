// Whole files, divided: every duration that Prometheus and Alertmanager obey, and none that is only words.
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import {
  accelerateAlertmanagerConfig,
  accelerateDuration,
  accelerateMs,
  acceleratePrometheusConfig,
  acceleratePrometheusFlags,
  accelerateRules,
} from './acceleration.ts'

const RULES = `# Told in 5m.
groups:
  - name: services   # every 15s
    interval: 15s
    query_offset: 30s
    rules:
      # Recorded over [5m].
      - record: service:errors:rate5m
        expr: sum by (service) (rate(errors_total[5m]))

      - alert: Errors
        expr: |
          # at least 5m of [5m]
          service:errors:rate5m > 0.05
            and rate(requests_total{path="[5m]"}[1m]) > 1
        for: 1h30m
        keep_firing_for: 10m
        labels: { severity: warning }
        annotations:
          summary: 'over the last 5m [5m]'
`

describe('accelerateRules', () => {
  test('divides what is obeyed and keeps comments, names, strings and layout', () => {
    const expected = RULES.replace('interval: 15s', 'interval: 500ms')
      .replace('query_offset: 30s', 'query_offset: 1s')
      .replace('rate(errors_total[5m])', 'rate(errors_total[10s])')
      .replace('"[5m]"}[1m]', '"[5m]"}[2s]')
      .replace('for: 1h30m', 'for: 3m')
      .replace('keep_firing_for: 10m', 'keep_firing_for: 20s')
      .replace('services   # every', 'services # every')
    expect(accelerateRules(RULES, 30)).toEqual({ text: expected, floors: [] })
  })

  test('says where floors bound', () => {
    expect(accelerateRules(RULES, 120).floors).toEqual([
      { what: 'group services interval', wanted: '125ms', used: '500ms' },
      { what: 'Errors [1m]', wanted: '500ms', used: '1s' },
    ])
  })

  test('knows a slower scrape interval', () => {
    expect(accelerateRules(RULES, 120, '1m').floors).toEqual([
      { what: 'group services interval', wanted: '125ms', used: '500ms' },
    ])
  })

  test.each([
    ['a query', RULES.replace('sum by', 'sum bye'), /not a PromQL query/],
    ['a duration', RULES.replace('for: 1h30m', 'for: soon'), /groups\.0\.rules\.1\.for: soon is not a duration/],
    ['YAML', 'groups: [', /not a YAML file/],
  ])('refuses what is not %s', (_, text, message) => {
    expect(() => accelerateRules(text, 30)).toThrow(message)
  })
})

describe('acceleratePrometheusConfig', () => {
  const CONFIG = `global: { scrape_interval: 15s, scrape_timeout: 10s, evaluation_interval: 15s }
scrape_configs:
  - job_name: fast
    scrape_interval: 5s # hot
  - job_name: postgres-exporter
`
  test('divides intervals and timeouts of the whole and of each job', () => {
    const { text, floors } = acceleratePrometheusConfig(CONFIG, 30)
    expect(parse(text)).toEqual({
      global: { scrape_interval: '500ms', scrape_timeout: '333ms', evaluation_interval: '500ms' },
      scrape_configs: [
        { job_name: 'fast', scrape_interval: '250ms' },
        { job_name: 'postgres-exporter', scrape_interval: '1s500ms', scrape_timeout: '1s500ms' },
      ],
    })
    expect(text).toContain('# hot')
    expect(floors).toEqual([
      { what: 'scrape_configs.fast.scrape_interval', wanted: '167ms', used: '250ms' },
      { what: 'scrape_configs.postgres-exporter.scrape_timeout', wanted: '333ms', used: '1s500ms' },
      { what: 'scrape_configs.postgres-exporter.scrape_interval', wanted: '500ms', used: '1s500ms' },
    ])
  })

  test('a job that needs no pace of its own is left to the global intervals', () => {
    const { scrape_configs } = parse(acceleratePrometheusConfig(CONFIG, 30, {}).text)
    expect(scrape_configs[1]).toEqual({ job_name: 'postgres-exporter' })
    expect(parse(acceleratePrometheusConfig(CONFIG, 2).text).scrape_configs[1]).toEqual({
      job_name: 'postgres-exporter',
    })
  })

  test('writes down the defaults that Prometheus would not divide', () => {
    const { text } = acceleratePrometheusConfig('scrape_configs: []\n', 30)
    expect(parse(text).global).toEqual({ scrape_interval: '2s', scrape_timeout: '333ms', evaluation_interval: '2s' })
  })

  test('a timeout never exceeds its interval, and a floor never slows down', () => {
    const { text, floors } = acceleratePrometheusConfig(
      'global: { scrape_interval: 200ms, evaluation_interval: 100ms }\n',
      10,
    )
    expect(parse(text).global).toEqual({
      scrape_interval: '200ms',
      scrape_timeout: '200ms',
      evaluation_interval: '100ms',
    })
    expect(floors.map(({ wanted }) => wanted)).toEqual(['20ms', '20ms', '10ms'])
  })
})

describe('accelerateAlertmanagerConfig', () => {
  const CONFIG = `global:
  resolve_timeout: 5m
route:
  receiver: default
  group_wait: 0s
  routes:
    - receiver: oncall
      group_interval: 1m
      active_time_intervals: [office]
      routes: [{ receiver: night, group_wait: 30s, repeat_interval: 1h }]
time_intervals:
  - name: office
    time_intervals: [{ times: [{ start_time: '09:00', end_time: '17:00' }] }]
`
  test('divides every route, writes down defaults at the root only, keeps calendar time', () => {
    const { text, floors } = accelerateAlertmanagerConfig(CONFIG, 120)
    expect(parse(text)).toEqual({
      ...parse(CONFIG),
      global: { resolve_timeout: '2s500ms' },
      route: {
        receiver: 'default',
        group_wait: '0s',
        group_interval: '2s500ms',
        repeat_interval: '2m',
        routes: [
          {
            receiver: 'oncall',
            group_interval: '1s',
            active_time_intervals: ['office'],
            routes: [{ receiver: 'night', group_wait: '250ms', repeat_interval: '30s' }],
          },
        ],
      },
    })
    expect(floors).toEqual([{ what: 'route.routes.0.group_interval', wanted: '500ms', used: '1s' }])
  })
})

test('once is the identity on the text of every file, whatever it is', () => {
  for (const accelerate of [accelerateRules, acceleratePrometheusConfig, accelerateAlertmanagerConfig]) {
    expect(accelerate('a:   [ 1,2 ]   # odd\n\n\n', 1)).toEqual({ text: 'a:   [ 1,2 ]   # odd\n\n\n', floors: [] })
  }
  expect(acceleratePrometheusFlags(1)).toEqual({ flags: [], floors: [] })
})

test('flags that hold durations are divided too', () => {
  expect(acceleratePrometheusFlags(30).flags).toEqual([
    '--query.lookback-delta=10s',
    '--rules.alert.resend-delay=2s',
    '--rules.alert.for-grace-period=20s',
    '--rules.alert.for-outage-tolerance=2m',
  ])
  expect(acceleratePrometheusFlags(300).floors).toEqual([
    { what: '--query.lookback-delta', wanted: '1s', used: '2s' },
    { what: '--rules.alert.resend-delay', wanted: '200ms', used: '1s' },
  ])
})

describe('single durations', () => {
  test.each([
    ['1h30m', 30, '3m'],
    ['15s', 30, '500ms'],
    ['10s', 3, '3s333ms'],
    ['1ms', 30, '1ms'],
    ['0s', 30, '0s'],
    ['7d', 1, '7d'],
  ])('%s at %dx is %s', (text, n, expected) => expect(accelerateDuration(text, n)).toBe(expected))

  test('the sign stays', () => expect(accelerateMs(-60_000, 30)).toBe(-2_000))

  test.each([0, 0.5, -2, NaN, Infinity])('a factor of %d is refused', (n) => {
    expect(() => accelerateMs(1_000, n)).toThrow(/is not a number of at least 1/)
    expect(() => accelerateRules('groups: []', n)).toThrow(/is not a number of at least 1/)
  })
})
