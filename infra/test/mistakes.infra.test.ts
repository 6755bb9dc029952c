// Mistakes that a tired person makes, planted into the recorded deployment. Each must be found by the rule that is
// there for it, and every rule must find at least one: a rule that never bites is worse than none.
import { describe, expect, test } from 'vitest'
import { deliveryMistakes } from './mistakes/delivery-mistakes.ts'
import { pipelineMistakes } from './mistakes/pipeline-mistakes.ts'
import { rightsMistakes } from './mistakes/rights-mistakes.ts'
import { siteMistakes } from './mistakes/site-mistakes.ts'
import { storageMistakes } from './mistakes/storage-mistakes.ts'
import { watchMistakes } from './mistakes/watch-mistakes.ts'
import { readGraph } from './read-recording.ts'
import { rules } from './rules/rules.ts'

const mistakes = [
  ...storageMistakes,
  ...pipelineMistakes,
  ...rightsMistakes,
  ...deliveryMistakes,
  ...siteMistakes,
  ...watchMistakes,
]

describe('finds', () => {
  test.each(mistakes)('%s', (_, plant, foundBy) => {
    const spoiled = plant(readGraph('production'))
    const findings = rules.filter((rule) => rule.find(spoiled).length > 0).map(({ name }) => name)
    expect(findings).toContain(foundBy)
  })
})

test('every rule finds at least one of the mistakes', () => {
  const bitten = new Set(mistakes.map(([, , foundBy]) => foundBy))
  expect(rules.map(({ name }) => name).filter((name) => !bitten.has(name))).toEqual([])
})
