// The secret behind the audit log: with it entries are bound to one another, and found unbroken. Made once, known to
// nobody, and never changed: entries written under another one could not be verified any more.
import type { Settings } from './settings.ts'

export type AuditKey = random.RandomPassword

export const createAuditKey = ({ isProduction }: Settings): AuditKey =>
  new random.RandomPassword(
    'AuditKey',
    { length: 64, special: false },
    { protect: isProduction, retainOnDelete: isProduction },
  )
