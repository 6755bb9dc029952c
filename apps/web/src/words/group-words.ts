// The groups' part of the dictionary in use; see words.ts.
import { enGroups } from './en-groups.ts'
import { translated } from './translation.ts'

export type GroupWords = typeof enGroups

export const groupWords: GroupWords = translated('groups', enGroups)
