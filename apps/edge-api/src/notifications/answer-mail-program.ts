// "Unsubscribe" in a mail program: its provider sends a POST to the address that stands in the mail's header (RFC 8058),
// from anywhere, without cookies, and shows nobody the answer. People come to the same address with a GET, which is a
// page of the client and changes nothing.
import type { Context } from 'hono'
import { muteByLink, type MuteByLinkDeps } from './mute-by-link.ts'

export async function answerMailProgram(deps: MuteByLinkDeps, c: Context): Promise<Response> {
  const answer = (text: string, status: 200 | 400 | 404) => c.text(text, status, { 'cache-control': 'no-store' })
  // What the RFC has them send: nothing that follows links sends it by accident.
  const form = await c.req.formData().catch(() => null)
  if (form?.get('List-Unsubscribe') !== 'One-Click') return answer('Not a request to unsubscribe.', 400)
  const done = await muteByLink(deps, { token: c.req.query('t') ?? '' })
  return done.ok ? answer('Done.', 200) : answer('This link is not one of ours.', 404)
}
