// IndexedDB's requests as promises.

export const settle = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })

/** `upgrade`: makes the stores of this version. */
export function openDatabase(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version)
  request.addEventListener('upgradeneeded', () => upgrade(request.result))
  // A connection that stays open would hold up whoever wants another version, or none.
  request.addEventListener('success', () =>
    request.result.addEventListener('versionchange', () => request.result.close()),
  )
  return settle(request)
}
