// Who imports whom, over the whole repository.
import { listFiles, repositoryRoot } from '../repository.ts'
import { judgeFindings, oneFailure, type Outcome } from './check.ts'
import { cruiseTree } from './cruise.ts'

export async function checkBoundaries(): Promise<Outcome> {
  const { violations, imports } = await cruiseTree(repositoryRoot)
  const sources = listFiles().filter((path) => /^(apps|packages)\/.*\.tsx?$/.test(path))
  const unseen = sources.filter((path) => !path.endsWith('.d.ts') && !imports.has(path))
  if (unseen.length > 0)
    return oneFailure(`dependency-cruiser did not see ${unseen.length} files: ${unseen.join(', ')}`)
  return judgeFindings(violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`))
}
