import { beforeEach, expect, test } from 'vitest'
import { focusScreen } from './focus-screen.ts'

let content: HTMLElement
beforeEach(() => {
  document.body.innerHTML = '<button id="elsewhere"></button><main></main>'
  content = document.querySelector('main') as HTMLElement
})

/** What watches the page is told of changes after the code that made them. */
const told = () => new Promise((resolve) => setTimeout(resolve))
const draw = (html: string) => {
  content.innerHTML = html
  return told()
}
/** The new heading, and not one that has gone. */
const hasFocus = () => document.activeElement === content.querySelector('h1')

test('the heading of a screen that comes later has the focus', async () => {
  focusScreen(content, null)
  await draw('<h1>Groups</h1>')
  expect(hasFocus()).toBe(true)
})

test('what had the focus may go with the former screen: the new heading gets it', async () => {
  await draw('<h1>Settings</h1><button id="leave">Leave</button>')
  const leave = content.querySelector('button')
  leave?.focus()
  focusScreen(content, leave)
  await draw('<h1>Groups</h1>')
  expect(hasFocus()).toBe(true)
})

test('a heading that is taken out and put in again has the focus again', async () => {
  focusScreen(content, null)
  await draw('<h1>Groups</h1>')
  await draw('')
  await draw('<h1>Groups</h1>')
  expect(hasFocus()).toBe(true)
})

test('who has gone on meanwhile is not called back', async () => {
  focusScreen(content, null)
  await draw('<h1>Groups</h1>')
  document.querySelector<HTMLElement>('#elsewhere')?.focus()
  await draw('<h1>Group</h1>')
  expect(document.activeElement?.id).toBe('elsewhere')
})
