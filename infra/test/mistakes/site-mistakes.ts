import { add, change, edit, rewrite, set, type Mistake } from '../plant.ts'
import { databaseAddress } from '../recordings.setup.ts'

export const siteMistakes: readonly Mistake[] = [
  [
    'a setting forgotten',
    change('SiteVersion', (inputs) => (inputs['bindings'] as unknown[]).pop()),
    'the Worker has the settings that it reads, and no other',
  ],
  [
    'a secret in plain text',
    rewrite('SiteVersion', 'type', 'secret_text', 'plain_text'),
    'the Worker has the settings that it reads, and no other',
  ],
  [
    'mail to another queue',
    rewrite('SiteVersion', 'text', 'shoebox-production-mail', 'shoebox-production-outcomes'),
    'the settings of the Worker name what was made',
  ],
  [
    'links that the Worker does not know',
    set('NotifierFunction', 'environment.variables.LINK_HMAC_KEY', 'another key, long enough to be taken for one'),
    'the settings of the Worker name what was made',
  ],
  [
    'pushes in the name of another key',
    set('NotifierFunction', 'environment.variables.PUSH_PRIVATE_KEY', '-----BEGIN PRIVATE KEY-----'),
    'the settings of the Worker name what was made',
  ],
  [
    'an auditor with a key of its own',
    set('AuditFunction', 'environment.variables.AUDIT_HMAC_KEY', 'another key, long enough to be taken for one'),
    'keys are made once, long enough, and the one that may not change is kept',
  ],
  [
    'an audit key that goes with its stage',
    edit('AuditKey', (key) => (key.isRetained = false)),
    'keys are made once, long enough, and the one that may not change is kept',
  ],
  [
    'a key that can be guessed',
    set('LinkKey', 'length', 8),
    'keys are made once, long enough, and the one that may not change is kept',
  ],
  [
    'a key that changes by itself',
    set('LinkKey', 'keepers', { deployedAt: 'now' }),
    'keys are made once, long enough, and the one that may not change is kept',
  ],
  [
    'a key made twice',
    add('random:index/randomPassword:RandomPassword', 'LinkKey2', { length: 64 }),
    'keys are made once, long enough, and the one that may not change is kept',
  ],
  ["somebody else's access key", set('WorkerKey1', 'user', 'ops'), 'the settings of the Worker name what was made'],
  [
    'a secret in the state',
    edit('SiteVersion', (version) => (version.secretInputs = [])),
    'what is secret stays secret in the state',
  ],
  [
    'a push key that can be read in the state',
    edit('NotifierFunction', (lambda) => (lambda.secretInputs = [])),
    'what is secret stays secret in the state',
  ],
  [
    'a secret in a description',
    set('PersistFunction', 'description', databaseAddress),
    'what is secret stays secret in the state',
  ],
  ['a second origin', set('Site', 'subdomain.enabled', true), 'one Worker serves everything on one origin'],
  [
    'files without our headers',
    set('SiteVersion', 'assets.config.runWorkerFirst', ['/api/*']),
    'one Worker serves everything on one origin',
  ],
  [
    'new code without traffic',
    set('SiteDeployment', 'versions.0.percentage', 0),
    'one Worker serves everything on one origin',
  ],
  [
    'nothing to go back to',
    edit('SiteVersion', (version) => (version.isRetained = false)),
    'one Worker serves everything on one origin',
  ],
  [
    'ten times the bursts',
    change('SiteVersion', (inputs) => spoilLimit(inputs['bindings'])),
    'bursts are limited to 50 a second',
  ],
  [
    'migrations through the pooler',
    rewrite('MigrateFunction', 'DATABASE_URL', 'ep-offline.', 'ep-offline-pooler.'),
    'the application gets the pooled address of the database, migrations the direct one',
  ],
]

function spoilLimit(bindings: unknown): void {
  for (const binding of bindings as { simple?: { limit: number } }[]) if (binding.simple) binding.simple.limit *= 10
}
