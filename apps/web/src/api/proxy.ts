// The API as the client calls it: one object shaped like the router, whose leaves give a call, a query key or query
// options. Nothing is written down twice: a procedure renamed in the router stops compiling at each use.
import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'

type Call<I, O> = (...input: InputOf<I>) => Promise<O>
/** A procedure without input is called without one; every call may be aborted. */
type InputOf<I> = undefined extends I ? [input?: I, signal?: AbortSignal] : [input: I, signal?: AbortSignal]
type Key = readonly [path: string, input: unknown]
type Options<O> = { queryKey: Key; queryFn: (context: { signal: AbortSignal }) => Promise<O> }

type Endpoint<P> =
  P extends TRPCQueryProcedure<infer D>
    ? {
        readonly query: Call<D['input'], D['output']>
        readonly key: (...input: InputOf<D['input']>) => Key
        readonly options: (...input: InputOf<D['input']>) => Options<D['output']>
      }
    : P extends TRPCMutationProcedure<infer D>
      ? { readonly mutate: Call<D['input'], D['output']> }
      : Api<P>

/** `Procedures` is the router's record: `AppRouter['_def']['record']`. */
export type Api<Procedures> = { readonly [Name in keyof Procedures]: Endpoint<Procedures[Name]> }

type Send = (kind: 'query' | 'mutation', path: string, input: unknown, signal?: AbortSignal) => Promise<unknown>

const leaves: Record<string, (send: Send, path: string) => unknown> = {
  query: (send, path) => (input: unknown, signal?: AbortSignal) => send('query', path, input, signal),
  mutate: (send, path) => (input: unknown, signal?: AbortSignal) => send('mutation', path, input, signal),
  key: (_send, path) => (input: unknown) => [path, input],
  options: (send, path) => (input: unknown) => ({
    queryKey: [path, input],
    queryFn: (context: { signal: AbortSignal }) => send('query', path, input, context.signal),
  }),
}

/** Makes the object; `send` is the only thing that knows HTTP. */
export function createApi<Procedures>(send: Send): Api<Procedures> {
  const at = (path: readonly string[]): object =>
    new Proxy(
      {},
      {
        get(_target, name) {
          if (typeof name !== 'string') return undefined
          return leaves[name]?.(send, path.join('.')) ?? at([...path, name])
        },
      },
    )
  return at([]) as Api<Procedures>
}
