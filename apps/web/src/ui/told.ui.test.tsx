import { createSignal, Show } from 'solid-js'
import { expect, test } from 'vitest'
import { need, show } from '../../test/render.tsx'
import { Announcer } from './announcer.tsx'
import { Told } from './told.tsx'

test('what appears on the page is read out by the one announcer, and what it changes to', () => {
  const [text, setText] = createSignal('')
  const page = show(() => (
    <>
      <Announcer />
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
})
