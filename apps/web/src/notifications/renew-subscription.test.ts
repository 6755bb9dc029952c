import { expect, test, vi } from 'vitest'
import { renewSubscription } from './renew-subscription.ts'

const subscription = (endpoint: string) => ({
  toJSON: () => ({ endpoint, keys: { p256dh: 'key', auth: 'secret' } }),
})

/** A browser whose push service took one subscription away, and gave `given` for it. */
function start(given: string | null, devices: { isCurrent: boolean; showsNames: boolean }[]) {
  const subscribe = vi.fn(async (_options: PushSubscriptionOptionsInit) => subscription('https://push.example/made'))
  const say = vi.fn(async (_said: object) => undefined)
  const getSubscription = async () => (given === null ? null : subscription(given))
  const settings = async () => ({ pushKey: 'our key', devices })
  return { subscribe, say, renew: () => renewSubscription({ manager: { getSubscription, subscribe }, settings, say }) }
}

const here = { isCurrent: true, showsNames: false }

test('the subscription that a push service gave for another is said to the API, as private as it was', async () => {
  const { renew, say, subscribe } = start('https://push.example/given', [{ isCurrent: false, showsNames: true }, here])
  await renew()
  expect(say.mock.calls).toEqual([
    [{ endpoint: 'https://push.example/given', p256dh: 'key', auth: 'secret', showsNames: false }],
  ])
  expect(subscribe).not.toHaveBeenCalled()
})

test('where it gave none, one is asked for with our key', async () => {
  const { renew, say, subscribe } = start(null, [here])
  await renew()
  expect(subscribe.mock.calls).toEqual([[{ userVisibleOnly: true, applicationServerKey: 'our key' }]])
  expect(say.mock.calls).toMatchObject([[{ endpoint: 'https://push.example/made' }]])
})

test('a browser that is not to be woken is not subscribed again', async () => {
  const { renew, say, subscribe } = start(null, [{ isCurrent: false, showsNames: true }])
  await renew()
  expect(subscribe).not.toHaveBeenCalled()
  expect(say).not.toHaveBeenCalled()
})
