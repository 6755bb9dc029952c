// Every code with which Shoebox says no has its tRPC code, its sentence and its row in docs/failure-modes.md. The first
// two do not compile without it; this test adds the document and that nothing is empty or left over.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { trpcCodeByRefusal } from '../../apps/edge-api/src/trpc/refusals.ts'
import { refusalSentences } from '../../apps/web/src/words/en-refusals.ts'
import { inspectionRefusals, preflightRefusals, requestRefusals } from '../../packages/shared/src/refusals.ts'
import { repositoryRoot } from '../repository.ts'

const codes = [...new Set([...requestRefusals, ...preflightRefusals, ...inspectionRefusals])].toSorted()

test('each has a tRPC code and no other has', () => {
  expect(Object.keys(trpcCodeByRefusal).toSorted()).toEqual(codes)
})

test('each has a sentence and a next step, and no other has', () => {
  expect(Object.keys(refusalSentences).toSorted()).toEqual(codes)
  for (const { sentence, nextStep } of Object.values(refusalSentences)) {
    expect(sentence).toMatch(/^[A-Z].+\.$/)
    expect(nextStep).toMatch(/^[A-Z].+\.$/)
  }
})

test('each has a row in docs/failure-modes.md, and no other has', () => {
  const text = readFileSync(join(repositoryRoot, 'docs/failure-modes.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `([a-z_]+)` \|/gm)].map((match) => match[1] ?? '')
  expect([...new Set(rows)].toSorted()).toEqual(codes)
  expect(rows.length, 'a code with two rows').toBe(new Set(rows).size)
})
