// One transaction of IndexedDB as a promise.

export type StoreHome = {
  readonly database: string
  readonly store: string
  /** 1, where it is left out. */
  readonly version?: number
  /** Makes what is missing: whoever was here before has what an earlier version made. */
  readonly make: (database: IDBDatabase, store: string) => unknown
}

/**
 * Resolves when it is written, with the result of what `act` hands back. The transaction is one over all stores. The
 * connection is closed again: one that stayed open would hold up whoever wants another version, or none, and would itself
 * be ended with the data of the site.
 */
export async function useStore<T>(
  { database: name, store, version = 1, make }: StoreHome,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => { readonly result: T },
): Promise<T> {
  const database = await open(name, version, (made) => make(made, store))
  try {
    const transaction = database.transaction(database.objectStoreNames, mode)
    const acted = act(transaction.objectStore(store))
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB failed')))
    })
    return acted.result
  } finally {
    database.close()
  }
}

function open(name: string, version: number, make: (database: IDBDatabase) => unknown): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version)
    request.addEventListener('upgradeneeded', () => make(request.result))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
  })
}
