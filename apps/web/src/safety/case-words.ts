import { deskWords } from '../words/desk-words.ts'
import type { Case } from './decide.ts'

/** What a case is about, in a few words. */
export const nameCase = ({ subjectKind, person }: Pick<Case, 'subjectKind' | 'person'>): string =>
  deskWords.kindsOf[subjectKind](person.name ?? deskWords.somebody)

/** Where it was seen; of a person there is no saying. */
export const placeOfCase = ({ subjectKind, isInGroup, groupName }: Case): string =>
  subjectKind === 'person' ? '' : isInGroup ? deskWords.inGroup(groupName) : deskWords.inPublic
