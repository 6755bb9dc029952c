import { signedIn, type Row } from './row.ts'

/** The desk is not there for anybody who does not judge. */
export const deskRows = {
  'desk.summary': { expected: signedIn('not_found') },
} as const satisfies Record<string, Row>
