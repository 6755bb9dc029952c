import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { presentInvite } from './present-invite.ts'

const nowMs = Date.UTC(2026, 5, 15)
const open = {
  id: numberedId('invite', 1),
  code: 'ABCDEFGHJK',
  role: 'viewer',
  needsApproval: false,
  createdAt: new Date(nowMs),
  createdByName: 'Ann',
  expiresAt: null,
  usesMax: null,
  uses: 5,
  revokedAt: null,
} as const

test.each([
  [{}, 'open'],
  [{ usesMax: 6 }, 'open'],
  [{ usesMax: 5 }, 'used_up'],
  [{ expiresAt: new Date(nowMs + 1) }, 'open'],
  [{ expiresAt: new Date(nowMs) }, 'expired'],
  [{ revokedAt: new Date(nowMs), expiresAt: new Date(nowMs), usesMax: 5 }, 'revoked'],
])('with %j an invite is %s', (changes, state) => {
  expect(presentInvite({ ...open, ...changes }, nowMs).state).toBe(state)
})
