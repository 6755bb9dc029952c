import { expect, test } from 'vitest'
import { need, show, type } from '../../test/render.tsx'
import { AddComment } from './add-comment.tsx'

/** Types a comment, sends it with the button, and answers it when told to. */
function send() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const page = show(() => (
    <>
      <AddComment add={() => promise} />
      <button id="elsewhere" />
    </>
  ))
  const box = need<HTMLTextAreaElement>(page, 'textarea')
  type(box, 'What a lake!')
  need(page, '[type=submit]').focus()
  need(page, '[type=submit]').click()
  return { page, box, resolve, reject }
}

test('gives the focus back to the box when the button is gone with what it sent', async () => {
  const { box, resolve } = send()
  resolve()
  await expect.poll(() => box.value).toBe('')
  expect(document.activeElement).toBe(box)
})

test('leaves the focus with somebody who has gone on before the answer came', async () => {
  const { page, box, resolve } = send()
  need(page, '#elsewhere').focus()
  resolve()
  await expect.poll(() => box.value).toBe('')
  expect(document.activeElement).toBe(need(page, '#elsewhere'))
})

test('keeps what was typed while the last comment was on its way', async () => {
  const { page, box, resolve } = send()
  type(box, 'What a lake! And')
  resolve()
  await expect.poll(() => need<HTMLButtonElement>(page, '[type=submit]').disabled).toBe(false)
  expect(box.value).toBe('What a lake! And')
})

test('keeps what could not be sent, and says why', async () => {
  const { page, box, reject } = send()
  reject(new TypeError('Failed to fetch'))
  await expect.poll(() => page.querySelector('[role=alert]')?.textContent).toBeTruthy()
  expect(box.value).toBe('What a lake!')
  expect(document.activeElement).toBe(box)
})
