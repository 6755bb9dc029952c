import { appRouter } from '../src/router.ts'

await Promise.all(Object.values(appRouter._def.lazy).map(({ load }) => load()))

/** Every procedure by its path. */
export const procedures: Readonly<Record<string, unknown>> = appRouter._def.procedures

export function isQuery(path: string): boolean {
  const procedure = procedures[path]
  if (typeof procedure !== 'function' || !('_def' in procedure)) throw new Error(`no procedure ${path}`)
  const { _def: definition } = procedure
  return typeof definition === 'object' && definition !== null && 'type' in definition && definition.type === 'query'
}
