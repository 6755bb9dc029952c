import { beforeEach, expect, test, vi } from 'vitest'
import type * as MayReload from './may-reload.ts'

/** As a page that was just opened, in the same tab. */
const openPage = async (): Promise<typeof MayReload & { loads: () => number; ask: (version: string) => boolean }> => {
  vi.resetModules()
  const file = await import('./may-reload.ts')
  let loads = 0
  return { ...file, loads: () => loads, ask: (version) => file.reloadOnce(version, () => (loads += 1)) }
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

test('a page that is needed, as while it sends files, stays until it is not', async () => {
  const page = await openPage()
  let isSending = true
  page.needPageWhile(() => isSending)
  expect(page.ask('one.js')).toBe(false)
  expect(page.loads()).toBe(0)
  isSending = false
  expect(page.ask('one.js')).toBe(true)
})

test('without a network nothing new would come', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  expect((await openPage()).ask('one.js')).toBe(false)
  online.mockRestore()
})
