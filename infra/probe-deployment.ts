// What a browser of the site, and what a stranger, would get from a deployment. Used by probe.ts and its test.

export type Addresses = {
  /** The origin that people reach. */
  readonly site: string
  /** The origin of the delivery. */
  readonly media: string
  /** The address of the incoming bucket. */
  readonly incoming: string
}

/** A key as the API makes it; nothing is written there. */
const someKey = 'usr_00000000-0000-7000-8000-000000000000/med_00000000-0000-7000-8000-000000000000'

/** Answers with a sentence per promise that is not kept. */
export async function probeDeployment({ site, media, incoming }: Addresses): Promise<string[]> {
  const answers = await Promise.all([
    check(`${site}/api/health answers 200`, `${site}/api/health`, {}, ({ status }) => status === 200),
    check(
      `${site} is a page with a content security policy`,
      site,
      {},
      ({ ok, headers }) => ok && (headers.get('content-security-policy') ?? '').includes(new URL(incoming).origin),
    ),
    check(
      'the bucket takes uploads from the page',
      `${incoming}/${someKey}`,
      preflight(site),
      ({ ok, headers }) =>
        ok &&
        headers.get('access-control-allow-origin') === site &&
        /etag/i.test(headers.get('access-control-expose-headers') ?? ''),
    ),
    check(
      'the bucket takes none from another page',
      `${incoming}/${someKey}`,
      preflight('https://example.com'),
      ({ status }) => status === 403,
    ),
    check(
      'an upload without a signature is refused',
      `${incoming}/${someKey}`,
      { method: 'PUT', body: 'x' },
      ({ status }) => status === 403,
    ),
    check(
      'a picture without a signature is refused',
      `${media}/v/${someKey.split('/')[1]}/x/tile.webp`,
      {},
      ({ status }) => status === 403,
    ),
    check(
      'an original without a signature is refused',
      `${media}/o/${someKey.split('/')[1]}/x`,
      {},
      ({ status }) => status === 403,
    ),
  ])
  return answers.filter((answer) => answer !== null)
}

async function check(
  promise: string,
  url: string,
  init: RequestInit,
  isKept: (response: Response) => boolean,
): Promise<string | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) })
    await response.body?.cancel()
    return isKept(response) ? null : `${promise}: got ${response.status}`
  } catch (error) {
    return `${promise}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** What a browser asks before it puts a file. */
const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type,if-none-match,x-amz-checksum-sha256,x-amz-meta-request-id',
  },
})
