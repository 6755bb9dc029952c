// Goes on being woken when the browser's push service exchanged the subscription, or ended it.
import { connectApi } from '../src/api/connect.ts'
import { renewSubscription } from '../src/notifications/renew-subscription.ts'

export function renewPushes(worker: ServiceWorkerGlobalScope): void {
  const api = connectApi((call) => call())
  // By its name alone: what TypeScript's library and browsers tell of it differs.
  worker.addEventListener('pushsubscriptionchange', (event) => {
    const renewed = renewSubscription({
      manager: worker.registration.pushManager,
      settings: () => api.notifications.settings.query(),
      say: (subscription) => api.notifications.subscribe.mutate(subscription),
    })
    // Whoever signed out, or is without a network, is asked to turn it on again where it is set.
    if (event instanceof ExtendableEvent) event.waitUntil(renewed.catch(() => undefined))
  })
}
