// A push service may end a subscription by itself, or exchange it for another. The new one is said to the API, or nobody
// would be woken any more and the settings would still tell that they are. Called by the service worker.

export type BrowserSubscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

type Described = Pick<PushSubscription, 'toJSON'>

type RenewDeps = {
  readonly manager: {
    readonly getSubscription: () => Promise<Described | null>
    readonly subscribe: (options: PushSubscriptionOptionsInit) => Promise<Described>
  }
  /** Rejects where nobody is signed in. */
  readonly settings: () => Promise<{
    readonly pushKey: string
    readonly devices: readonly { readonly isCurrent: boolean; readonly showsNames: boolean }[]
  }>
  readonly say: (subscription: BrowserSubscription & { readonly showsNames: boolean }) => Promise<unknown>
}

/** Whoever turned it off here is not subscribed again. */
export async function renewSubscription({ manager, settings, say }: RenewDeps): Promise<void> {
  const { pushKey, devices } = await settings()
  const device = devices.find(({ isCurrent }) => isCurrent)
  if (device === undefined) return
  const subscription =
    (await manager.getSubscription()) ??
    (await manager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey }))
  await say({ ...describeSubscription(subscription), showsNames: device.showsNames })
}

export function describeSubscription(subscription: Described): BrowserSubscription {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint: endpoint ?? '', p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' }
}
