import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { acceptedFolder } from './compare-shots.ts'
import { listShots, screens } from './screens.ts'
import { pagePath, writePage } from './show-screens.ts'

const files = () => readdirSync(acceptedFolder).toSorted()

/** Every path that shows something, with those it lies in; one that only leads on shows nothing. */
function readRoutes(): string[] {
  const app = readFileSync(new URL('../../apps/web/src/app.tsx', import.meta.url), 'utf8')
  const routes: string[] = []
  let outer = ''
  for (const line of app.split('\n').map((text) => text.trim())) {
    const path = /^<Route path="([^"]+)"/.exec(line)?.[1]
    if (line === '</Route>') outer = ''
    if (path === undefined || line.includes('<Navigate')) continue
    if (line.endsWith('/>')) routes.push(outer === '' ? path : `${outer}${path}`.replace('//', '/'))
    else outer = path
  }
  return routes.map((route) => (route.length > 1 ? route.replace(/\/$/, '') : route))
}

test('every screen of the app has a picture', () => {
  const routes = readRoutes()
  expect(routes.length).toBeGreaterThan(35)
  const pictured = new Set(screens.map(({ route }) => route))
  expect(routes.filter((route) => !pictured.has(route))).toEqual([])
  expect([...pictured].filter((route) => !routes.includes(route))).toEqual([])
})

test('no two rows have one name', () => {
  const names = screens.map(({ name }) => name)
  expect(names).toEqual([...new Set(names)])
})

test('the accepted pictures are those of the table: none is missing, none is left over', () => {
  expect(files()).toEqual(
    listShots()
      .map((name) => `${name}.webp`)
      .toSorted(),
  )
})

test('there are at most 150 of them, of 6 MB in all', () => {
  expect(listShots().length).toBeLessThanOrEqual(150)
  const bytes = files().reduce((sum, file) => sum + statSync(join(acceptedFolder, file)).size, 0)
  expect(bytes).toBeLessThan(6 * 2 ** 20)
})

test('the page that shows them is up to date', () => {
  expect(readFileSync(pagePath, 'utf8')).toBe(writePage())
})
