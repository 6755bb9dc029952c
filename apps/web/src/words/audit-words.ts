// The words of the audit log in the language in use; see translation.ts.
import { enAudit } from './en-audit.ts'
import { inLanguage } from './translation.ts'

export const auditWords = inLanguage(enAudit, { tr: async () => (await import('./tr-audit.ts')).trAudit })
