import type { JSX } from 'solid-js'
import { auditWords } from '../words/audit-words.ts'
import { AuditLog } from './audit-log.tsx'

/** The desk's tab for administrators: what was done anywhere, and by whom. */
export const AuditTab = (): JSX.Element => (
  <div class="flex max-w-200 flex-col gap-5">
    <p class="text-soft">{auditWords.siteLead}</p>
    <AuditLog source={{ kind: 'site' }} />
  </div>
)
