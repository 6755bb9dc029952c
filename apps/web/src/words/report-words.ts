// The part of the dictionary in use about reporting; see words.ts.
import { enReport } from './en-report.ts'
import { translated } from './translation.ts'

export type ReportWords = typeof enReport

export const reportWords: ReportWords = translated('report', enReport)
