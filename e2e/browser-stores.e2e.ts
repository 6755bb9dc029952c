// What the client keeps in a browser, in the real one: IndexedDB, Web Locks, and several pages of one site. The modules
// are those that ship, without the app around them.
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { journalRules } from '../apps/web/test/journal-rules.ts'
import { launchBrowser } from './browser.ts'

const origin = 'http://localhost'
const root = join(import.meta.dirname, '..')

let browser: Browser
let context: BrowserContext
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  context = await browser.newContext()
  await context.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: pageOfModules })
    const source = await readFile(join(root, pathname), 'utf8')
    const body = pathname.endsWith('.ts') ? stripTypeScriptTypes(source) : source
    await route.fulfill({ contentType: 'text/javascript', body })
  })
})
afterEach(() => context.close())

const pageOfModules = `<!doctype html>
<script type="importmap">
  { "imports": { "@shoebox/shared/": "/packages/shared/src/", "solid-js": "/apps/web/node_modules/solid-js/dist/solid.js" } }
</script>
<script type="module">
  import { film, journalRules } from '/apps/web/test/journal-rules.ts'
  import { createUploadJournal } from '/apps/web/src/upload/upload-journal.ts'
  import { Shot } from '/apps/web/src/upload/shot.ts'
  import * as keptFiles from '/apps/web/src/upload/kept-files.ts'
  const openJournal = (page, patienceMs) => createUploadJournal({ page, hold: () => undefined }, patienceMs)
  Object.assign(window, { film, journalRules, openJournal, keptFiles, Shot, journal: openJournal('this', 2000) })
</script>`

/** What the code below says is asked of the page's own modules. */
async function openPage(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(origin)
  await page.waitForFunction('window.journal')
  return page
}

test.each(journalRules.map((rule, at) => ({ ...rule, at })))('the upload journal: $name', async ({ at, expected }) => {
  const page = await openPage()
  expect(await page.evaluate(`journalRules[${at}].act(openJournal)`)).toEqual(expected)
})

const begin = 'journal.begin(film)'
const countEntries = 'journal.list().then((entries) => entries.length)'

/** In all of them at the same moment, as well as can be. */
const inEach = <T>(tabs: readonly Page[], code: string): Promise<T[]> => {
  const atMs = Date.now() + 300
  const wait = `new Promise((resolve) => setTimeout(resolve, ${atMs} - Date.now()))`
  return Promise.all(tabs.map((tab) => tab.evaluate<T>(`${wait}.then(() => ${code})`)))
}

test('two tabs that tell of the same uploads at once tell of each once', async () => {
  const tabs = [await openPage(), await openPage()] as const
  const numbers = Array.from({ length: 30 }, (_, n) => n)
  for (const n of numbers) await tabs[0].evaluate(`journal.begin({ ...film, mediaId: 'med_${n}' })`)
  for (const tab of tabs) await tab.evaluate('journal.list().then((found) => (window.entries = found))')
  const [one = [], two = []] = await inEach<boolean[]>(tabs, 'Promise.all(entries.map(journal.markTold))')
  expect(numbers.map((n) => [one[n], two[n]].filter(Boolean).length)).toEqual(numbers.map(() => 1))
})

const settle = (code: string) => `new Promise((resolve) => {
  const request = ${code}
  request.onsuccess = () => resolve('done')
  request.onblocked = () => resolve('blocked')
})`

test('no tab holds up another that deletes the journal, and goes on with a new one', async () => {
  const [page, other] = [await openPage(), await openPage()]
  await page.evaluate(begin)
  expect(await other.evaluate(settle(`indexedDB.deleteDatabase('shoebox-uploads')`))).toBe('done')
  await page.evaluate(begin)
  expect(await other.evaluate(countEntries)).toBe(1)
})

test('what is begun after somebody cleared the data of the site is remembered', async () => {
  const page = await openPage()
  await page.evaluate(begin)
  const session = await context.newCDPSession(page)
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
  await page.evaluate(`journal.begin({ ...film, mediaId: 'med_2' })`)
  expect(await page.evaluate('journal.list().then((entries) => entries.map(({ mediaId }) => mediaId))')).toEqual([
    'med_2',
  ])
})

test('a tab of a later version that wants another database is not held up, and this one remembers nothing', async () => {
  const [page, later] = [await openPage(), await openPage()]
  await page.evaluate(begin)
  expect(await later.evaluate(settle(`indexedDB.open('shoebox-uploads', 2)`))).toBe('done')
  await page.evaluate(begin)
  expect(await page.evaluate(`journal.find(film.file, film.destination)`)).toEqual([])
})

test('where another tab holds the database up for ever, no file waits for it longer than the journal is patient', async () => {
  const [page, holding, waiting] = [await openPage(), await openPage(), await openPage()]
  await page.evaluate(begin)
  expect(await holding.evaluate(settle(`indexedDB.open('shoebox-uploads', 1)`))).toBe('done')
  expect(await waiting.evaluate(settle(`indexedDB.open('shoebox-uploads', 2)`))).toBe('blocked')
  expect(await page.evaluate(`openJournal('this', 200).list()`)).toEqual([])
  expect(await page.evaluate(`openJournal('this', 200).markTold({ mediaId: film.mediaId })`)).toBe(false)
})

const keep = (name: string, bytes = `'bytes of ${name}'`) => `keptFiles.keepFile({
  userId: 'usr_1', file: new Shot([${bytes}], '${name}'), destination: film.destination, mediaId: null, language: 'en'
})`
const namesOf = (code: string) => `${code}.then((files) => files.map(({ file }) => file.name))`
const take = namesOf(`keptFiles.takeKept('usr_1')`)
const untilNobodyOwns = (page: Page) =>
  pollUntil(() => page.evaluate<boolean>('navigator.locks.query().then(({ held }) => held.length === 0)'), {
    what: 'the locks of the closed page to go',
  })

const listReservations = 'keptFiles.listKept().then((files) => files.map(({ id, mediaId }) => [id, mediaId]))'
const readAll = 'keptFiles.listKept().then((files) => Promise.all(files.map(({ file }) => file.text())))'

/** As the first version kept files: a reservation stood with the bytes. */
const keepAsBefore = (name: string, mediaId: string | null) => `new Promise((resolve, reject) => {
  const opening = indexedDB.open('shoebox-kept', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('files', { keyPath: 'id', autoIncrement: true })
  opening.onerror = reject
  opening.onsuccess = () => {
    const writing = opening.result.transaction('files', 'readwrite')
    const file = new File(['bytes of ${name}'], '${name}')
    const kept = { userId: 'usr_1', file, destination: film.destination, mediaId: ${JSON.stringify(mediaId)}, language: 'en' }
    writing.objectStore('files').add(kept)
    writing.oncomplete = () => {
      opening.result.close()
      resolve()
    }
  }
})`

test('what a page of an earlier version kept is taken in its reservation, noted anew, and let go of', async () => {
  const page = await openPage()
  for (const [name, mediaId] of Object.entries({ 'a.jpg': 'med_1', 'b.jpg': 'med_2', 'c.jpg': null }))
    await page.evaluate(keepAsBefore(name, mediaId))
  expect(await page.evaluate(take)).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
  expect(await page.evaluate(keep('new.jpg'))).toBe(4)
  await page.evaluate(`keptFiles.noteReservation(1, null)`)
  await page.evaluate(`keptFiles.noteReservation(3, 'med_3')`)
  expect(await page.evaluate(listReservations)).toEqual([
    [1, null],
    [2, 'med_2'],
    [3, 'med_3'],
    [4, null],
  ])
  await page.evaluate('keptFiles.dropKept(3)')
  expect(await page.evaluate(readAll)).toEqual(['bytes of a.jpg', 'bytes of b.jpg', 'bytes of new.jpg'])
  await page.evaluate('keptFiles.forgetKept()')
  expect(await page.evaluate(listReservations)).toEqual([])
})

test('of the files that a closed page kept, each goes to one of the tabs that take them at once, with its bytes', async () => {
  const [gone, ...tabs] = [await openPage(), await openPage(), await openPage()] as const
  const names = Array.from({ length: 20 }, (_, n) => `${n}.jpg`)
  for (const name of names) await gone.evaluate(keep(name))
  expect(await tabs[0].evaluate(take)).toEqual([])
  await gone.close()
  await untilNobodyOwns(tabs[0])
  await tabs[0].evaluate(keep('own.jpg'))
  expect(await tabs[0].evaluate(namesOf(`keptFiles.takeKept('usr_2')`))).toEqual([])
  const taken = await inEach<string[]>(tabs, take)
  expect(taken.flat().toSorted()).toEqual(names.toSorted())
  expect(await tabs[1].evaluate(readAll)).toEqual([...names, 'own.jpg'].map((name) => `bytes of ${name}`))
})

test('what a worker did not send is free when it lets go, and what was dropped is never taken', async () => {
  const [worker, page] = [await openPage(), await openPage()]
  const sent = await worker.evaluate<number>(keep('sent.jpg'))
  await worker.evaluate(keep('left.jpg'))
  await worker.evaluate(`keptFiles.dropKept(${sent})`)
  expect(await page.evaluate(take)).toEqual([])
  await worker.evaluate('keptFiles.letGo()')
  expect(await page.evaluate(take)).toEqual(['left.jpg'])
  expect(await worker.evaluate(take)).toEqual([])
})

test('on a device without room the next page takes what is kept, in its reservations or without', async () => {
  const [gone, page] = [await openPage(), await openPage()]
  const session = await context.newCDPSession(page)
  const allow = (quotaSize: number) => session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  await allow(20 * 2 ** 20)
  const kept: string[] = []
  const tryKeep = async (name: string) =>
    (await gone.evaluate(keep(name, `crypto.getRandomValues(new Uint8Array(65_536)), new Uint8Array(4 * 2 ** 20)`))) !==
    null
  while (await tryKeep(`${kept.length}.jpg`)) kept.push(`${kept.length}.jpg`)
  expect(kept.length).toBeGreaterThan(1)
  await gone.close()
  await untilNobodyOwns(page)
  expect(await page.evaluate(take)).toEqual(kept)
  // Room for a note and not for a file: the files may have taken more than they were allowed.
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin })
  await allow(usage + 2 ** 20)
  await page.evaluate(`keptFiles.noteReservation(1, 'med_1')`)
  expect(await page.evaluate(namesOf('keptFiles.listKept()'))).toEqual(kept)
  expect(await page.evaluate(listReservations)).toEqual([[1, 'med_1'], ...kept.slice(1).map((_, i) => [i + 2, null])])
})

test('a kept file that was let go of does not come back with its reservation', async () => {
  const page = await openPage()
  const id = await page.evaluate<number>(keep('one.jpg'))
  const other = await page.evaluate<number>(keep('two.jpg'))
  await page.evaluate(`keptFiles.dropKept(${id})`)
  for (const each of [id, other]) await page.evaluate(`keptFiles.noteReservation(${each}, 'med_1')`)
  expect(await page.evaluate(listReservations)).toEqual([[other, 'med_1']])
})
