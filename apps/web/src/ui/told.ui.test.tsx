import { createSignal, Show } from 'solid-js'
import { expect, test } from 'vitest'
import { need, show } from '../../test/render.tsx'
import { Announcer } from './announcer.tsx'
import { Sheet } from './sheet.tsx'
import { ToastList } from './toast-list.tsx'
import { Told } from './told.tsx'

test('what appears on the page is read out by the one announcer, and what it changes to', () => {
  const [text, setText] = createSignal('')
  const page = show(() => (
    <>
      <Announcer isOn />
      <Show when={text()}>
        <Told class="text-soft" text={text()} />
      </Show>
    </>
  ))
  const said = () => need(page, '[aria-live]').textContent
  setText('No group of yours is called “sea”.')
  expect(said()).toBe('No group of yours is called “sea”.')
  setText('No group of yours is called “seas”.')
  expect(said()).toBe('No group of yours is called “seas”.')
  expect(page.querySelectorAll('[role=status], [aria-live]')).toHaveLength(1)
  setText('')
  expect(said()).toBe('')
})

test('over the page it is read out where nothing is behind anything, and what was said is not said again below', () => {
  const [isOpen, setOpen] = createSignal(false)
  const [text, setText] = createSignal('Nine found.')
  const page = show(() => (
    <>
      <ToastList />
      <Told class="" text={text()} />
      <Show when={isOpen()}>
        <Sheet title="" onClose={() => undefined}>
          <Told class="" text={`${text()} Once more.`} />
        </Sheet>
      </Show>
    </>
  ))
  const said = () => [...page.querySelectorAll('[aria-live]')].map((region) => region.textContent)
  expect(said()).toEqual(['Nine found.'])
  setOpen(true)
  expect(said()).toEqual(['', 'Nine found. Once more.'])
  setOpen(false)
  expect(said()).toEqual([''])
  setText('Ten found.')
  expect(said()).toEqual(['Ten found.'])
})
