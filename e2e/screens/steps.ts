// The few steps that lead to a state, as rows name them.
import type { Page, Route } from 'playwright-core'

type Step = (page: Page) => Promise<void>

export const inTurn =
  (...steps: readonly Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page)
  }

export const press =
  (name: string | RegExp): Step =>
  (page) =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .filter({ visible: true })
      .first()
      .click()

export const hasButton =
  (name: string): Step =>
  (page) =>
    page.getByRole('button', { name, exact: true }).waitFor()

export const type =
  (label: string, text: string): Step =>
  (page) =>
    page.getByLabel(label, { exact: true }).first().fill(text)

export const key =
  (name: string): Step =>
  (page) =>
    page.keyboard.press(name)

export const see =
  (text: string | RegExp): Step =>
  (page) =>
    page.getByText(text).filter({ visible: true }).first().waitFor()

async function lay(page: Page, names: readonly string[], answer: (route: Route) => unknown): Promise<void> {
  await page.route((url) => names.some((name) => url.pathname === `/api/trpc/${name}`), answer)
}

/** These procedures never answer. */
export const hold =
  (...names: readonly string[]): Step =>
  (page) =>
    lay(page, names, () => undefined)

/** This one answers so, and nobody is asked. */
export const answerWith =
  (name: string, data: unknown): Step =>
  (page) =>
    lay(page, [name], (route) => route.fulfill({ json: { result: { data } } }))

/** These fail as they do when something of ours is broken. */
export const fail =
  (...names: readonly string[]): Step =>
  (page) =>
    lay(page, names, (route) => refuse(route, { status: 500, code: 'INTERNAL_SERVER_ERROR' }))

/** This one is refused with a code of ours. */
export const refuseWith =
  (name: string, refusal: { readonly code: string; readonly [detail: string]: unknown }, status = 403): Step =>
  (page) =>
    lay(page, [name], (route) => refuse(route, { status, code: 'FORBIDDEN', refusal }))

function refuse(route: Route, { status, code, refusal }: { status: number; code: string; refusal?: { code: string } }) {
  const data = { code, httpStatus: status, requestId: null, ...(refusal !== undefined && { refusal }) }
  return route.fulfill({ status, json: { error: { code: -32003, message: refusal?.code ?? code, data } } })
}

/** As the browser tells it; what was on its way still comes. */
export const goOffline: Step = (page) =>
  page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    dispatchEvent(new Event('offline'))
  })
