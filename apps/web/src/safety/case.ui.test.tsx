import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { need, show } from '../../test/render.tsx'
import { deskWords } from '../words/desk-words.ts'
import { CaseRow } from './case-row.tsx'
import { decisionsFor, type Case } from './decide.ts'
import { Evidence } from './evidence.tsx'
import { watchQueueKeys } from './queue-keys.ts'

const kept = {
  kind: 'image',
  isWaiting: false,
  hasPicture: true,
  hasPlay: false,
  delivery: { base: 'https://media.test/e/evd_1', query: 'Policy=x', expiresAt: '2026-06-15T12:15:00.000Z' },
} as const

const makeCase = (changes: Partial<Case> = {}): Case => ({
  id: numberedId('case', 1),
  subjectKind: 'item',
  person: { id: numberedId('user', 1), name: 'Ann', isGone: false },
  mediaId: numberedId('media', 1),
  isInGroup: true,
  groupName: 'Alps',
  text: '',
  altText: '',
  state: 'open',
  openedAt: '2026-06-15T12:00:00.000Z',
  lastReportedAt: '2026-06-15T12:00:00.000Z',
  decidedAt: null,
  decidedBy: null,
  decisionNote: '',
  reportCount: 2,
  reasons: ['hate', 'spam'],
  isOwn: false,
  evidence: kept,
  ...changes,
})

test('only what is possible is offered, and nothing of one’s own', () => {
  expect(decisionsFor(makeCase())).toEqual(['dismiss', 'quarantine', 'remove'])
  expect(decisionsFor(makeCase({ state: 'quarantined' }))).toEqual(['restore', 'remove'])
  expect(decisionsFor(makeCase({ subjectKind: 'comment', evidence: null }))).toEqual(['dismiss', 'remove'])
  expect(decisionsFor(makeCase({ subjectKind: 'person' }))).toEqual(['dismiss', 'remove'])
  expect(decisionsFor(makeCase({ subjectKind: 'person', evidence: null }))).toEqual(['dismiss'])
  for (const state of ['dismissed', 'restored', 'removed', 'warned', 'banned'] as const)
    expect(decisionsFor(makeCase({ state }))).toEqual([])
  expect(decisionsFor(makeCase({ isOwn: true }))).toEqual([])
})

test('a row says whose it is, where, why and how many reported it', () => {
  const row = show(() => (
    <CaseRow case={makeCase()} isOpen={false} isChosen={false} onOpen={() => {}} onChoose={() => {}} />
  ))
  expect(row.textContent).toContain('Item of Ann in Alps')
  expect(row.textContent).toContain('Hate, Spam or deception')
  expect(row.textContent).toContain('2 reports')
  expect(need(row, 'img').getAttribute('src')).toBe('https://media.test/e/evd_1/preview.webp?Policy=x')
})

test('evidence is a picture, a film or a sound, on its way, or nothing', () => {
  const draw = (changes: object) => show(() => <Evidence evidence={{ ...kept, ...changes }} name="Item" />)
  expect(draw({}).querySelector('img')).not.toBeNull()
  expect(need(draw({ kind: 'video', hasPlay: true }), 'video').getAttribute('poster')).toContain('/preview.webp?')
  expect(need(draw({ kind: 'audio', hasPlay: true, hasPicture: false }), 'audio').getAttribute('src')).toContain(
    '/play?',
  )
  expect(draw({ isWaiting: true, delivery: null }).textContent).toBe(deskWords.copying)
  expect(draw({ hasPicture: false }).textContent).toBe(deskWords.noEvidence)
})

test('a key means a decision, and nothing while somebody types', () => {
  const heard: string[] = []
  const note = (what: string) => () => void heard.push(what)
  const page = show(() => {
    watchQueueKeys({
      step: (by) => heard.push(`step ${by}`),
      choose: note('choose'),
      decide: (decision) => heard.push(decision),
      close: note('close'),
      help: note('help'),
    })
    return <textarea />
  })
  const press = (key: string, target: EventTarget = document.body) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  for (const key of ['j', 'k', 'x', 'd', 'q', 'r', 'Delete', 'Escape', '?', 'z']) press(key)
  press('d', need(page, 'textarea'))
  expect(heard.join(', ')).toBe('step 1, step -1, choose, dismiss, quarantine, restore, remove, close, help')
})
