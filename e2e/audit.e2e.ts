// What an admin does in a group stands in its activity, also when whom it was done to has left the site; administrators
// find it at the desk, and take it along as a file.
import { readFile } from 'node:fs/promises'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseRows } from '@shoebox/testing/database-rows.ts'
import { startJourney, type Journey, type Person } from './journey.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
const go = (page: Page, path: string) => page.goto(journey.stack.siteOrigin + path)

async function makeAdministrator({ email }: Person): Promise<void> {
  const { db, end } = databaseRows(journey.stack.postgres.url, new Date())
  await db.$client.query(`update users set role = 'administrator' where email = $1`, [email])
  await end()
}

/** As the page asks it: the call itself is not what this is about. */
const call = (page: Page, path: string, input: object): Promise<unknown> =>
  page.evaluate(
    async ([url, body]) => {
      const answer = await fetch(`/api/trpc/${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const told = (await answer.json()) as { result?: { data: unknown } }
      if (told.result === undefined) throw new Error(JSON.stringify(told))
      return told.result.data
    },
    [path, input] as const,
  )

test('what an admin did is read in the group and at the desk, names of who is gone left out', async () => {
  const [olga, mia, root] = [await journey.openPage('/', phone), await journey.openPage(), await journey.openPage()]
  await journey.enterAs(olga, 'Olga')
  const member = await journey.enterAs(mia, 'Mia')
  const administrator = await journey.enterAs(root, 'Root')
  await makeAdministrator(administrator)
  const { groupId } = (await call(olga, 'groups.create', { name: 'Lake house' })) as { groupId: string }
  const { invite } = (await call(olga, 'invites.create', { groupId, role: 'viewer' })) as { invite: { code: string } }
  await call(mia, 'invites.join', { code: invite.code })
  const { user } = (await mia.evaluate(() => fetch('/api/trpc/account.me').then((answer) => answer.json()))).result
    .data as { user: { id: string } }
  await call(olga, 'groups.setRole', { groupId, userId: user.id, role: 'contributor' })
  await call(olga, 'groups.removeMember', { groupId, userId: user.id, items: 'keep' })

  await go(olga, `/g/${groupId}/settings`)
  await olga.getByRole('link', { name: 'See what was done' }).tap()
  const log = olga.getByRole('list', { name: 'Entries, the newest first' })
  await log.getByText('Olga changed the role of Mia from viewer to contributor').waitFor()
  expect(await log.getByRole('listitem').count()).toBe(5)
  expect(await olga.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)

  await call(mia, 'account.delete', { password: member.password })
  await olga.reload()
  await log.getByText('Olga removed somebody who left').waitFor()
  await log.getByText('Somebody who left joined').waitFor()

  await go(root, '/desk/audit')
  await root.getByRole('button', { name: 'Send the code' }).click()
  await root.getByLabel('Six-digit code').fill(await journey.readCode(administrator.email))
  const all = root.getByRole('list', { name: 'Entries, the newest first' })
  await all.getByText('Olga removed somebody who left').waitFor()
  await root.getByLabel('What was done').selectOption('Member removed')
  await all.getByText('Olga made the group').waitFor({ state: 'detached' })
  await all.getByRole('button', { name: 'Only in Lake house' }).click()
  await all.getByRole('button', { name: 'Only in Lake house' }).waitFor({ state: 'detached' })
  await all.getByText('Olga removed somebody who left').waitFor()
  expect(await all.getByRole('listitem').count()).toBe(1)

  await root.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    root.waitForEvent('download'),
    root.getByRole('button', { name: 'As a table (CSV)' }).click(),
  ])
  const rows = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(rows).toHaveLength(2)
  expect(rows[1]).toContain(`member.removed,usr_`)
  await root.getByLabel('Find by id').fill('nothing')
  await root.getByRole('button', { name: 'Find' }).click()
  await root.locator('#content').getByText('That is no id of anything here.').waitFor()
  await root.getByLabel('From').fill('2000-01-01')
  await root.getByLabel('To', { exact: true }).fill('2000-01-02')
  await root.getByText('No entry is what you look for.').waitFor()
  await root.getByRole('button', { name: 'Show everything' }).click()
  await all.getByText('Root exported the log').waitFor()
  expect(journey.complaints).toEqual([])
})
