// What a handler throws, AWS prints with all that hangs on it, and tells whoever called. Drizzle's errors hold the
// statement and its parameters, Postgres' the row it refused: addresses and names.
import { describeError, type Log } from './log.ts'

/** Wraps the handler of every Lambda: what it throws becomes an error that says only what may be logged, and where. */
export function rethrowPlainly<Given extends unknown[], Answer>(
  log: Log,
  handler: (...given: Given) => Promise<Answer>,
): (...given: Given) => Promise<Answer> {
  return async (...given) => {
    try {
      return await handler(...given)
    } catch (error) {
      const plain = new Error(describeError(error))
      if (error instanceof Error) plain.stack = `${plain.name}: ${plain.message}${placesOf(error)}`
      log.error('handler_failed', { error: plain.message })
      throw plain
    }
  }
}

/** The lines of a stack behind its message, which may have lines of its own. */
function placesOf({ message, stack = '' }: Error): string {
  const at = stack.indexOf(message)
  return at < 0 ? '' : stack.slice(at + message.length)
}
