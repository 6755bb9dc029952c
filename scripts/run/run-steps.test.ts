import { expect, test } from 'vitest'
import { oneFailure, onePass, type Step } from '../checks/check.ts'
import { runSteps, sayTotal } from './run-steps.ts'

const step = (name: string, run: Step['run']): Step => ({ name, run })

test('goes on after a step that fails and one that throws, and counts both', async () => {
  const printed: string[] = []
  const total = await runSteps(
    [
      step('throws', () => Promise.reject(new Error('no such tool'))),
      step('fails', () => Promise.resolve(oneFailure('two\nlines'))),
      step('passes', () => Promise.resolve(onePass)),
      step('many', () => Promise.resolve({ passed: 40, failed: 2, skipped: 1 })),
    ],
    2,
    (line) => printed.push(line),
  )
  expect(total).toEqual({ passed: 41, failed: 4, skipped: 1 })
  expect(printed.filter((line) => line.startsWith('✗')).map((line) => line.split(/\s+/)[1])).toEqual([
    'throws',
    'fails',
    'many',
  ])
  expect(printed).toContain('    two\n    lines')
})

test.each([
  [{ passed: 3, failed: 0, skipped: 0 }, '3 passed, 0 failed'],
  [{ passed: 3, failed: 1, skipped: 2 }, '3 passed, 1 failed, 2 skipped'],
])('says %o as the last line', (total, line) => {
  expect(sayTotal(total)).toBe(line)
})
