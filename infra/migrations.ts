// Brings the database to the schema of this code before any of it takes traffic: the Worker and the Lambdas wait for the
// answer, those without a database too, since what they send is read by those that have one. Runs again only when the
// SQL has changed; a failure ends the deployment with the old code still serving.
import { join } from 'node:path'
import { hashMigrations } from './hash-migrations.ts'

export function runMigrations(migrator: sst.aws.Function): aws.lambda.Invocation {
  const sql = hashMigrations(join($cli.paths.root, 'packages/db/migrations'))
  return new aws.lambda.Invocation('Migrations', {
    functionName: migrator.name,
    input: JSON.stringify({ sql }),
    triggers: { sql },
  })
}
