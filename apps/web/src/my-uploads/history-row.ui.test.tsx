import { describe, expect, test } from 'vitest'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import { inspectionRefusals } from '@shoebox/shared/refusals.ts'
import { makeItem } from '../../test/make-item.ts'
import { makeReceipt } from '../../test/make-receipt.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import type { Destination } from '../upload/destination.ts'
import { refusalSentences } from '../words/en-refusals.ts'
import { historyWords } from '../words/history-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { HistoryRow } from './history-row.tsx'
import type { HistoryItem } from './history-store.ts'

const showRow = (changes: Partial<HistoryItem>, onCancel = () => {}) =>
  show(() => <HistoryRow item={makeReceipt(1, changes)} onCancel={onCancel} />)
const group = { id: idFromUuid('group', '01990000-0000-7000-8000-000000000003'), name: 'Trip' }
const buttonsOf = (row: HTMLElement) => [...row.querySelectorAll('button')].map((button) => button.textContent)

describe('every refusal says why and what to do', () => {
  for (const reason of inspectionRefusals) {
    test(reason, () => {
      const { sentence, nextStep } = refusalSentences[reason]
      const text = showRow({ state: 'refused', reason }).textContent
      expect(text).toContain(sentence)
      expect(text).toContain(nextStep)
    })
  }
})

test('what is in the feed leads there', () => {
  expect(need(showRow({}), 'a').getAttribute('href')).toBe(`/p/${makeReceipt(1).mediaId}`)
})

test('what moderators put out of sight leads nowhere, and can be appealed for', () => {
  const row = showRow({ item: null })
  expect(need(row, 'a').getAttribute('href')).toBe(`/appeal?item=${makeReceipt(1).mediaId}`)
  expect(row.textContent).toContain(historyWords.aside)
  expect(row.textContent).not.toContain(historyWords.states.ready)
})

test('what waits for a review says so, and leads to where its owner alone sees it', () => {
  const item = makeItem(1, { isHeld: true })
  for (const changes of [{ item }, { item, group }]) {
    const row = showRow(changes)
    expect(need(row, 'a').getAttribute('href')).toBe(`/u/${item.owner.id}/p/${item.id}`)
    expect(row.textContent).toContain(uploadWords.held)
    expect(row.textContent).toContain(historyWords.held)
    expect(row.textContent).not.toContain(historyWords.states.ready)
  }
})

test('what lies in the trash says so, and leads to the trash from where it comes back', () => {
  const item = makeItem(1, { isTrashed: true })
  for (const changes of [{ item }, { item, group }]) {
    const row = showRow(changes)
    const links = [...row.querySelectorAll('a')].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['/you/trash'])
    expect(row.textContent).toContain(uploadWords.trashed)
    for (const text of [historyWords.states.ready, uploadWords.inGroup('Trip')])
      expect(row.textContent).not.toContain(text)
  }
})

test('what was sent to a group is found there, and named after it only', () => {
  const row = showRow({ group })
  expect(need(row, 'a').getAttribute('href')).toBe(`/g/${group.id}/p/${makeReceipt(1).mediaId}`)
  expect(row.textContent).toContain(uploadWords.inGroup('Trip'))
  expect(row.textContent).not.toContain(historyWords.states.ready)
})

test('a file that is chosen again goes to the group it was meant for, and never to the public feed', () => {
  const added: [number, Destination | null | undefined][] = []
  const shoebox = makeShoebox()
  const uploads = {
    ...shoebox.uploads,
    add: (files: readonly File[], to?: Destination | null) => Promise.resolve(added.push([files.length, to]) > 0),
  }
  const item = makeReceipt(1, { state: 'reserved', group })
  const row = show(() => <HistoryRow item={item} onCancel={() => {}} />, { ...shoebox, uploads })
  const input = need<HTMLInputElement>(row, 'input')
  Object.defineProperty(input, 'files', { value: [new File(['x'], 'a.jpg')] })
  input.dispatchEvent(new Event('change'))
  expect(added).toEqual([[1, { kind: 'group', groupId: group.id, name: 'Trip' }]])
})

test('says what a renamed file really is', () => {
  const row = showRow({ declaredType: 'image/png', detectedType: 'image/jpeg' })
  expect(row.textContent).toContain(historyWords.otherKept('PNG', 'JPEG'))
  expect(showRow({}).textContent).not.toContain('Announced as JPEG;')
})

test('a large file that did not finish says how much of it is there', () => {
  const row = showRow({
    state: 'reserved',
    declaredBytes: 40 * 2 ** 20,
    arrived: { bytes: 16 * 2 ** 20, isWhole: false },
  })
  expect(row.textContent).toContain(historyWords.arrived('16 MB', '40 MB'))
  expect(showRow({ state: 'reserved' }).textContent).not.toContain('arrived')
})

test('a large file that is there whole is being inspected, and need not be chosen again', () => {
  const row = showRow({ state: 'reserved', arrived: { bytes: 0, isWhole: true } })
  expect(row.textContent).toContain(uploadWords.states.inspecting)
  for (const text of [historyWords.states.reserved, historyWords.goOn, 'arrived'])
    expect(row.textContent).not.toContain(text)
  expect(buttonsOf(row)).toEqual([historyWords.cancel])
})

test('what did not finish can be chosen again or cancelled, what expired chosen again, what is done neither', () => {
  let cancelled = 0
  const open = showRow({ state: 'reserved' }, () => (cancelled += 1))
  expect(buttonsOf(open)).toEqual([historyWords.pickAgain, historyWords.cancel])
  open.querySelectorAll('button')[1]?.click()
  expect(cancelled).toBe(1)
  expect(buttonsOf(showRow({ state: 'expired' }))).toEqual([historyWords.pickAgain])
  for (const reason of ['processing_failed', 'owner_banned'] as const)
    expect(buttonsOf(showRow({ state: 'refused', reason }))).toEqual([historyWords.pickAgain])
  expect(buttonsOf(showRow({ state: 'refused', reason: 'image_damaged' }))).toEqual([])
  expect(buttonsOf(showRow({}))).toEqual([])
})

test('the receipt names file, exact size, types, times, result and reference', () => {
  const text = need(showRow({}), 'dl').textContent
  for (const part of ['1.jpg', '2,048 bytes', 'JPEG', historyWords.states.ready, makeReceipt(1).mediaId])
    expect(text).toContain(part)
})
