// The usual way by keyboard alone, as a screen reader tells it: an account, a group, a photo, looking, liking, talking,
// leaving. What is heard is docs/screen-reader-walk.md word for word; `vitest -u` writes it anew.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene } from '@shoebox/testing/samples/pictures.ts'
import { startJourney, type Journey } from './journey.ts'
import { ScreenReader, Walk } from './screen-reader.ts'

let journey: Journey
beforeAll(async () => {
  journey = await startJourney()
})
afterAll(() => journey?.stop())

const intro = `# A walk with a screen reader

Somebody who sees nothing and uses no pointer makes an account, a group, adds a photo, looks at it, likes it, says
something about it and leaves. \`e2e/walk.e2e.ts\` goes this way in a real browser and writes this page from the browser's
accessibility tree: each line is the role, the name and the states of what has the focus, and what live regions say by
themselves. When either changes, the test fails; \`vitest run --project e2e e2e/walk.e2e.ts -u\` writes the page anew, to be
read before it is committed. On the way the test also looks at every stop of the Tab key: the focus is seen there, with a
contrast of at least 3 : 1.

`

const email = 'ada@example.org'

async function signUp(walk: Walk): Promise<void> {
  walk.chapter('Signing up')
  await walk.do('opens `/sign-up`', () => Promise.resolve())
  await walk.title('Create account · Shoebox')
  await walk.tab('link “Skip to content”')
  await walk.press('Enter')
  await walk.hears('main')
  await walk.tab('textbox “Name”')
  await walk.type('Ada')
  await walk.tab('textbox “Email”')
  await walk.type(email)
  await walk.tab('textbox “Password”')
  await walk.type('a few plain words', 'a password')
  await walk.tab('textbox “Password again”')
  await walk.type('a few other words', 'another one')
  await walk.tab('checkbox “I accept the ')
  await walk.press('Space')
  await walk.hears('checkbox “I accept the ')
  await walk.tab('button “Create account”')
  await walk.press('Enter')
  await walk.hears('textbox “Password again”')
  await walk.press('Control+a')
  await walk.type('a few plain words', 'the same password')
  await walk.press('Enter')
  await walk.title('Check your mail · Shoebox')
  await walk.hears('textbox “Six-digit code”')
  await walk.says('Check your mail')
  await walk.type(await journey.readCode(email), 'the code')
  await walk.title('Feed · Shoebox')
  await walk.hears('heading 1 “Feed”')
  await walk.says('Welcome, Ada.')
}

async function makeGroup(walk: Walk): Promise<void> {
  walk.chapter('A group')
  await walk.tab('link “Groups”', 'Shift+Tab')
  await walk.press('Enter')
  await walk.hears('heading 1 “Groups”')
  await walk.tab('button “New group”')
  await walk.press('Enter')
  await walk.hears('button “Close”')
  await walk.press('Escape')
  await walk.hears('button “New group”')
  // The focus is back a moment before the sheet is gone, and no person is as quick as that.
  await walk.page.locator('dialog').waitFor({ state: 'detached' })
  await walk.press('Enter')
  await walk.tab('textbox “Name”')
  await walk.type('Summer')
  await walk.tab('button “Create group”')
  await walk.press('Enter')
  await walk.title('Summer · Shoebox')
  await walk.hears('heading 1 “Summer”')
}

async function upload(walk: Walk): Promise<void> {
  walk.chapter('A photo')
  await walk.page.getByRole('heading', { name: 'Nothing here yet' }).waitFor()
  await walk.tab('button “Add photos”')
  const picker = walk.page.waitForEvent('filechooser')
  await walk.press('Enter')
  const buffer = await (await openScene(640, 480)).jpeg().toBuffer()
  await walk.do('chooses a photo', async () =>
    (await picker).setFiles([{ name: 'lake.jpg', mimeType: 'image/jpeg', buffer }]),
  )
  await walk.says('Sending 1 file.')
  await walk.says('1 file added.')
}

async function look(walk: Walk): Promise<void> {
  walk.chapter('Looking, liking, talking')
  await walk.page.getByRole('link', { name: 'Photo by Ada' }).waitFor()
  await walk.press('ArrowRight')
  await walk.hears('link “Photo by Ada”')
  await walk.press('Enter')
  await walk.hears('dialog')
  await walk.tab('button “Like')
  await walk.press('Enter')
  await walk.hears('button “Like, 1 like”, pressed')
  await walk.tab('button “Comments, 0”')
  await walk.press('Enter')
  await walk.hears('button “Comments, 0”, expanded')
  await walk.tab('textbox “Write a comment”', 'Shift+Tab')
  await walk.type('What a lake!')
  await walk.tab('button “Send”')
  await walk.press('Enter')
  await walk.hears('textbox “Write a comment”')
  await walk.tab('button “Comments, 1”')
  await walk.press('Escape')
  await walk.hears('link “Photo by Ada”')
  await walk.press('?')
  await walk.hears('button “Close”')
  await walk.press('Escape')
  await walk.hears('link “Photo by Ada”')
}

async function leave(walk: Walk): Promise<void> {
  walk.chapter('Leaving')
  await walk.tab('link “Settings”', 'Shift+Tab')
  await walk.press('Enter')
  await walk.hears('heading 1 “')
  await walk.tab('button “Leave')
  await walk.press('Enter')
  await walk.hears('button “Close”')
  await walk.tab('button “Leave')
  await walk.press('Enter')
  await walk.hears('heading 1 “Groups”')
  await walk.says('You left Summer.')
}

test('who sees nothing and has no pointer signs up, makes a group, uploads, looks, likes, comments and leaves', async () => {
  const page = await journey.openPage('/health', { reducedMotion: 'reduce' })
  const walk = new Walk(page, await ScreenReader.listen(page, `${journey.stack.siteOrigin}/sign-up`))
  try {
    for (const part of [signUp, makeGroup, upload, look, leave]) await part(walk)
  } catch (error) {
    throw new Error(`after\n${walk.write().split('\n').slice(-6).join('\n')}`, { cause: error })
  }
  expect(walk.unseen, 'stops at which the focus is not seen').toEqual([])
  await expect(intro + walk.write()).toMatchFileSnapshot('../docs/screen-reader-walk.md')
})

test('no page complained: no script error, nothing that the content policy had to stop', () => {
  expect(journey.complaints).toEqual([])
})
