// The thousand commonest leaked passwords of ten characters or more; shorter ones are refused by length. They lie among
// the client's files and are read when somebody first chooses a password: in the Worker itself nothing else was as large
// for what it is. Source: the password dictionary of @zxcvbn-ts/language-common 4.1.3 (MIT).
import type { Assets } from '../middleware/serve-assets.ts'

/** Kept for as long as the isolate lives. @throws where the list is not there: no password goes unjudged */
export function makeReadCommonPasswords(assets: Assets, siteOrigin: string): () => Promise<ReadonlySet<string>> {
  let kept: ReadonlySet<string> | null = null
  return async () => {
    if (kept !== null) return kept
    const answer = await assets.fetch(new Request(`${siteOrigin}/common-passwords.txt`))
    // For a path that it does not know the binding answers the page.
    if (answer.headers.get('content-type')?.startsWith('text/plain') !== true)
      throw new Error('the list of common passwords is missing from the assets')
    kept = new Set((await answer.text()).trim().split(/\s+/))
    return kept
  }
}
