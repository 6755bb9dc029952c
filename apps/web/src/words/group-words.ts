// The groups' part of the dictionary in use; see words.ts.
import { enGroups } from './en-groups.ts'

export type GroupWords = typeof enGroups

export const groupWords: GroupWords = enGroups
