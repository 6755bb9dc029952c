// One tab at a time sends an upload, or declares new ones: whoever has the lock of that name.

/**
 * Locks are missing (null) where the page is not in a secure context, and refused where a site may store nothing: there
 * two tabs may send the same parts, which costs bytes and nothing else.
 */
export const createTakeTurn =
  (locks: Pick<LockManager, 'request'> | null) =>
  async <T>(what: string, signal: AbortSignal, run: () => Promise<T>, onWait: () => void): Promise<T> => {
    if (locks === null) return run()
    const name = `shoebox.upload.${what}`
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
      return await locks.request(name, { signal }, () => {
        hasBegun = true
        return run()
      })
    } catch (error) {
      // Aborted while it waited.
      if (signal.aborted && !hasBegun) return run()
      throw error
    }
  }
