import type { World } from '../authorisation-world.ts'
import { adminsOnly, signedIn, type Row } from './row.ts'

const group = ({ groupId }: World) => ({ groupId })

export const auditRows = {
  // No administrator is among those who ask: to everybody else the log is not there.
  'audit.list': { input: () => ({}), expected: signedIn('not_found') },
  'audit.beginExport': { input: () => ({}), expected: signedIn('not_found') },
  'audit.ofGroup': { input: group, expected: adminsOnly },
  'audit.beginGroupExport': { input: group, expected: adminsOnly },
} as const satisfies Record<string, Row>
