// The part of the dictionary in use about keeping people away; see words.ts.
import { enSafety } from './en-safety.ts'
import { translated } from './translation.ts'

export type SafetyWords = typeof enSafety

export const safetyWords: SafetyWords = translated('safety', enSafety)
