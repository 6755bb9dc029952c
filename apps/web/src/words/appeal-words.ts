// The part of the dictionary in use about being banned, warned and appealing; see words.ts.
import { enAppeal } from './en-appeal.ts'
import { translated } from './translation.ts'

export type AppealWords = typeof enAppeal

export const appealWords: AppealWords = translated('appeal', enAppeal)
