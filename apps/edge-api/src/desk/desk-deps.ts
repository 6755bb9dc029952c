import type { BreakGlassDeps } from './break-glass.ts'
import type { DecideCasesDeps } from './decide-cases.ts'
import type { FindCaseDeps } from './find-case.ts'
import type { ListCasesDeps } from './list-cases.ts'
import type { SummariseDeps } from './summarise.ts'

export type DeskDeps = SummariseDeps & ListCasesDeps & FindCaseDeps & DecideCasesDeps & BreakGlassDeps
