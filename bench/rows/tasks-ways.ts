// The shortest way of each of B18's tasks through our client, as a hand goes it.
import type { Locator, Page } from 'playwright-core'
import type { ChosenFile, Person } from '@shoebox/e2e/journey.ts'

export const tiles = (page: Page): Locator => page.getByRole('list', { name: 'Photos, newest first' }).getByRole('link')
const checks = (page: Page) => page.getByRole('list', { name: 'Photos, newest first' }).getByRole('checkbox')

export async function signIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Sign in' }).click()
  const address = page.getByLabel('Email')
  await address.waitFor()
  if (!(await address.evaluate((field) => field === document.activeElement))) await address.click()
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'You', exact: true }).waitFor()
}

export async function openGroup(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Groups' }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, exact: true, level: 1 }).waitFor()
}

/** As if chosen in the picker, which is the same for everybody. */
export async function addPhotos(page: Page, files: readonly ChosenFile[]): Promise<void> {
  const picker = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add photos' }).first().click()
  // Two dozen large files take their time to reach the browser.
  await (await picker).setFiles([...files], { timeout: 120_000 })
}

export async function view(page: Page, steps: number): Promise<void> {
  await tiles(page).first().click()
  const picture = page.getByRole('dialog').getByRole('img').first()
  await picture.waitFor()
  for (let step = 0; step < steps; step += 1) {
    const before = page.url()
    await page.keyboard.press('ArrowRight')
    await page.waitForURL((url) => url.href !== before)
    await picture.waitFor()
    // As long as somebody looks: what is flown past is not what is measured.
    await page.waitForTimeout(700)
  }
}

async function check(page: Page, index: number): Promise<void> {
  await tiles(page).nth(index).hover()
  await checks(page).nth(index).click()
}

export async function download(page: Page, count: number): Promise<void> {
  await check(page, 0)
  await page.keyboard.down('Shift')
  await tiles(page)
    .nth(count - 1)
    .click()
  await page.keyboard.up('Shift')
  const chosen = page.getByRole('toolbar', { name: `${count} selected` })
  await chosen.waitFor()
  const saved = page.waitForEvent('download')
  await page.keyboard.press('Shift+D')
  await saved
}

export async function trashAndUndo(page: Page): Promise<void> {
  const before = await tiles(page).first().getAttribute('href')
  await check(page, 0)
  await page.keyboard.press('Delete')
  await page.locator(`a[href="${before}"]`).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator(`a[href="${before}"]`).waitFor()
}

/** @param month as the line at the edge names it, e.g. "November 2024" */
export async function jump(page: Page, month: string): Promise<void> {
  const line = await page.locator('[data-scrubber]').boundingBox()
  if (line === null) throw new Error('there is no line at the edge')
  const label = page.locator('[data-scrubber]').getByText(month, { exact: true })
  for (let y = line.y + 1; y < line.y + line.height; y += 2) {
    await page.mouse.move(line.x + line.width / 2, y)
    if (await label.isVisible()) break
  }
  await page.mouse.down()
  await page.mouse.up()
  await page.getByRole('heading', { name: month }).waitFor()
}

/** @returns the path of the link */
export async function invite(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByRole('button', { name: 'Make an invite' }).click()
  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.getByRole('dialog').getByText('/join/').first().textContent()
  return new URL(link ?? '').pathname
}

export async function join(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.waitForURL(/\/g\/grp_/)
}

export async function findUploads(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'You', exact: true }).click()
  await page.getByRole('link', { name: /^My uploads/ }).click()
  await page.getByRole('heading', { name: 'My uploads' }).waitFor()
}

export async function mute(page: Page, group: string): Promise<void> {
  await openGroup(page, group)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'Nothing' }).click()
  await page.getByText('Saved').waitFor()
}

export async function report(page: Page, owner: string): Promise<void> {
  await page
    .getByRole('link', { name: `Photo by ${owner}` })
    .first()
    .click()
  await page.getByRole('button', { name: `What you can do about ${owner}` }).click()
  await page.getByRole('button', { name: 'Report this item' }).click()
  await page.getByRole('radio', { name: 'Spam or deception' }).click()
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  await page.getByText('We tell you what came of it').waitFor()
}
