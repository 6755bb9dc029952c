// Pages and service workers that share what one browser keeps of files, in one world.
import { KeepWaiting } from '../src/upload/keep-waiting.ts'
import { limitPuts } from '../src/upload/limit-puts.ts'
import { sendKept, type SendKeptDeps } from '../src/upload/send-kept.ts'
import type { UploadQueueDeps } from '../src/upload/upload-queue.ts'
import { keeperOf, type createKeptStore } from './kept-store.ts'
import { startQueueIn, type World } from './upload-world.ts'

export type KeptStore = ReturnType<typeof createKeptStore>

export function createKeptPages(world: World) {
  /** A page whose network is there or not, which keeps what it cannot send. */
  function openPage(
    store: KeptStore,
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
  /** Whoever is signed in is the first keeper. */
  const workerIn = (store: KeptStore, changes: Partial<SendKeptDeps> = {}) => {
    const controller = new AbortController()
    const owner = `worker-${(wakeUps += 1)}`
    return sendKept(
      {
        ...world.api,
        ...store.as(owner),
        whoAmI: () => Promise.resolve(keeperOf(1)),
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

  return { openPage, workerIn }
}
