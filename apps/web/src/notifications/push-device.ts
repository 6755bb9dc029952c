// Whether this browser may be woken: what it can, what its person allowed it, and what its push service says.
import { registerWorker } from '../pictures/keep-pictures.ts'
import { describeSubscription, type BrowserSubscription } from './renew-subscription.ts'

/** `absent`: it has no pushes. `blocked`: its person, or whoever set it up, does not let us ask. */
export type PushAbility = 'absent' | 'blocked' | 'able'

/** Why it cannot be switched on: they were asked and did not allow it, or the browser's push service does not answer. */
export type PushFailure = 'blocked' | 'unreachable'

export function findAbility(): PushAbility {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'absent'
  return Notification.permission === 'denied' ? 'blocked' : 'able'
}

/** An iPhone or iPad has pushes only for what was put on its Home Screen. */
export const needsHomeScreen = (): boolean =>
  /iPhone|iPad/.test(navigator.userAgent) || (navigator.maxTouchPoints > 1 && navigator.userAgent.includes('Macintosh'))

const findSubscription = async (): Promise<PushSubscription | null> => {
  if (findAbility() === 'absent') return null
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager?.getSubscription()) ?? null
}

/** Where its push service takes messages, or null: it is not subscribed. */
export const findEndpoint = async (): Promise<string | null> => (await findSubscription())?.endpoint ?? null

/** Asks for permission, which browsers only do after a touch, and subscribes. */
export async function subscribeBrowser(pushKey: string): Promise<BrowserSubscription | PushFailure> {
  if ((await Notification.requestPermission()) !== 'granted') return 'blocked'
  try {
    const manager = (await registerWorker())?.pushManager
    if (manager === undefined) return 'unreachable'
    // One that was made with another key takes nothing from us.
    await (await manager.getSubscription())?.unsubscribe()
    return describeSubscription(await manager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey }))
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'blocked' : 'unreachable'
  }
}

/** What it is subscribed with, to say it to the API again. */
export async function readSubscription(): Promise<BrowserSubscription | null> {
  const subscription = await findSubscription()
  return subscription === null ? null : describeSubscription(subscription)
}

/** Subscribes it no more, and takes away what still stands on its screen: the next person must not find it. */
export async function forgetPushes(): Promise<void> {
  await (await findSubscription())?.unsubscribe()
  const registration = await navigator.serviceWorker?.getRegistration()
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close()
}
