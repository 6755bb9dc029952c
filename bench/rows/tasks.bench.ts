// B18: clicks, keys and bytes for what people come to do, beside Immich's web client. Ours are counted in a real browser
// on the whole system; Immich's acts are read from its source (tasks-immich.ts), and the bytes of its pictures are those
// of the same pictures in its default sizes and formats. What is not known of it is left out.
import { connectPool, type PoolDatabase } from '@shoebox/db/connect-pool.ts'
import { startJourney, type ChosenFile, type Journey, type Person } from '@shoebox/e2e/journey.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { startDatabase } from '@shoebox/testing/start-database.ts'
import sharp from 'sharp'
import type { BenchLine, BenchRow } from '../bench-row.ts'
import { makePhonePhoto } from '../corpus/make-photos.ts'
import { fillGroup } from './client-group.ts'
import { renderLikeImmich } from './images-peers.ts'
import { watchPageHand, type Effort, type Hand } from './tasks-hand.ts'
import { countSteps, immichSteps, type Step } from './tasks-immich.ts'
import * as ways from './tasks-ways.ts'

const pictures = 24
const sent = 3
const picked = 20
const steps = 10
/** At `fillGroup`'s distances they reach back over two years. */
const oldItems = 20_000
const group = 'Summer'

type World = {
  readonly journey: Journey
  readonly db: PoolDatabase
  readonly photos: readonly ChosenFile[]
  readonly ann: Person
  readonly bea: Person
  readonly lines: BenchLine[]
}

const against = 'peer: Immich’s web client'

function tell({ lines }: World, work: string, effort: Effort, theirs: readonly Step[] = []): void {
  const line = (measure: string, ours: number, act: Step['act']): BenchLine => {
    const value = countSteps(theirs, act)
    return { work, measure, ours, comparisons: theirs.length === 0 ? [] : [{ against, value, ratioMax: 1 }] }
  }
  lines.push(line('clicks', effort.clicks, 'click'))
  if (effort.keys + countSteps(theirs, 'key') > 0) lines.push(line('keys', effort.keys, 'key'))
}

const tellKb = ({ lines }: World, work: string, measure: string, ours: number, theirs?: number): void =>
  void lines.push({
    work,
    measure: `kB ${measure}`,
    ours,
    comparisons: theirs === undefined ? [] : [{ against: 'peer: the same in Immich’s sizes', value: theirs }],
  })

async function makePhotos(): Promise<ChosenFile[]> {
  const { body } = await makePhonePhoto(1600, 1200)
  return Promise.all(
    Array.from({ length: pictures * 2 }, async (_, n) => ({
      name: `${n}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await sharp(body)
        .modulate({ hue: n * 7 })
        .jpeg({ quality: 82 })
        .toBuffer(),
    })),
  )
}

/** kB of so many pictures at Immich's default settings. */
async function sumLikeImmich(photos: readonly ChosenFile[], size: 'thumbnail' | 'preview'): Promise<number> {
  const rendered = await Promise.all(photos.map(({ buffer }) => renderLikeImmich(buffer)))
  return rendered.reduce((sum, sizes) => sum + sizes[size].length, 0) / 1024
}

const untilReady = ({ db }: Pick<World, 'db'>, count: number) =>
  pollUntil(async () => (await db.$client.query(`select 1 from media where state = 'ready'`)).rowCount === count, {
    timeoutMs: 240_000,
    everyMs: 500,
    what: `${count} ready pictures`,
  })

/** Bea's pictures in the feed, and Ann with a group and no picture in it. */
async function setUp(journey: Journey, db: PoolDatabase): Promise<World> {
  const photos = await makePhotos()
  const page = await journey.openPage()
  const bea = await journey.signUp(page, 'Bea')
  await ways.addPhotos(page, photos.slice(pictures))
  await untilReady({ db }, pictures)
  await page.context().close()
  const other = await journey.openPage()
  const ann = await journey.signUp(other, 'Ann')
  await other.getByRole('link', { name: 'Groups' }).click()
  await other.getByRole('button', { name: 'New group' }).click()
  await other.getByLabel('Name').fill(group)
  await other.getByRole('button', { name: 'Create group' }).click()
  await other.waitForURL(/\/g\/grp_/)
  await other.context().close()
  return { journey, db, photos, ann, bea, lines: [] }
}

const goHome = async ({ journey }: World, { page }: Hand) => {
  await page.goto(journey.stack.siteOrigin)
  await ways.tiles(page).first().waitFor()
}

/** Nothing of ours is in the browser: the whole price of a first look. */
async function visit(world: World, hand: Hand): Promise<void> {
  const work = `first visit: the newest ${pictures} pictures`
  const effort = await hand.measure(() => goHome(world, hand))
  tell(world, work, effort)
  tellKb(world, work, 'in all', effort.kB)
  const thumbnails = await sumLikeImmich(world.photos.slice(pictures, pictures + effort.pictures), 'thumbnail')
  tellKb(world, work, `of the ${effort.pictures} pictures on the screen`, effort.pictureKb, thumbnails)
}

async function upload(world: World, hand: Hand): Promise<void> {
  const work = `from the first page: ${sent} photos into a group`
  const effort = await hand.measure(async () => {
    await ways.openGroup(hand.page, group)
    await ways.addPhotos(hand.page, world.photos.slice(0, sent))
    await untilReady(world, pictures + sent)
  })
  tell(world, work, effort, immichSteps.upload)
  await ways.addPhotos(hand.page, world.photos.slice(sent, pictures))
  await untilReady(world, pictures * 2)
  await hand.page.getByRole('button', { name: 'Clear finished' }).click()
}

/** The older half is of the day before. */
async function spreadOverTwoDays({ db }: World): Promise<void> {
  await db.$client.query(
    `update media set timeline_at = timeline_at - interval '1 day' where id in
       (select id from media where group_id is not null order by id limit $1)`,
    [pictures / 2],
  )
}

async function look(world: World, hand: Hand): Promise<void> {
  await spreadOverTwoDays(world)
  await hand.page.reload()
  await hand.measure(() => ways.tiles(hand.page).first().waitFor())
  const work = `a photo and the next ${steps}`
  const effort = await hand.measure(() => ways.view(hand.page, steps))
  tell(world, work, effort, immichSteps.view)
  // Those looked at, and the one after the last, which both load ahead.
  const previews = await sumLikeImmich(world.photos.slice(0, steps + 2), 'preview')
  tellKb(world, work, `of ${effort.pictures} pictures`, effort.pictureKb, previews)
  await hand.page.keyboard.press('Escape')
  await hand.page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** In a browser with the service worker that puts the zip together, and so tall that all are on the screen. */
async function download(world: World, hand: Hand): Promise<void> {
  const storageState = await hand.page.context().storageState()
  const path = new URL(hand.page.url()).pathname
  const viewport = { width: 1280, height: 2400 }
  const options = { storageState, viewport, serviceWorkers: 'allow', acceptDownloads: true } as const
  const other = await watchPageHand(await world.journey.openPage('/health', options))
  await other.page.goto(world.journey.stack.siteOrigin + path)
  await ways.tiles(other.page).first().waitFor()
  const effort = await other.measure(() => ways.download(other.page, picked))
  tell(world, `${picked} photos of two days chosen and downloaded`, effort, immichSteps.download)
  await other.page.context().close()
}

async function share(world: World, hand: Hand): Promise<void> {
  let path = ''
  const inviting = await hand.measure(async () => {
    path = await ways.invite(hand.page)
  })
  tell(world, 'in a group: an invite made and its link copied', inviting, immichSteps.invite)
  await hand.page.keyboard.press('Escape')
  const beas = await watchPageHand(await world.journey.openPage('/health'))
  await goHome(world, beas)
  await ways.signIn(beas.page, world.bea)
  await beas.page.goto(world.journey.stack.siteOrigin + path)
  tell(world, 'a link that was followed: becoming a member', await beas.measure(() => ways.join(beas.page)))
  await beas.page.context().close()
}

async function jump(world: World, hand: Hand): Promise<void> {
  const { db, ann, journey } = world
  const id = await fillGroup(db, ann.email, oldItems)
  const dot = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#336699' } })
    .webp()
    .toBuffer()
  await hand.page.route('**/v/**', (route) => route.fulfill({ body: dot, contentType: 'image/webp' }))
  await hand.page.goto(`${journey.stack.siteOrigin}/g/${id}`)
  await ways.tiles(hand.page).first().waitFor()
  const { rows } = await db.$client.query<{ newest: Date }>(
    'select max(timeline_at) newest from media where group_id = (select id from groups where name = $1)',
    ['Bench'],
  )
  const newest = rows[0]?.newest ?? new Date()
  const target = new Date(Date.UTC(newest.getUTCFullYear() - 2, newest.getUTCMonth(), 15))
  const month = target.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const effort = await hand.measure(() => ways.jump(hand.page, month))
  tell(world, 'a month two years back', effort, immichSteps.jump)
}

/** Each from the first page. */
async function settle(world: World, hand: Hand): Promise<void> {
  const measureFrom = async (work: string, task: () => Promise<void>, theirs?: readonly Step[]) => {
    await goHome(world, hand)
    tell(world, `from the first page: ${work}`, await hand.measure(task), theirs)
  }
  await measureFrom('what became of one’s uploads', () => ways.findUploads(hand.page))
  await measureFrom('a group muted', () => ways.mute(hand.page, group), immichSteps.mute)
  await measureFrom('a picture reported', () => ways.report(hand.page, 'Bea'))
}

async function run(say: (progress: string) => void): Promise<BenchLine[]> {
  const journey = await startJourney({ database: await startDatabase() })
  const db = connectPool({
    connectionString: journey.stack.postgres.url,
    connectionsMax: 1,
    statementTimeoutMs: 600_000,
  })
  try {
    say('filling the feed')
    const world = await setUp(journey, db)
    const hand = await watchPageHand(await journey.openPage('/health', { permissions: ['clipboard-write'] }))
    await visit(world, hand)
    tell(
      world,
      'from the first page: signing in',
      await hand.measure(() => ways.signIn(hand.page, world.ann)),
      immichSteps.signIn,
    )
    say('uploading and looking')
    await upload(world, hand)
    await look(world, hand)
    await download(world, hand)
    tell(
      world,
      'a photo into the trash and back',
      await hand.measure(() => ways.trashAndUndo(hand.page)),
      immichSteps.trash,
    )
    await share(world, hand)
    await settle(world, hand)
    say(`jumping through ${oldItems} items`)
    await jump(world, hand)
    return world.lines
  } finally {
    await db.$client.end()
    await journey.stop()
  }
}

export const row: BenchRow = {
  id: 'B18',
  name: 'tasks',
  title: 'clicks, keys and bytes of what people come to do',
  run,
}
