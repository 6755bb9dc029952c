import type { World } from '../authorisation-world.ts'
import { judges, members, signedIn, type Row } from './row.ts'

const one = ({ caseId }: World) => ({ caseId })

export const deskRows = {
  // The contributor's own item in the gallery: whoever sees it reports it, but for themselves.
  'reports.create': {
    input: ({ itemId }) => ({ subject: { kind: 'item', id: itemId }, reason: 'hate' }),
    expected: members({ viewer: 'ok', contributor: 'not_found', admin: 'ok', owner: 'ok' }),
  },
  // The desk is not there for anybody who does not judge.
  'desk.summary': { expected: judges },
  'desk.cases': { input: () => ({}), expected: judges },
  'desk.case': { input: one, expected: judges },
  'desk.decide': {
    input: ({ caseId }) => ({ caseIds: [caseId], decision: 'dismiss' }),
    expected: judges,
  },
  // Not even its owner gets it this way.
  'desk.breakGlass': {
    input: ({ itemId }) => ({ mediaId: itemId, reason: 'owner_asked' }),
    expected: signedIn('not_found'),
  },
} as const satisfies Record<string, Row>
