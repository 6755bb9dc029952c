// Nothing secret and nothing of one person's machine is committed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles, repositoryRoot } from '../repository.ts'
import { judgeFindings, type Outcome } from './check.ts'

const secrets: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}/ },
  // Keys that AWS prints in its documentation say EXAMPLE, the one of the local cloud says LOCAL.
  { what: 'an AWS access key', pattern: /\b(AKIA|ASIA)(?![0-9A-Z]*(EXAMPLE|LOCAL))[0-9A-Z]{16}\b/ },
  {
    what: 'an AWS secret key',
    pattern: /secret_?access_?key["']?\s*[:=]\s*["']?(?![A-Za-z0-9/+]*EXAMPLE)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/ },
  { what: 'an npm token', pattern: /_authToken\s*=\s*[^\s$]/ },
  {
    what: 'a password in a database address',
    pattern: /postgres(ql)?:\/\/[^:\s"'`$]+:[^@\s"'`$]+@[^\s"'`$]*\.(neon\.tech|amazonaws\.com)/,
  },
]

/** Says what is wrong with a file's text. */
export function findSecrets(path: string, text: string): string[] {
  const found = secrets.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `${path}: holds ${what}`)
  // A lockfile that names a registry makes every other machine ask that one.
  if (path === 'pnpm-lock.yaml' && /\btarball:\s*https?:/.test(text)) found.push(`${path}: names a registry's host`)
  if (path.endsWith('.npmrc') && /^registry\s*=/m.test(text)) found.push(`${path}: names a registry`)
  return found
}

export function checkSecrets(): Promise<Outcome> {
  const findings = listFiles()
    .filter((path) => !/\.(png|jpe?g|webp|gif|avif|tiff?|heic|mp[34]|webm|woff2?|wasm|ico)$/.test(path))
    .flatMap((path) => findSecrets(path, readFileSync(join(repositoryRoot, path), 'utf8')))
  return Promise.resolve(judgeFindings(findings))
}
