// Postgres: a project that Neon makes for this stage, or the one that the secret names. The Lambdas go through the
// pooler; the Worker speaks HTTP to the same host; migrations need a session of their own.
import type { Settings } from './settings.ts'

export type Database = {
  /** For many short connections. */
  readonly url: $util.Output<string>
  /** For one session that keeps its locks. */
  readonly directUrl: $util.Output<string>
}

export function createDatabase(settings: Settings): Database {
  if (settings.makesDatabase) return createNeonProject(settings)
  // The only secret that a person sets; the others are made by the deployment itself.
  const url = new sst.Secret('DatabaseUrl').value
  return { url, directUrl: url.apply(withoutPooler) }
}

function createNeonProject({ isProduction, neonOrganization }: Settings): Database {
  const project = new neon.Project(
    'Database',
    {
      name: `${$app.name}-${$app.stage}`,
      regionId: `aws-${$app.providers?.aws?.region ?? 'us-east-1'}`,
      pgVersion: 18,
      // The free plan's longest history for restoring to a point in time; paid plans allow 30 days.
      historyRetentionSeconds: 21_600,
      ...(neonOrganization === null ? {} : { orgId: neonOrganization }),
    },
    { protect: isProduction, retainOnDelete: isProduction },
  )
  return { url: $util.secret(project.connectionUriPooler), directUrl: $util.secret(project.connectionUri) }
}

/** Neon's pooled address is the direct one with `-pooler` after the endpoint's name; other hosts have no such part. */
const withoutPooler = (url: string): string => url.replace(/-pooler(?=\.[^/]*\.neon\.tech)/, '')
