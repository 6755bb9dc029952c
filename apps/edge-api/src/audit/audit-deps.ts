import type { BeginExportDeps } from './begin-export.ts'
import type { ListEntriesDeps } from './list-entries.ts'
import type { ListGroupEntriesDeps } from './list-group-entries.ts'

export type AuditDeps = BeginExportDeps & ListEntriesDeps & ListGroupEntriesDeps
