// The desk's part of the dictionary in use; see words.ts.
import { enDesk } from './en-desk.ts'
import { translated } from './translation.ts'

export type DeskWords = typeof enDesk

export const deskWords: DeskWords = translated('desk', enDesk)
