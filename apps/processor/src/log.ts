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

/** What may be logged of an error: its name and message. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)
