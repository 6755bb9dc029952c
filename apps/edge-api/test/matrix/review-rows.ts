import { hasItems, judges, members, signedIn, type Row } from './row.ts'

export const reviewRows = {
  'review.held': { input: () => ({}), expected: judges },
  'review.judge': {
    input: ({ feedItemId }) => ({ mediaIds: [feedItemId], verdict: 'approve' }),
    expected: judges,
  },
  // What waits is the contributor's.
  'review.mine': {
    expected: members({ viewer: 'nothing', contributor: 'ok', admin: 'nothing', owner: 'nothing' }, 'nothing'),
    isSomething: hasItems,
  },
  'review.tiers': { expected: judges },
  'review.setTiers': { input: () => ({ tiers: [] }), expected: signedIn('not_found') },
  'review.knownBad': { input: () => ({}), expected: judges },
  // Nothing was removed that could be let in again.
  'review.lift': { input: ({ feedItemId }) => ({ mediaId: feedItemId }), expected: signedIn('not_found') },
} as const satisfies Record<string, Row>
