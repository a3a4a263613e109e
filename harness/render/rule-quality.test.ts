// The tables a terminal shows of the quality of rules: samples beside figures, and nothing where nothing was measured.
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { AlertQuality, RuleQuality } from '../model/rule-quality.ts'
import { ruleQualityForConsole } from './rule-quality.ts'

const rule = (changes: Partial<RuleQuality>): RuleQuality => ({ alert: 'Slow', asked: 0, fired: 0, falseAlarms: [], flapped: 0, quiet: { watched: 40, fired: 0 }, ...changes })
const time = { samples: 25, medianMs: 41_000, high: 'p95', highMs: 50_000, allowed: { leastMs: 90_000, mostMs: 90_000 }, leastLeft: 0.449 } as const
const quality: AlertQuality = {
  runs: { found: 3, counted: 2, leftOut: [{ why: 'had other rules', runs: ['run-1'] }], inPart: [] },
  rules: [
    rule({ asked: 25, fired: 25, recall: 1, precision: 1, detection: time, delivery: { ...time, samples: 1, high: 'highest', allowed: { leastMs: 90_000, mostMs: 120_000 } }, reset: { samples: 2, medianMs: 5_000, high: 'highest', highMs: 6_000 } }),
    rule({ alert: 'Down', asked: 3, fired: 2, recall: 2 / 3, precision: 0.5, falseAlarms: ['run-4', 'run-3', 'run-2', 'run-1'].map((run) => ({ run, drill: 'quiet' })), flapped: 1, quiet: { watched: 40, fired: 2 } }),
    rule({ alert: 'New', quiet: { watched: 0, fired: 0 } }),
  ],
  quiet: { watched: 40, fired: 2, ms: 9_600_000 },
  accelerations: [1, 40],
}

test('how often each did right, how fast it was, and what that stands on', () => {
  expect(ruleQualityForConsole(quality).split('\n')).toEqual([
    'rule  fired of asked  recall  false alarms  precision  flapped  fired of quiet windows',
    'Slow  25 of 25        100 %   0             100 %      0        0 of 40',
    'Down  2 of 3          66 %    4             50 %       1        2 of 40',
    'New   0 of 0                  0                        0        0 of 0',
    '',
    'rule  time                      samples  median  p95     highest  allowed              least left',
    'Slow  fault to firing           25       41.0 s  50.0 s           1 min 30 s           44 %',
    'Slow  fault to delivered        1        41.0 s          50.0 s   1 min 30 s to 2 min  44 %',
    'Slow  end of fault to resolved  2        5.0 s           6.0 s',
    'Times are those of production: measured, times the speed (1x, 40x). Allowed is derived from the configuration; least left is of one sample.',
    '',
    'false alarms of Down: quiet in run-4, quiet in run-3, quiet in run-2 and 1 more',
    '40 quiet windows fully watched, 160 min of production in all; something fired in 2',
    '2 of 3 runs count',
    '  left out: 1 had other rules (run-1)',
  ])
})

test('without a sample or a window it says so', () => {
  const nothing = ruleQualityForConsole({ ...quality, rules: [rule({})], quiet: { watched: 0, fired: 0, ms: 0 }, accelerations: [] })
  expect(nothing).toContain('No time was measured in these runs.')
  expect(nothing).toContain('no quiet window was fully watched in a run')
})

test('colours change nothing but colours', () => {
  const painted = ruleQualityForConsole(quality, { colour: true })
  expect(painted).toContain('\u001B[31m66 %  \u001B[0m')
  expect(painted).not.toContain('\u001B[31m100 %')
  expect(stripVTControlCharacters(painted)).toBe(ruleQualityForConsole(quality))
})
