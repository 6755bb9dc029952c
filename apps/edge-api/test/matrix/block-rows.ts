import { signedIn, type Row } from './row.ts'

/** Whoever is signed in may keep anybody else away, whatever the two have to do with each other. */
export const blockRows = {
  'blocks.list': { expected: signedIn('ok') },
  'blocks.block': { input: ({ secondId }) => ({ userId: secondId }), expected: signedIn('ok') },
  'blocks.unblock': { input: ({ secondId }) => ({ userId: secondId }), expected: signedIn('ok') },
} as const satisfies Record<string, Row>
