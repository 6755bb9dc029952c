// What the browser journeys share: one whole system and one browser per file, its database cloned from the run's
// template, and the steps that many journeys begin with. Everything a page complains about is kept, so that a journey can end by expecting silence.
import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import type { StackOptions } from '@shoebox/local/stack-options.ts'
import { startStack, type Stack } from '@shoebox/local/stack.ts'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { cloneDatabase, type ClonedDatabase } from '@shoebox/testing/template-database.ts'
import { launchBrowser } from './browser.ts'
import { addPerson, takeSession, type Person } from './new-person.ts'

export type { Person } from './new-person.ts'

export type Journey = {
  readonly stack: Stack
  readonly browser: Browser
  /** Console errors, uncaught exceptions and policy violations of all pages so far. */
  readonly complaints: string[]
  /** A page of a browser that has never been here. */
  openPage(path?: string, options?: BrowserContextOptions): Promise<Page>
  /** Gives the page's browser to somebody who has just signed up, and leaves it on the feed. */
  enterAs(page: Page, name: string): Promise<Person>
  /** The same by the form and with the code from the inbox, where that is what the journey is about. */
  signUp(page: Page, name: string): Promise<Person>
  readCode(email: string, mailsBefore?: number): Promise<string>
  /** Until every procedure that the page called has answered. */
  untilAnswered(page: Page): Promise<void>
  stop(): Promise<void>
}

export type JourneyOptions = {
  readonly stack?: Omit<StackOptions, 'parts' | 'databaseUrl'>
  readonly browserFlags?: readonly string[]
  /** A benchmark brings its own. */
  readonly database?: ClonedDatabase
}

export async function startJourney(options: JourneyOptions = {}): Promise<Journey> {
  const database = options.database ?? (await cloneDatabase())
  const [stack, browser] = await Promise.all([
    // Most journeys use two or three of the functions: none is started before it is needed.
    startStack({ warm: options.database !== undefined, ...options.stack, databaseUrl: database.url }),
    launchBrowser({ flags: options.browserFlags }),
  ])
  const complaints: string[] = []
  const calls = new WeakMap<Page, ReadonlySet<Request>>()
  const { db, end } = databaseRows(stack.postgres.url, new Date())
  let networks = 0

  async function openPage(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    // Without the worker that keeps pictures: what it fetches passes by the routes that journeys lay.
    const usual = { viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' } as const
    const context = await browser.newContext({ ...usual, ...options })
    networks += 1
    const network = `198.51.100.${networks}`
    // Every browser stands in a network of its own, as people do: codes are limited by network too. Cloudflare says which.
    await context.route('**/api/trpc/account.*', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'cf-connecting-ip': network } }),
    )
    const page = await context.newPage()
    calls.set(page, watchCalls(page))
    // Chromium hands over pickers only once it was told to, and a press that comes before that opens none.
    page.on('filechooser', () => undefined)
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      // A refused call is logged by the browser itself as a failed resource; whether that was right is the journey's matter.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(`${page.url()}: ${message.text()}`)
    })
    await page.goto(stack.siteOrigin + path)
    return page
  }

  const readCode = (email: string, mailsBefore = 0): Promise<string> =>
    pollUntil(
      () => {
        const mails = stack.ses.mails(email)
        return mails.length > mailsBefore ? (/\b\d{6}\b/.exec(mails[0]?.text ?? '')?.[0] ?? null) : null
      },
      { timeoutMs: 20_000, what: `a code for ${email}` },
    )

  async function enterAs(page: Page, name: string): Promise<Person> {
    const { person, token } = await addPerson((statement, values) => db.$client.query(statement, [...values]), name)
    await enterWith(page, stack.siteOrigin, token)
    return person
  }

  async function signUp(page: Page, name: string): Promise<Person> {
    const person = { name, email: `${randomUUID()}@example.org`, password: 'a few plain words' }
    await page.goto(`${stack.siteOrigin}/sign-up`)
    await fillSignUp(page, person)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Six-digit code').fill(await readCode(person.email))
    await page.getByRole('heading', { name: 'Feed', exact: true }).waitFor()
    return person
  }

  return {
    stack,
    browser,
    complaints,
    openPage,
    enterAs,
    signUp,
    readCode,
    untilAnswered: (page) => untilNone(calls.get(page)),
    async stop() {
      await browser.close()
      await end()
      await stack.stop()
      await database.drop()
    },
  }
}

async function untilNone(calls: ReadonlySet<Request> | undefined): Promise<void> {
  let quiet = 0
  // One answer may lead to the next question.
  const isQuiet = () => (quiet = calls?.size === 0 ? quiet + 1 : 0) > 5
  await pollUntil(isQuiet, { what: 'the answers' })
}

/** The calls of a page that are not answered yet. What is told as it happens is none: it never ends. */
export function watchCalls(page: Page): Set<Request> {
  const calls = new Set<Request>()
  page.on('request', (request) => {
    if (request.url().includes('/api/trpc/')) calls.add(request)
  })
  page.on('requestfinished', (request) => void calls.delete(request))
  page.on('requestfailed', (request) => void calls.delete(request))
  return calls
}

export async function fillSignUp(page: Page, person: Person, again = person.password): Promise<void> {
  await page.getByLabel('Name').fill(person.name)
  await page.getByLabel('Email').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByLabel('Password again').fill(again)
  await page.getByRole('checkbox', { name: 'I accept the terms' }).check()
}

async function enterWith(page: Page, siteOrigin: string, token: string): Promise<void> {
  await takeSession(page.context(), siteOrigin, token)
  await page.goto(siteOrigin)
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'You' }).waitFor()
}

export type ChosenFile = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

/** As if chosen in the picker that the page's "Add photos" opens. */
export async function chooseFiles(page: Page, files: readonly ChosenFile[]): Promise<void> {
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add photos' }).first().click()
  await (await picker).setFiles([...files])
}

/** The row of a file in the upload panel. */
export const uploadRow = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name })

/** The tiles of the grid by whose they are. */
export const tilesBy = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Photos, newest first' }).getByRole('link', { name: `Photo by ${name}` })
