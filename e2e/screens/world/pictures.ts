// What is to be seen in the pictures: small landscapes, a film and a sound, sent and inspected as everything is, and then
// given owners, places and moments. Sent one after another, so that their ids have an order.
import sharp from 'sharp'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { uuidOf } from '@shoebox/shared/ids.ts'
import { demoScenes, paintScene, type Scene } from '@shoebox/local/demo/paint-scene.ts'
import type { ApiClient } from '@shoebox/testing/api-client.ts'
import { sendFiles, waitUntilSettled } from '@shoebox/testing/send-files.ts'
import { h264, aac, makeMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { makeMp3WithCover } from '@shoebox/testing/samples/time-based/sounds.ts'
import { groupUuid } from './group-names.ts'
import { daysAgo, hoursAgo } from './moment.ts'
import { personUuid, type PersonName } from './people.ts'
import type { Row, Tables } from './tables.ts'

type Sample = { readonly file: string; readonly type: string; readonly make: () => Promise<Uint8Array> }
type Item = Sample & { readonly by: PersonName; readonly columns: Row }

/** A third of a scene of the demo; every size is a picture of its own. */
const scene = (index: number, scale = 3, isMirrored = false): Sample => {
  const { name, widthPx, heightPx, ...rest } = demoScenes[index] as Scene
  const size = { widthPx: Math.round(widthPx / scale), heightPx: Math.round(heightPx / scale) }
  return {
    file: `${name}.jpg`,
    type: 'image/jpeg',
    make: async () => {
      const picture = await paintScene({ name, ...rest, ...size })
      return isMirrored ? sharp(picture).flop().jpeg({ quality: 86 }).toBuffer() : picture
    },
  }
}

const film: Sample = {
  file: 'Over the ridge.mp4',
  type: 'video/mp4',
  make: () => {
    const source = 'gradients=size=640x360:rate=25:duration=3:c0=0x2b5876:c1=0xffd9a0:nb_colors=2:seed=7,format=yuv420p'
    return makeMp4({ streams: [{ ...h264, source }, aac] })
  },
}
const sound: Sample = { file: 'Rain on the tent.mp3', type: 'audio/mpeg', make: makeMp3WithCover }

const inFeed = (at: Date, likes = 0): Row => ({ published_at: at, timeline_at: at, created_at: at, like_count: likes })

/** Two years back, a gallery is told by months whatever day it is. */
const inGroup = (takenAt: string, more: Row = {}): Row => ({
  group_id: groupUuid('hills'),
  published_at: daysAgo(40),
  created_at: daysAgo(40),
  timeline_at: new Date(`${takenAt}:00Z`),
  taken_local: `${takenAt}:00`,
  taken_source: 'exif',
  ...more,
})

const taken: Row = {
  taken_local: '2026-06-12T21:40:00',
  taken_offset_minutes: 180,
  taken_source: 'exif',
  camera: 'Fujifilm X-T5',
  lens: 'XF 18-55mm F2.8-4',
  exposure: { shutterSeconds: 0.008, fNumber: 5.6, iso: 200, focalLengthMm: 23 },
}

const said: Row = { caption: 'Up before everybody else', alt_text: 'The sun rises behind a hill' }

const trashed: Row = { listing: 'trashed', trashed_at: daysAgo(3) }

const listItems = () =>
  ({
    valley: { ...scene(7), by: 'ada', columns: inFeed(daysAgo(30), 3) },
    night: { ...scene(6), by: 'bora', columns: inFeed(daysAgo(16), 12) },
    fog: { ...scene(5), by: 'chidi', columns: inFeed(daysAgo(9)) },
    meadow: { ...scene(4), by: 'ada', columns: inFeed(daysAgo(6), 2) },
    sound: { ...sound, by: 'chidi', columns: inFeed(daysAgo(5), 1) },
    film: { ...film, by: 'bora', columns: inFeed(daysAgo(4), 4) },
    light: { ...scene(3), by: 'ela', columns: inFeed(daysAgo(3), 1) },
    dusk: { ...scene(3, 2.5, true), by: 'bora', columns: inFeed(daysAgo(2), 5) },
    desert: { ...scene(2), by: 'ada', columns: inFeed(hoursAgo(26), 7) },
    blue: { ...scene(1), by: 'chidi', columns: inFeed(hoursAgo(9), 1) },
    spring: { ...scene(4, 2.5, true), by: 'bora', columns: inFeed(hoursAgo(5)) },
    morning: { ...scene(0), by: 'ada', columns: { ...inFeed(hoursAgo(2), 21), ...taken, ...said } },

    tent: { ...scene(1, 3.5), by: 'bora', columns: inGroup('2024-03-17T19:20') },
    lake: { ...scene(6, 3.5, true), by: 'ada', columns: inGroup('2024-05-04T22:10', { caption: 'The lake at night' }) },
    ridge: { ...scene(0, 3.5, true), by: 'bora', columns: inGroup('2024-05-05T06:30') },
    noon: { ...scene(2, 3.5, true), by: 'chidi', columns: inGroup('2024-05-05T12:00', { like_count: 2 }) },
    wood: { ...scene(7, 3.5), by: 'ada', columns: inGroup('2024-06-08T17:45') },
    mist: { ...scene(5, 3.5), by: 'chidi', columns: inGroup('2024-06-09T05:50') },
    hill: {
      ...scene(4, 3.5),
      by: 'ada',
      columns: inGroup('2024-06-09T10:15', {
        caption: 'Where we had lunch',
        comment_count: 3,
        like_count: 3,
        ...details,
      }),
    },
    sunset: { ...scene(3, 3.5), by: 'bora', columns: inGroup('2024-06-09T21:05') },
    unwanted: { ...scene(5, 4, true), by: 'chidi', columns: inGroup('2024-06-08T09:00') },
    blurred: { ...scene(2, 4.5), by: 'ada', columns: inGroup('2024-06-08T08:00', trashed) },
    twice: { ...scene(6, 4.5), by: 'ada', columns: { ...inFeed(daysAgo(11)), ...trashed } },
    aside: { ...scene(7, 4.5), by: 'ada', columns: { ...inFeed(daysAgo(12)), listing: 'quarantined' } },
    waiting: { ...scene(4, 5), by: 'gul', columns: { ...inFeed(hoursAgo(7)), ...held } },
    alike: { ...scene(0, 5), by: 'gul', columns: { ...inFeed(hoursAgo(3)), ...held } },
    reported: { ...scene(3, 5), by: 'finn', columns: { ...inFeed(daysAgo(2)), listing: 'quarantined' } },
    face: { ...scene(0, 8), by: 'ada', columns: { purpose: 'avatar' } },
  }) satisfies Record<string, Item>

const details: Row = { camera: 'Pixel 9', alt_text: 'A green slope under a pale sky, with a low sun on the right' }
const held: Row = { listing: 'held', held_for: 'first_posts' }

export type PictureName = keyof ReturnType<typeof listItems>
/** Finds a picture's item. */
export type Pictures = (name: PictureName) => MediaId

/** @param sender somebody with an account, whose items all of them are for a moment */
export async function seedPictures(tables: Tables, sender: ApiClient): Promise<Pictures> {
  const items = Object.entries(listItems())
  const contents = await Promise.all(items.map(([, { make }]) => make()))
  const ids = new Map<string, MediaId>()
  const find = (name: string): MediaId => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`there is no picture ${name}`)
    return id
  }
  for (const [index, [name, { file, type }]] of items.entries()) {
    const content = new Uint8Array(contents[index] ?? [])
    const [id] = await sendFiles(sender, [{ name: file, type, content }])
    if (id !== undefined) ids.set(name, id)
  }
  await Promise.all([...ids.values()].map((id) => waitUntilSettled(sender, id, 60_000)))
  for (const [name, { by, columns }] of items) {
    const row = { owner_id: personUuid(by), quota_day: '2026-06-01', ...columns }
    const changes = Object.keys(row).map((column, index) => `${column} = $${index + 2}`)
    const values = Object.values(row)
    await tables.query(`update media set settled_at = created_at, ${changes.join(', ')} where id = $1`, [
      uuidOf(find(name)),
      ...values,
    ])
  }
  return find
}
