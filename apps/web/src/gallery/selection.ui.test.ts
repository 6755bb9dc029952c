import { createRoot } from 'solid-js'
import { expect, onTestFinished, test } from 'vitest'
import { mediaIdOf } from '../../test/make-item.ts'
import { createSelection } from './selection.ts'

const ids = [1, 2, 3, 4, 5].map((n) => mediaIdOf(n))

const open = () =>
  createRoot((dispose) => {
    onTestFinished(dispose)
    const selection = createSelection((from, to) => ids.slice(ids.indexOf(from), ids.indexOf(to) + 1))
    return { selection, shown: () => ids.map((id) => selection.wouldTake(id)) }
  })

const shift = (type: 'keydown' | 'keyup', isRepeated = false) =>
  document.dispatchEvent(new KeyboardEvent(type, { key: 'Shift', repeat: isRepeated }))

const nothing = ids.map(() => false)

test('shift shows what a click would take under a pointer that is there already, until it is let go', () => {
  const { selection, shown } = open()
  selection.toggle(ids[1]!)
  selection.hover(ids[3]!, false)
  expect(shown()).toEqual(nothing)
  shift('keydown')
  shift('keydown', true)
  expect(shown()).toEqual([false, true, true, true, false])
  selection.hover(null, false)
  selection.hover(ids[4]!, true)
  expect(shown()).toEqual([false, true, true, true, true])
  shift('keyup')
  expect(shown()).toEqual(nothing)
})

test('nothing is shown while nothing is chosen, beside every item, or after the window lost the key', () => {
  const { selection, shown } = open()
  selection.hover(ids[3]!, false)
  shift('keydown')
  expect(shown(), 'there is nothing to go on from').toEqual(nothing)
  selection.toggle(ids[1]!)
  selection.hover(null, false)
  shift('keydown')
  expect(shown(), 'no item is under the pointer').toEqual(nothing)
  selection.hover(ids[3]!, true)
  expect(shown()).not.toEqual(nothing)
  dispatchEvent(new Event('blur'))
  expect(shown()).toEqual(nothing)
})
