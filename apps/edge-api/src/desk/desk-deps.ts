import type { SummariseDeps } from './summarise.ts'

export type DeskDeps = SummariseDeps
