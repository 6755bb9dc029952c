// The words of the audit log in the language in use; see words.ts.
import { enAudit } from './en-audit.ts'
import { translated } from './translation.ts'

export const auditWords: typeof enAudit = translated('audit', enAudit)
