import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import { makeShoebox, need, show } from '../../test/render.tsx'
import { currentPlace, enterPlace, publicFeed, type Destination } from './destination.ts'
import { PickButton } from './pick-button.tsx'

const group: Destination = {
  kind: 'group',
  groupId: idFromUuid('group', '01990000-0000-7000-8000-000000000005'),
  name: 'Trip',
}
const before = location.href
beforeEach(() => history.replaceState(null, '', '/'))
afterEach(() => history.replaceState(null, '', before))

/** Enters the group as its page does; returns what leaves it. */
const enter = () =>
  createRoot((leave) => {
    enterPlace(group)
    return leave
  })

test('what is added belongs to the group at hand, and to the feed where there is none', () => {
  expect(currentPlace()).toEqual(publicFeed)
  const leave = enter()
  expect(currentPlace()).toEqual(group)
  leave()
  expect(currentPlace()).toEqual(publicFeed)
})

test('a page of a group that has not let anybody in yet takes nothing, rather than make it public', () => {
  history.replaceState(null, '', `/g/${group.kind === 'group' ? group.groupId : ''}`)
  expect(currentPlace()).toBeNull()
})

test('nothing is sent from where nothing can be added', () => {
  const shoebox = makeShoebox()
  void shoebox.uploads.add([new File(['x'], 'a.jpg', { type: 'image/jpeg' })], null)
  expect(shoebox.uploads.shown()).toEqual([])
  expect(shoebox.uploads.activeCount()).toBe(0)
})

test('files that a picker hands over late go where it was opened, not to the page that is at hand by then', () => {
  const added: (Destination | null | undefined)[] = []
  const shoebox = makeShoebox()
  const uploads = {
    ...shoebox.uploads,
    add: (_files: readonly File[], place?: Destination | null) => Promise.resolve(added.push(place) > 0),
  }
  const page = show(() => <PickButton class="button">Add</PickButton>, { ...shoebox, uploads })
  const input = need<HTMLInputElement>(page, 'input')
  input.click = () => undefined
  const leave = enter()
  need<HTMLButtonElement>(page, 'button').click()
  leave()
  Object.defineProperty(input, 'files', { value: [new File(['x'], 'a.jpg')] })
  input.dispatchEvent(new Event('change'))
  expect(added).toEqual([group])
})
