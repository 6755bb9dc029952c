// An entry of the audit log as people read it. Whoever is gone has no name any more.
import { auditWords } from '../words/audit-words.ts'
import type { Entry } from './audit-query.ts'

/** At the beginning of a sentence. */
export const nameActor = ({ actor }: Entry): string =>
  actor === null ? auditWords.operator : (actor.name ?? auditWords.goneFirst)

/** Whom or what it was done to, where that can have a name. */
export const nameSubject = ({ action, subject }: Entry): string => {
  // By a ban, or with an account: who owns it then has only an id.
  if (action === 'group.handed_over' && subject.kind === 'group') return auditWords.somebodyElse
  if (subject.name !== null) return subject.name
  if (subject.kind === 'user') return auditWords.gone
  return subject.kind === 'group' ? auditWords.endedGroup : auditWords.thisOne(auditWords.kinds[subject.kind])
}

export const nameGroup = (group: NonNullable<Entry['group']>): string => group.name ?? auditWords.endedGroup

export const tellPlace = ({ group }: Entry): string =>
  group === null ? auditWords.onSite : auditWords.inGroup(nameGroup(group))

export function tellEntry(entry: Entry): string {
  const { actor, subject } = entry
  const isSelf = actor !== null && actor.id === subject.id
  const sentence = auditWords.did[entry.action](nameActor(entry), isSelf ? nameActor(entry) : nameSubject(entry))
  const { from, to } = entry.detail
  return typeof from === 'string' && typeof to === 'string'
    ? `${sentence} ${auditWords.fromTo(nameValue(from), nameValue(to))}`
    : sentence
}

const nameValue = (value: string): string => auditWords.values[value] ?? value
