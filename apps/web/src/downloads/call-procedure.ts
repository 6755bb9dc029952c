// The API as the service worker calls it: the two questions a download asks, without the client that pages load.
import { FileFailed, PartBroken } from './download-faults.ts'
import { signedMax, type SignedAnswer, type SignMany } from './signatures.ts'

type Answer = {
  readonly result?: { readonly data: unknown }
  readonly error?: { readonly data?: { readonly refusal?: { readonly code?: string } | null } }
}

/** These end only when the person does something. */
const endings: ReadonlySet<unknown> = new Set(['sign_in_needed', 'terms_not_accepted'])

/** @throws PartBroken when nobody is signed in any more; any other error may pass by itself */
async function ask(path: string, input: unknown, signal: AbortSignal): Promise<unknown> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const limits = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  const response = await fetch(`/api/trpc/${path}${query}`, { signal: limits, cache: 'no-store' })
  const answer = (await response.json()) as Answer
  if (endings.has(answer.error?.data?.refusal?.code)) throw new PartBroken('nobody is signed in')
  if (answer.result === undefined) throw new Error(`${path} answered ${response.status}`)
  return answer.result.data
}

const timeoutMs = 20_000

export const signMany: SignMany = async (mediaIds, signal) =>
  (await ask('originals.signMany', { mediaIds: mediaIds.slice(0, signedMax) }, signal)) as SignedAnswer

/** Where the person's data lies as they asked for it last. */
export async function signData(signal: AbortSignal): Promise<string> {
  const found = (await ask('account.findExport', undefined, signal)) as { export: { url: string | null } | null }
  if (found.export?.url == null) throw new FileFailed('gone')
  return found.export.url
}

export async function isSiteUp(signal: AbortSignal): Promise<boolean> {
  try {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    return (await fetch('/api/health', { signal: limits, cache: 'no-store' })).ok
  } catch {
    return false
  }
}
