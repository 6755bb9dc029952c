// What a journal of uploads keeps to, wherever it keeps its entries: asked of the one in memory that tests bring, and in
// a browser of the real one. Each begins with an empty one, and answers with what is compared.
import { idFromUuid } from '@shoebox/shared/ids.ts'
import type { MediaId } from '../src/feed/feed-item.ts'
import { publicFeed, type Destination } from '../src/upload/destination.ts'
import type { PartSum } from '../src/upload/send-part.ts'
import type { BegunUpload, JournalEntry, UploadJournal } from '../src/upload/upload-journal.ts'

/** As the page of this name sees it. */
export type OpenJournal = (page: string) => UploadJournal

type JournalRule = {
  readonly name: string
  readonly act: (open: OpenJournal) => Promise<unknown>
  readonly expected: unknown
}

const idOf = (n: number): MediaId => idFromUuid('media', `01990000-0000-7000-8000-00000000000${n}`)
const trip: Destination = {
  kind: 'group',
  groupId: idFromUuid('group', '01990000-0000-7000-8000-000000000007'),
  name: 'Trip',
}
const fileOf = (bytes: number, name: string) => new File([new Uint8Array(bytes)], name)
export const partsOf = (...numbers: readonly number[]): PartSum[] =>
  numbers.map((partNumber) => ({ partNumber, sha256: `of ${partNumber}` }))
export const film: BegunUpload = { mediaId: idOf(1), file: fileOf(9, 'film.mp4'), destination: publicFeed }
const sound: BegunUpload = { mediaId: idOf(2), file: fileOf(5, 'sound.mp3'), destination: trip }

const entry: JournalEntry = {
  mediaId: film.mediaId,
  fingerprint: 'feed/9/film.mp4',
  fileName: 'film.mp4',
  fileBytes: 9,
  parts: [],
  page: 'one',
  isTold: false,
}
const pagesOf = async (journal: UploadJournal) => (await journal.list()).map(({ mediaId, page }) => [mediaId, page])

export const journalRules: readonly JournalRule[] = [
  {
    name: 'what is begun is listed, for every page',
    async act(open) {
      await open('one').begin(film)
      return open('two').list()
    },
    expected: [entry],
  },
  {
    name: 'the same file is found for the same place: of another length, by another name or for another place it is another',
    async act(open) {
      const journal = open('one')
      await journal.begin(film)
      await journal.begin(sound)
      await journal.begin({ ...film, mediaId: idOf(3) })
      const found = await Promise.all([
        journal.find(fileOf(9, 'film.mp4'), publicFeed),
        journal.find(fileOf(8, 'film.mp4'), publicFeed),
        journal.find(fileOf(9, 'film 2.mp4'), publicFeed),
        journal.find(fileOf(9, 'film.mp4'), trip),
        journal.find(fileOf(5, 'sound.mp3'), trip),
      ])
      return found.map((entries) => entries.map(({ mediaId }) => mediaId))
    },
    expected: [[idOf(1), idOf(3)], [], [], [], [idOf(2)]],
  },
  {
    name: 'a note says what has arrived, and whose it is now',
    async act(open) {
      await open('one').begin(film)
      await open('one').note(film, partsOf(2))
      await open('two').note({ ...film, file: fileOf(9, 'film again.mp4') }, partsOf(2, 3))
      return open('one').list()
    },
    expected: [
      { ...entry, fingerprint: 'feed/9/film again.mp4', fileName: 'film again.mp4', parts: partsOf(2, 3), page: 'two' },
    ],
  },
  {
    name: 'what a page claims is its own and stays what it was, and it is told of what it consists',
    async act(open) {
      await open('one').begin(film)
      await open('one').note(film, partsOf(2))
      const [read = entry] = await open('one').list()
      await open('one').markTold(read)
      const claimed = [await open('two').claim(film.mediaId), await open('two').claim(sound.mediaId)]
      return [claimed, await open('one').list()]
    },
    expected: [[partsOf(2), []], [{ ...entry, parts: partsOf(2), page: 'two' }]],
  },
  {
    name: 'what was removed is not brought back, whoever still knows of it',
    async act(open) {
      const journal = open('one')
      await journal.begin(film)
      await journal.begin(sound)
      const [read = entry] = await journal.find(film.file, publicFeed)
      await open('two').remove(film.mediaId)
      await journal.claim(film.mediaId)
      await journal.note(film, partsOf(1))
      const isMarked = await journal.markTold(read)
      await journal.abandon()
      return [isMarked, await pagesOf(journal)]
    },
    expected: [false, [[sound.mediaId, '']]],
  },
  {
    name: 'who was told is not told again until more of it has arrived',
    async act(open) {
      const [one, two] = [open('one'), open('two')]
      await one.begin(film)
      const [read = entry] = await one.list()
      const marked = [await one.markTold(read), await two.markTold(read)]
      const [{ isTold } = entry] = await two.list()
      await one.note(film, partsOf(1))
      const [again = entry] = await two.list()
      return [...marked, isTold, again.isTold, await two.markTold(read), await two.markTold(again)]
    },
    expected: [true, false, true, false, false, true],
  },
  {
    name: 'of pages that tell at the same time, one does',
    async act(open) {
      await open('one').begin(film)
      const [read = entry] = await open('one').list()
      const marked = await Promise.all(['one', 'two', 'three'].map((page) => open(page).markTold(read)))
      return marked.filter(Boolean).length
    },
    expected: 1,
  },
  {
    name: 'what a page abandons is nobody’s who lives; what others have stays theirs',
    async act(open) {
      await open('one').begin(film)
      await open('two').begin(sound)
      await open('one').abandon()
      return pagesOf(open('one'))
    },
    expected: [
      [film.mediaId, ''],
      [sound.mediaId, 'two'],
    ],
  },
]
