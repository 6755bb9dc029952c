// What a screen reader would say, read from the browser's own accessibility tree, and a walk by keyboard alone that
// writes down what was done and heard. No pointer is ever used.
import type { CDPSession, Page } from 'playwright-core'
import { pollUntil } from '@shoebox/testing/poll-until.ts'

/** More stops than any of our screens has between two things. */
const stopsMax = 60

type Row = { readonly done: string; heard: string[] }

/** Remembers what live regions say, as long as nothing modal lies over them. Runs before the page's own scripts. */
function listenAloud(): void {
  const aloud: string[] = []
  Object.assign(globalThis, { aloud })
  const regions = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]'
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement
      const region = element?.closest(regions)
      const modal = [...document.querySelectorAll('dialog[open]')].at(-1)
      const text = region?.textContent?.trim() ?? ''
      if (text !== '' && (modal === undefined || modal.contains(region ?? null))) aloud.push(text)
    }
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

const states = ['checked', 'pressed', 'expanded', 'invalid', 'required', 'disabled'] as const

export class ScreenReader {
  readonly #page: Page
  readonly #session: CDPSession

  private constructor(page: Page, session: CDPSession) {
    this.#page = page
    this.#session = session
  }

  /** The page is opened again, so that it is listened to from its beginning. */
  static async listen(page: Page, url: string): Promise<ScreenReader> {
    await page.addInitScript(listenAloud)
    const session = await page.context().newCDPSession(page)
    await session.send('Accessibility.enable')
    await page.goto(url)
    return new ScreenReader(page, session)
  }

  /** What has the focus: its role, name and states, e.g. `checkbox “I accept the terms”, not checked`. */
  async focused(): Promise<string> {
    const { result } = await this.#session.send('Runtime.evaluate', { expression: 'document.activeElement' })
    if (result.objectId === undefined) return 'nothing'
    const { nodes } = await this.#session.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId,
      fetchRelatives: false,
    })
    const [node] = nodes
    const value = (name: string): string => {
      const found: unknown = node?.properties?.find((property) => property.name === name)?.value.value
      return typeof found === 'string'
        ? found
        : typeof found === 'boolean' || typeof found === 'number'
          ? `${found}`
          : ''
    }
    const said = states.flatMap((name) => {
      const state = value(name)
      if (name === 'checked' || name === 'pressed')
        return state === 'true' ? [name] : state === 'false' ? [`not ${name}`] : []
      if (name === 'expanded') return state === 'true' ? ['expanded'] : state === 'false' ? ['collapsed'] : []
      return state === 'true' ? [name] : []
    })
    const level = value('level')
    const role = String(node?.role?.value ?? 'nothing') + (level === '' ? '' : ` ${level}`)
    const described = String(node?.description?.value ?? '')
    return [`${role} “${String(node?.name?.value ?? '')}”`, ...said, ...(described === '' ? [] : [described])].join(
      ', ',
    )
  }

  /** Waits until something is said by itself. */
  said(text: string): Promise<true> {
    const ask = (wanted: string) => (Reflect.get(globalThis, 'aloud') as string[]).some((said) => said.includes(wanted))
    return pollUntil(() => this.#page.evaluate(ask, text), { timeoutMs: 30_000, what: `“${text}” to be said` })
  }
}

/** How the focus is seen. Null where it is not: no outline, too thin, or too close to what it lies on. */
export function findFocusRing(): { contrast: number; widthPx: number } | null {
  const read = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number)
  const light = ([red = 0, green = 0, blue = 0]: number[]) => {
    const part = (value: number) => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
  }
  const groundOf = (element: Element): number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const color = read(getComputedStyle(at).backgroundColor)
      if (color.length === 3 || (color[3] ?? 0) > 0.5) return color
    }
    return [255, 255, 255]
  }
  let found: { contrast: number; widthPx: number } | null = null
  // A card or the label of a hidden box wears the ring for what is inside it.
  for (let at = document.activeElement, up = 0; at !== null && up < 4; at = at.parentElement, up += 1) {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(at)
    const widthPx = Number.parseFloat(outlineWidth)
    if (outlineStyle === 'none' || widthPx < 2) continue
    const isInside = Number.parseFloat(outlineOffset) < 0
    const [one, other] = [light(read(outlineColor)), light(groundOf(isInside ? at : (at.parentElement ?? at)))]
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (found === null || contrast > found.contrast) found = { contrast, widthPx }
  }
  return found
}

export type Key = 'Tab' | 'Shift+Tab'

/** Goes through pages and writes its own record. */
export class Walk {
  readonly #lines: string[] = []
  #row: Row = { done: '', heard: [] }
  /** Stops where the focus could not be seen. */
  readonly unseen: string[] = []
  readonly page: Page
  readonly reader: ScreenReader

  constructor(page: Page, reader: ScreenReader) {
    this.page = page
    this.reader = reader
  }

  chapter(title: string): void {
    this.#close()
    this.#lines.push('', `## ${title}`, '', '| what is done | what is heard |', '| --- | --- |')
  }

  /** Does something and begins a row of the record. */
  async do(what: string, work: () => Promise<unknown>): Promise<void> {
    this.#close()
    this.#row = { done: what, heard: [] }
    await work()
  }

  press(key: string): Promise<void> {
    return this.do(`\`${key}\``, () => this.page.keyboard.press(key))
  }

  type(text: string, shown = text): Promise<void> {
    return this.do(`types “${shown}”`, () => this.page.keyboard.type(text))
  }

  /** Presses Tab until this is heard, and looks at each stop whether the focus can be seen. */
  async tab(heard: string, key: Key = 'Tab'): Promise<void> {
    await this.do(`\`${key}\` until`, async () => {
      for (let stops = 0; stops < stopsMax; stops += 1) {
        await this.page.keyboard.press(key)
        const now = await this.reader.focused()
        await this.#lookAtRing(now)
        if (now.startsWith(heard)) return
      }
      throw new Error(`${key} never came to ${heard}; it stands at ${await this.reader.focused()}`)
    })
    await this.hears(heard)
  }

  async #lookAtRing(stop: string): Promise<void> {
    // The page itself, past its last stop.
    if (/^(RootWebArea|none)/.test(stop)) return
    const ring = await this.page.evaluate(findFocusRing)
    if (ring === null || ring.contrast < 3) this.unseen.push(`${new URL(this.page.url()).pathname}: ${stop}`)
  }

  /** What has the focus comes to be this; written down with all its states. */
  async hears(start: string): Promise<void> {
    const heard = await pollUntil(
      async () => {
        const now = await this.reader.focused()
        return now.startsWith(start) ? now : null
      },
      { timeoutMs: 30_000, what: `the focus on ${start}` },
    ).catch(async (error: unknown) => {
      throw new Error(`the focus stands at ${await this.reader.focused()}`, { cause: error })
    })
    // A dialog is named before what has the focus in it.
    const title = await this.page.evaluate(() => {
      const label = document.activeElement?.parentElement?.closest('dialog')?.getAttribute('aria-labelledby')
      return label == null ? null : (document.getElementById(label)?.textContent ?? null)
    })
    this.#row.heard.push(title === null ? heard : `dialog “${title}”, ${heard}`)
  }

  async says(text: string): Promise<void> {
    await this.reader.said(text)
    this.#row.heard.push(`says: ${text}`)
  }

  async title(title: string): Promise<void> {
    await pollUntil(async () => (await this.page.title()) === title, { what: `the title ${title}`, timeoutMs: 30_000 })
    this.#row.heard.push(`page “${title}”`)
  }

  #close(): void {
    if (this.#row.done !== '') this.#lines.push(`| ${this.#row.done} | ${this.#row.heard.join('; ')} |`)
    this.#row = { done: '', heard: [] }
  }

  /** The record, as Markdown. */
  write(): string {
    this.#close()
    return `${this.#lines.join('\n').trim()}\n`
  }
}
