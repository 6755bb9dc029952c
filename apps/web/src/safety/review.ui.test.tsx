import { expect, test } from 'vitest'
import { makeItem } from '../../test/make-item.ts'
import { show } from '../../test/render.tsx'
import { reviewWords as words } from '../words/review-words.ts'
import { ReviewCard } from './review-card.tsx'
import type { Held } from './review-queries.ts'

const held: Held = {
  item: makeItem(1, { isHeld: true, caption: 'My garden', altText: 'Roses' }),
  reason: 'first_posts',
  removedAt: null,
  purpose: 'item',
  groupName: null,
  ownerSince: '2026-11-20T10:00:00.000Z',
  isOwn: false,
}

function showCard(changes: Partial<Held>) {
  const done: string[] = []
  const card = show(() => (
    <ReviewCard
      held={{ ...held, ...changes }}
      isChosen={false}
      onChoose={() => done.push('chosen')}
      onApprove={() => done.push('approved')}
      onRefuse={() => done.push('refused')}
    />
  ))
  const press = (name: string) =>
    [...card.querySelectorAll('button')].find((button) => button.textContent === name)?.click()
  return { card, done, press }
}

test('what waits is shown with all there is to judge it by', () => {
  const { card } = showCard({ groupName: 'Trip' })
  for (const said of ['Ada', 'Nov 20, 2026', words.reasons.first_posts, 'For Trip', 'My garden', 'Roses'])
    expect(card.textContent).toContain(said)
  expect(card.querySelector('img')?.alt).toBe('Item of Ada')
})

test('what looks like something removed says what and when', () => {
  const { card } = showCard({ reason: 'alike', removedAt: '2026-11-01T10:00:00.000Z' })
  expect(card.textContent).toContain('Looks like something removed on Nov 1, 2026')
  expect(showCard({ reason: 'alike' }).card.textContent).toContain(words.reasons.alike)
})

test('films and sounds can be played before anybody decides', () => {
  expect(showCard({ item: makeItem(1, { kind: 'video', hasPlay: true }) }).card.querySelector('video')).not.toBeNull()
  expect(showCard({ item: makeItem(1, { kind: 'audio', hasPlay: true }) }).card.querySelector('audio')).not.toBeNull()
})

test('each can be approved, refused and chosen; nobody decides of their own', () => {
  const { card, done, press } = showCard({})
  press(words.approve)
  press(words.refuse)
  card.querySelector('input')?.click()
  expect(done).toEqual(['approved', 'refused', 'chosen'])
  const own = showCard({ isOwn: true }).card
  expect(own.querySelectorAll('button, input')).toHaveLength(0)
  expect(own.textContent).toContain(words.isOwn)
})
