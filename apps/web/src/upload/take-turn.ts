// One tab at a time sends an upload: whoever has the lock of its name.
import type { SendLineDeps } from './send-line.ts'

/**
 * Locks are missing (null) where the page is not in a secure context, and refused where a site may store nothing: there
 * two tabs may send the same parts, which costs bytes and nothing else.
 */
export const createTakeTurn =
  (locks: Pick<LockManager, 'request'> | null): SendLineDeps['takeTurn'] =>
  async (mediaId, signal, run, onWait) => {
    if (locks === null) return run()
    const name = `shoebox.upload.${mediaId}`
    let hasBegun = false
    const begin = async (lock: Lock | null) => {
      hasBegun = lock !== null
      return lock === null ? null : { end: await run() }
    }
    try {
      const first = await locks.request(name, { ifAvailable: true }, begin)
      if (first !== null) return first.end
    } catch (error) {
      if (hasBegun) throw error
      return run()
    }
    onWait()
    try {
      return await locks.request(name, { signal }, run)
    } catch (error) {
      // Aborted while it waited: run() has never begun, and ends at once now.
      if (signal.aborted) return run()
      throw error
    }
  }
