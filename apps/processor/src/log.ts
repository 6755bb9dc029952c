// One JSON object a line, as CloudWatch reads them. Callers pass ids and codes, never bodies, addresses or secrets.

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export type Log = {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/** @param part the Lambda that speaks */
export function createLog(
  part: string,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Log {
  const say =
    (level: string) =>
    (event: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ level, time: new Date().toISOString(), part, event, ...fields })}\n`)
  return { info: say('info'), warn: say('warn'), error: say('error') }
}

/** The same log, with fields that every line is to have. */
export const logWith = (log: Log, always: LogFields): Log => ({
  info: (event, fields) => log.info(event, { ...always, ...fields }),
  warn: (event, fields) => log.warn(event, { ...always, ...fields }),
  error: (event, fields) => log.error(event, { ...always, ...fields }),
})

/**
 * What may be logged of an error: name and message of what is behind it. Drizzle's own message is the statement and its
 * parameters, which hold addresses, and does not say what went wrong; that of a host with several addresses, none of
 * which answers, is empty.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : []
  const behind = error.cause ?? first
  return behind instanceof Error ? describeError(behind) : `${error.name}: ${error.message}`
}
