import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import type { World } from '../authorisation-world.ts'
import { everyone, judges, ownOnly, type Row } from './row.ts'

const second = ({ secondId }: World) => ({ userId: secondId, reason: 'Insults.' })

export const banRows = {
  'bans.find': { input: ({ secondId }) => ({ userId: secondId }), expected: judges },
  'bans.list': { input: () => ({}), expected: judges },
  'bans.ban': { input: (world) => ({ ...second(world), items: 'withdraw', days: 7 }), expected: judges },
  'bans.lift': { input: ({ banId }) => ({ banId }), expected: judges },
  'bans.warn': { input: second, expected: judges },
  'bans.acknowledgeWarning': { input: ({ warningId }) => ({ warningId }), expected: ownOnly() },

  // Whoever asks is told the same; the mail says whether there is something to appeal against.
  'appeals.requestCode': { input: ({ contributor }) => ({ email: contributor.email }), expected: everyone('ok') },
  'appeals.appealBan': {
    input: () => ({ verificationId: numberedId('verification', 404), code: '123456', text: 'Why?' }),
    expected: everyone('not_found'),
  },
  'appeals.appealItem': { input: ({ asideId }) => ({ mediaId: asideId, text: 'Why?' }), expected: ownOnly() },
  'appeals.list': { input: () => ({}), expected: judges },
  'appeals.decide': {
    input: ({ appealId }) => ({ appealId, outcome: 'granted', answer: 'You are right.' }),
    expected: judges,
  },
} as const satisfies Record<string, Row>
