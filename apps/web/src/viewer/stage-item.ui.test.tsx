import { expect, test } from 'vitest'
import type { LocationPolicy } from '@shoebox/shared/groups/policies.ts'
import { makeItem } from '../../test/make-item.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import type { FeedItem } from '../feed/feed-item.ts'
import { GalleryContext, type Gallery } from '../gallery/use-gallery.ts'
import type { User } from '../session/session.ts'
import { StageItem } from './stage-item.tsx'

const film = { kind: 'video', type: 'video/matroska' } as const
const ada = makeItem(1).owner as User
const ben: User = {
  id: 'usr_01990000-0000-7000-8000-000000000002' as User['id'],
  name: 'Ben',
  email: 'ben@example.org',
}

function open(changes: Partial<FeedItem>, user: User | null, locationPolicy?: LocationPolicy): HTMLElement {
  const item = makeItem(1, changes)
  const gallery =
    locationPolicy &&
    ({ locationPolicy: () => locationPolicy } satisfies Partial<Gallery> as Partial<Gallery> as Gallery)
  const nothing = () => undefined
  const stage = () => (
    <GalleryContext.Provider value={gallery}>
      <StageItem
        item={item}
        renew={() => Promise.resolve(item.delivery)}
        boxRef={nothing}
        onShown={nothing}
        onPlayback={nothing}
      />
    </GalleryContext.Provider>
  )
  return show(stage, makeShoebox({ user }))
}

const said = (page: HTMLElement) => need(page, '[role=alert]').textContent

test.each([
  ['its owner', ada, undefined],
  ['its owner in a group', ada, 'strip'],
  ['a member of a group that keeps places', ben, 'keep'],
] as const)('a film without a copy to play keeps its picture, says so, and is downloaded by %s', (_, user, policy) => {
  const page = open(film, user, policy)
  expect(need<HTMLImageElement>(page, 'img').alt).toBe('Video by Ada')
  expect(said(page)).toContain('This video cannot be played here. It is stored safely. Download it')
  expect(need(page, '[role=alert] button').textContent).toBe('Download')
})

test.each([
  ['a visitor', null, undefined],
  ['somebody else', ben, undefined],
  ['a member of a group that strips places', ben, 'strip'],
  ['a member of a group that shows the city', ben, 'coarse'],
] as const)('%s is told who alone has such a film, and offered nothing that would be refused', (_, user, policy) => {
  const page = open(film, user, policy)
  expect(said(page)).toContain('This video cannot be played here.')
  expect(said(page)).toContain('only Ada can download it')
  expect(page.querySelector('[role=alert] :is(a, button)')).toBeNull()
})

test('a sound without a copy to play says so too, with its cover or without one', () => {
  for (const hasPoster of [true, false]) {
    const page = open({ kind: 'audio', type: 'audio/flac', hasPoster }, ada)
    expect(page.querySelector('img') !== null).toBe(hasPoster)
    expect(said(page)).toContain('This audio file cannot be played here.')
  }
})

test('a picture says nothing of the kind', () => {
  const page = open({}, ada)
  expect(page.querySelector('img')).not.toBeNull()
  expect(page.querySelector('[role=alert]')).toBeNull()
})
