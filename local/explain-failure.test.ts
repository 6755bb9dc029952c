import { expect, test } from 'vitest'
import { explainFailure } from './explain-failure.ts'

const plenty = 10 ** 12

test('says that the disk is full whatever a program made of it', () => {
  const panic = new Error('Postgres could not make its data folder (exit code 1): PANIC: cannot abort transaction 1')
  expect(explainFailure(panic, 2 ** 20)).toMatch(/^The disk is full\. Free some space/)
  expect(explainFailure(new Error('ENOSPC: no space left on device, write'), plenty)).toMatch(/^The disk is full\./)
})

test('names a library that is missing', () => {
  const text = 'initdb: error while loading shared libraries: libicuuc.so.60: cannot open shared object file'
  expect(explainFailure(new Error(text), plenty)).toContain('The library libicuuc.so.60 is missing.')
})

test('hands on a sentence as it is, and shows the whole of what it does not know', () => {
  expect(explainFailure(new Error('Shoebox is already running here.'), plenty)).toBe('Shoebox is already running here.')
  const unknown = new Error('boom')
  expect(explainFailure(unknown, plenty)).toBe(unknown.stack)
})
