import { everyone, signedIn, type Row } from './row.ts'

const subscription = {
  endpoint: 'https://push.example.org/1',
  p256dh: `B${'A'.repeat(86)}`,
  auth: 'A'.repeat(22),
  showsNames: true,
}
/** Whose it is says the token; nobody signed this one. */
const token = `usr_00000000-0000-7000-8000-000000000001.digest.${'A'.repeat(43)}`

export const notificationRows = {
  'notifications.settings': { expected: signedIn('ok') },
  'notifications.subscribe': {
    // A browser has one: whoever signs in there last.
    input: ({ askingId }) => ({ ...subscription, endpoint: `${subscription.endpoint}/${askingId}` }),
    expected: signedIn('ok'),
  },
  'notifications.unsubscribe': { input: () => ({}), expected: signedIn('ok') },
  'notifications.setDigest': { input: () => ({ digest: 'daily', zone: 'Europe/Berlin' }), expected: signedIn('ok') },
  'notifications.findMute': { input: () => ({ token }), expected: everyone('not_found') },
  'notifications.mute': { input: () => ({ token }), expected: everyone('not_found') },
} as const satisfies Record<string, Row>
