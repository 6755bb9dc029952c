import type { Trouble, TroubleCode } from '@shoebox/shared/operations/judge-system.ts'
import { writeAge } from './print-table.ts'

/** What is wrong, and the command that says more of it. */
export const explainTrouble = ({ code, part, count }: Trouble): string => sentences[code](part ?? '', count)

const sentences: Readonly<Record<TroubleCode, (part: string, count: number) => string>> = {
  schema_behind: () => 'The database is behind this code: a deployment, or `npm start`, brings it forward.',
  schema_ahead: () => 'The database is ahead of this code.',
  queue_slow: (part, seconds) => `The oldest message of "${part}" waits since ${writeAge(seconds)}: \`npm run logs\`.`,
  dead_letters: (part, count) => `"${part}" has dead letters (${count}): \`npm run queues\`.`,
  uploads_stuck: (_, count) => `${count} uploads are stuck; the janitor has sent their events again.`,
  uploads_given_up: (_, count) => `${count} uploads were given up in the last 24 hours.`,
  files_undeleted: (_, count) =>
    `${count} deletions are due for an hour and more: \`npm run logs -- purge --since 2h\`.`,
  round_failed: (part) => `The last round of "${part}" failed: \`npm run logs -- ${part} --since 1d\`.`,
  round_late: (part, seconds) => `"${part}" has not run for ${writeAge(seconds)}.`,
}
