// The desk's part of the dictionary in use; see words.ts.
import { enDesk } from './en-desk.ts'

export type DeskWords = typeof enDesk

export const deskWords: DeskWords = enDesk
