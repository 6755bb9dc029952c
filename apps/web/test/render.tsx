// Draws a component as a page would, with the parts of the app that it asks for, and takes it away after the test.
import { MemoryRouter, Route, createMemoryHistory } from '@solidjs/router'
import { render } from 'solid-js/web'
import { createRoot, type JSX } from 'solid-js'
import { onTestFinished } from 'vitest'
import { ShoeboxContext, type Shoebox } from '../src/compose.ts'
import { Feed } from '../src/feed/feed-store.ts'
import { createLikes } from '../src/feed/like-store.ts'
import type { User } from '../src/session/session.ts'
import { createUploads } from '../src/upload/uploads.ts'
import { makeFeedApi } from './make-item.ts'

/** The whole app's parts over an empty feed; nothing of it reaches a network. */
export const makeShoebox = (changes: Partial<Shoebox> & { user?: User | null } = {}): Shoebox =>
  createRoot(() => compose(changes))

function compose(changes: Partial<Shoebox> & { user?: User | null }): Shoebox {
  const api = makeFeedApi([])
  const feed = changes.feed ?? new Feed({ ...api, nowMs: () => 0 })
  const { user = null } = changes
  return {
    session: {
      user: () => user,
      isVisitor: () => user === null,
      enter: () => undefined,
      change: () => undefined,
      signOut: () => Promise.resolve(),
      expire: () => undefined,
      findOther: () => Promise.resolve(false),
    },
    feed,
    likes: createLikes({
      like: () => Promise.resolve({ liked: true, likeCount: 1 }),
      unlike: () => Promise.resolve({ liked: false, likeCount: 0 }),
      likedAmong: () => Promise.resolve({ mediaIds: [] }),
      onFailed: () => undefined,
    }),
    uploads: createUploads({
      onReady: () => undefined,
      onSignInNeeded: () => undefined,
      onUnavailable: () => undefined,
      onNoPlace: () => undefined,
      onUnfinished: () => undefined,
    }),
    ...changes,
  }
}

export function show(component: () => JSX.Element, shoebox: Shoebox = makeShoebox(), path = '/'): HTMLElement {
  const page = document.createElement('div')
  document.body.append(page)
  const history = createMemoryHistory()
  history.set({ value: path })
  const dispose = render(
    () => (
      <ShoeboxContext.Provider value={shoebox}>
        <MemoryRouter history={history}>
          <Route path="*" component={component} />
        </MemoryRouter>
      </ShoeboxContext.Provider>
    ),
    page,
  )
  onTestFinished(() => {
    dispose()
    page.remove()
  })
  return page
}

/** The element, or a failed test that says which was missing. */
export function need<E extends Element = HTMLElement>(root: ParentNode, selector: string): E {
  const element = root.querySelector<E>(selector)
  if (element === null) throw new Error(`there is no ${selector} in ${root instanceof Element ? root.innerHTML : 'it'}`)
  return element
}

export function type(input: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  input.value = text
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
