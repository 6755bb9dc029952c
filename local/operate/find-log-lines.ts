// Lines of a part's log, wherever that is kept.
import { paginateFilterLogEvents, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs'
import type { Stage } from './stage.ts'

export type FoundLine = { readonly part: string; readonly timeMs: number; readonly text: string }

export type LogWish = {
  readonly fromMs: number
  /** Only lines that hold this text. */
  readonly words?: string | undefined
}

/** Oldest first. Nothing for a part that has said nothing yet. */
export async function* findLogLines(stage: Stage, part: string, { fromMs, words }: LogWish): AsyncGenerator<FoundLine> {
  const wish = {
    logGroupName: `/aws/lambda/${stage.nameOf(part)}`,
    startTime: fromMs,
    ...(words === undefined ? {} : { filterPattern: `"${words.replaceAll('"', '')}"` }),
  }
  try {
    for await (const { events = [] } of paginateFilterLogEvents({ client: stage.logs }, wish)) {
      for (const { timestamp = 0, message = '' } of events) yield { part, timeMs: timestamp, text: message.trimEnd() }
    }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error
  }
}
