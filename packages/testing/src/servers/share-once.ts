// Servers are started once per run although several vitest projects ask for them: each project loads its own copy of
// its globalSetup, so the one place they share is the process itself. The last project to finish stops the server.

type Shared = { users: number; starting: Promise<{ stop: () => Promise<void> }> }

declare global {
  var shoeboxSharedServers: Map<string, Shared> | undefined
}

const findRegistry = (): Map<string, Shared> => (globalThis.shoeboxSharedServers ??= new Map<string, Shared>())

export type Lease<T> = { readonly value: T; readonly release: () => Promise<void> }

export async function shareOnce<T extends { stop: () => Promise<void> }>(
  name: string,
  start: () => Promise<T>,
  isOfThisKind: (value: object) => value is T,
): Promise<Lease<T>> {
  const registry = findRegistry()
  const shared = registry.get(name) ?? { users: 0, starting: start() }
  registry.set(name, shared)
  shared.users += 1
  const value = await shared.starting.catch((error: unknown) => {
    registry.delete(name)
    throw error
  })
  if (!isOfThisKind(value)) throw new Error(`two different servers are shared under the name ${name}`)
  return {
    value,
    release: async () => {
      shared.users -= 1
      if (shared.users > 0) return
      registry.delete(name)
      await value.stop()
    },
  }
}
