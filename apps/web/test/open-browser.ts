// A browser in a world of its own: what it keeps of files is shared by its pages and its service worker.
import { publicFeed } from '../src/upload/destination.ts'
import { KeepWaiting } from '../src/upload/keep-waiting.ts'
import type { KeptFile } from '../src/upload/kept-files.ts'
import { limitPuts } from '../src/upload/limit-puts.ts'
import { sendKept, type SendKeptDeps } from '../src/upload/send-kept.ts'
import type { UploadQueueDeps } from '../src/upload/upload-queue.ts'
import type { WatchedItem } from '../src/upload/watch-loop.ts'
import { createKeptStore, keeperOf } from './kept-store.ts'
import { openWorld } from './open-world.ts'
import { photo, startQueueIn } from './upload-world.ts'

/** Who is signed in, where a test does not say otherwise. */
export const me = keeperOf(1)

export async function openBrowser(room?: number) {
  const world = await openWorld()
  const store = createKeptStore(room)

  /** A page whose network is there or not, which keeps what it cannot send. */
  function openPage(
    owner: string,
    { begin = world.api.begin, put = world.put, ...others }: Partial<UploadQueueDeps> = {},
  ) {
    const page = { isOffline: true, kept: 0, syncs: 0, states: [] as string[] }
    let back = Promise.withResolvers<void>()
    const waitForNetwork = () => (page.isOffline ? back.promise : Promise.resolve())
    const held = <A extends unknown[], T>(call: (...input: A) => Promise<T>) => {
      return async (...input: A) => {
        await waitForNetwork()
        return call(...input)
      }
    }
    const started = startQueueIn(world, {
      ...others,
      waitForNetwork,
      begin: held(begin),
      put: held(put),
      onAdded: (items) => keeping.onAdded(items),
      onChanged: (after, before) => {
        page.states[after.key] = after.state
        keeping.onChanged(after, before)
      },
    })
    const keeping = new KeepWaiting({
      ...store.as(owner),
      isThreatened: () => page.isOffline,
      askForSync: () => Promise.resolve((page.syncs += 1)),
      goOn: (kept) => started.queue.goOn(kept),
      onKept: (count) => (page.kept = count),
    })
    started.queue.open()
    return Object.assign(page, {
      queue: started.queue,
      keeping,
      goOnline: () => {
        page.isOffline = false
        back.resolve()
      },
      goOffline: () => {
        page.isOffline = true
        back = Promise.withResolvers()
      },
    })
  }

  let wakeUps = 0
  const wakeWorker = (changes: Partial<SendKeptDeps> = {}) => {
    const controller = new AbortController()
    const owner = `worker-${(wakeUps += 1)}`
    return sendKept(
      {
        ...world.api,
        ...store.as(owner),
        whoAmI: () => Promise.resolve(me),
        put: limitPuts(world.put, 1, () => 0),
        hash: (file) => file.text().then((text) => `sha-${text.length}`),
        makeBatchId: () => 'worker-batch',
        sleep: () => new Promise((resolve) => setImmediate(resolve)),
        waitForNetwork: () => Promise.resolve(),
        random: () => 1,
        nowMs: () => 0,
        ...changes,
      },
      controller.signal,
    ).finally(() => store.kill(owner))
  }

  /** A page that is gone has kept it. */
  const leave = async (file: File, changes: Partial<KeptFile> = {}) => {
    await store.as('closed').keep({ userId: me, file, destination: publicFeed, mediaId: null, ...changes })
    store.kill('closed')
  }

  /** The same of a file that was reserved, and what became of its reservation since. */
  const leaveReserved = async (state: WatchedItem['state'], name = 'a.jpg') => {
    const sum = { name, type: 'image/jpeg', bytes: 100, sha256: name }
    const [answer] = await world.api.begin(`left-${name}`, [sum])
    const row = world.rows.get(`left-${name}/0`)
    if (answer?.ok !== true || row === undefined) throw new Error('it was not reserved')
    row.state = state
    await leave(photo(name), { mediaId: answer.mediaId })
  }

  /** The same is among somebody's items. */
  const refuseTwins: UploadQueueDeps['begin'] = (batchId, files) =>
    files[0]?.allowDuplicate === true
      ? world.api.begin(batchId, files)
      : Promise.resolve([{ ok: false, code: 'duplicate' }])

  return { world, store, openPage, wakeWorker, leave, leaveReserved, refuseTwins }
}
