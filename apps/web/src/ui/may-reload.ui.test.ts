import { beforeEach, expect, test, vi } from 'vitest'
import type * as MayReload from './may-reload.ts'

type OpenedPage = typeof MayReload & { load: () => void; loads: () => number; ask: (version: string) => boolean }

/** As a page that was just opened, in the same tab. */
const openPage = async (): Promise<OpenedPage> => {
  vi.resetModules()
  const file = await import('./may-reload.ts')
  let loads = 0
  const load = () => void (loads += 1)
  return { ...file, load, loads: () => loads, ask: (version) => file.reloadOnce(version, load) }
}

beforeEach(() => sessionStorage.clear())

test('a page whose chunk is gone loads the new one, and shows nothing of what went wrong meanwhile', async () => {
  const page = await openPage()
  expect(page.isReloading()).toBe(false)
  expect(page.ask('one.js')).toBe(true)
  expect(page.loads()).toBe(1)
  expect(page.isReloading()).toBe(true)
})

test('the same version is loaded again once, however often a chunk of it is gone; the next version once more', async () => {
  ;(await openPage()).ask('one.js')
  const again = await openPage()
  expect(again.ask('one.js')).toBe(false)
  expect(again.isReloading()).toBe(false)
  expect(again.loads()).toBe(0)
  expect(again.ask('two.js')).toBe(true)
})

test('a page that is needed, as while it sends files, says that there is a new one, and loads it when it is done', async () => {
  const page = await openPage()
  let isSending = true
  page.needPageWhile(() => isSending)
  expect(page.ask('one.js')).toBe(false)
  expect(page.isOutdated()).toBe(true)
  page.reloadWhenDone(page.load)
  expect(page.loads()).toBe(0)
  isSending = false
  page.reloadWhenDone(page.load)
  page.reloadWhenDone(page.load)
  expect(page.loads()).toBe(1)
})

test('a page that holds what is nowhere else is not loaded anew, and the browser asks before it is left', async () => {
  const page = await openPage()
  const isLeavingAsked = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))
  const letGo = page.holdPage()
  expect(isLeavingAsked()).toBe(true)
  expect(page.ask('one.js')).toBe(false)
  page.reloadWhenDone(page.load)
  expect(page.loads()).toBe(0)
  letGo()
  expect(isLeavingAsked()).toBe(false)
  page.reloadWhenDone(page.load)
  expect(page.loads()).toBe(1)
})

test('without a network nothing new would come', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect((await openPage()).ask('one.js')).toBe(false)
  online.mockRestore()
})
