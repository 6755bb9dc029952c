// What there was about a person before: a first report is judged otherwise than a tenth.
import type { JSX } from 'solid-js'
import type { Outputs } from '../api/client.ts'
import { deskWords } from '../words/desk-words.ts'
import { reportWords } from '../words/report-words.ts'
import { PastLines, type PastLine } from './past-lines.tsx'

type History = Outputs['desk']['case']['history']

const day = (moment: string): string => new Date(moment).toLocaleDateString(undefined, { dateStyle: 'medium' })

const linesOf = ({ cases, warnings, bans }: History): PastLine[] => [
  ...cases.map(({ state, subjectKind, isSameSubject, reasons, openedAt, decidedAt }) => ({
    at: decidedAt ?? openedAt,
    what: [deskWords.states[state], deskWords.kinds[subjectKind], isSameSubject ? deskWords.sameSubject : '']
      .filter((text) => text !== '')
      .join(' · '),
    why: reasons.map((reason) => reportWords.reasons[reason]).join(', '),
  })),
  ...warnings.map(({ reason, at }) => ({ at, what: deskWords.warned, why: reason })),
  ...bans.map(({ reason, at, endsAt, liftedAt }) => ({
    at,
    what: [
      deskWords.banned,
      endsAt === null ? '' : deskWords.bannedUntil(day(endsAt)),
      liftedAt === null ? '' : deskWords.lifted,
    ]
      .filter((text) => text !== '')
      .join(' · '),
    why: reason,
  })),
]

export const CaseHistory = (props: { name: string; history: History }): JSX.Element => (
  <PastLines title={deskWords.historyTitle(props.name)} none={deskWords.noHistory} lines={linesOf(props.history)} />
)
