import { add, change, remove, rewrite, set, unorder, type Mistake } from '../plant.ts'

export const pipelineMistakes: readonly Mistake[] = [
  [
    'a Lambda without a plan',
    add('aws:lambda/function:Function', 'Debug', { name: 'debug' }),
    'every queue and every Lambda of the plan is there, and no other',
  ],
  [
    'no dead-letter queue',
    set('OutcomesQueue', 'redrivePolicy', undefined),
    'every queue that is emptied rests its failures for 14 days',
  ],
  [
    'dead letters that vanish in 4 days',
    set('UploadsDead', 'messageRetentionSeconds', 345_600),
    'every queue that is emptied rests its failures for 14 days',
  ],
  [
    'one try only',
    rewrite('MailQueue', 'redrivePolicy', '"maxReceiveCount":5', '"maxReceiveCount":1'),
    'every queue that is emptied rests its failures for 14 days',
  ],
  [
    'a short visibility',
    set('UploadsQueue', 'visibilityTimeoutSeconds', 120),
    'a message stays hidden six times as long as its Lambda may run',
  ],
  [
    'a timeout raised alone',
    set('PersistFunction', 'timeout', 90),
    'a message stays hidden six times as long as its Lambda may run',
  ],
  [
    'batches that fail whole',
    set('MailSource', 'functionResponseTypes', []),
    'a Lambda is fed as planned: in part failing, and bounded',
  ],
  [
    'unbounded persisters',
    set('PersistSource', 'scalingConfig', undefined),
    'a Lambda is fed as planned: in part failing, and bounded',
  ],
  [
    'a source that throws messages away',
    set('NotifierSource', 'filterCriteria', { filters: [{ pattern: '{"body":{"kind":["push"]}}' }] }),
    'a Lambda is fed as planned: in part failing, and bounded',
  ],
  [
    'a source that stands still',
    set('InspectSource', 'enabled', false),
    'a Lambda is fed as planned: in part failing, and bounded',
  ],
  [
    'arrivals that nobody hears',
    remove('Arrivals'),
    'an arrival in the incoming bucket, and only there, reaches the uploads queue',
  ],
  [
    'arrivals in the media bucket',
    set('Arrivals', 'bucket', 'shoebox-production-media'),
    'an arrival in the incoming bucket, and only there, reaches the uploads queue',
  ],
  [
    'a notifier that takes twenty at a time',
    set('NotifierSource', 'batchSize', 20),
    'a Lambda is fed as planned: in part failing, and bounded',
  ],
  [
    'notices without a rest for their failures',
    set('NoticesQueue', 'redrivePolicy', undefined),
    'every queue that is emptied rests its failures for 14 days',
  ],
  ['another runtime', set('InspectFunction', 'runtime', 'nodejs20.x'), 'every Lambda runs as planned'],
  ['too little memory', set('InspectFunction', 'memorySize', 512), 'every Lambda runs as planned'],
  ['an audit that is cut short', set('AuditFunction', 'timeout', 60), 'every Lambda runs as planned'],
  ['text logs', set('MailFunction', 'loggingConfig.logFormat', 'Text'), 'every Lambda runs as planned'],
  ['logs kept for ever', set('PersistLog', 'retentionInDays', 0), 'every Lambda runs as planned'],
  ['reserved concurrency', set('PersistFunction', 'reservedConcurrentExecutions', 5), 'every Lambda runs as planned'],
  [
    'a database address for the decoder',
    set('InspectFunction', 'environment.variables.DATABASE_URL', 'x'),
    'a Lambda gets the variables that it reads, and no other',
  ],
  [
    'the key of pushes for the announcer',
    set('NotifyFunction', 'environment.variables.PUSH_PRIVATE_KEY', 'x'),
    'a Lambda gets the variables that it reads, and no other',
  ],
  [
    'sharp not installed',
    change('InspectCode', (inputs) => (inputs['files'] = ['src/inspect.lambda.mjs'])),
    'native code is there for the processor it runs on, and for no other',
  ],
  [
    'FFmpeg not installed',
    rewriteFiles('VideoCode', '@seydx/', '@nobody/'),
    'native code is there for the processor it runs on, and for no other',
  ],
  [
    "the builder's sharp",
    rewriteFiles('InspectCode', 'linux-arm64', 'linux-x64'),
    'native code is there for the processor it runs on, and for no other',
  ],
  [
    'no decoder in the zip',
    rewriteFiles('InspectCode', 'decoder.child', 'decoder.gone'),
    'a zip holds all that its Lambda starts or reads',
  ],
  [
    'a migration left at home',
    rewriteFiles('MigrateCode', '.sql', '.txt'),
    'a zip holds all that its Lambda starts or reads',
  ],
  [
    'a Worker before its migrations',
    unorder('SiteVersion', 'Migrations'),
    'migrations run before any other new code, and when the SQL changed',
  ],
  [
    'a persister before its migrations',
    unorder('PersistFunction', 'Migrations'),
    'migrations run before any other new code, and when the SQL changed',
  ],
  [
    'an inspector before the persister that can read it',
    unorder('InspectFunction', 'Migrations'),
    'migrations run before any other new code, and when the SQL changed',
  ],
  [
    'migrations that run once',
    set('Migrations', 'input', '{}'),
    'migrations run before any other new code, and when the SQL changed',
  ],
  ['no migrations', remove('Migrations'), 'migrations run before any other new code, and when the SQL changed'],
  [
    'a schedule that anybody may use',
    set('JanitorMayBeCalled', 'sourceArn', undefined),
    'no Lambda can be called by a stranger',
  ],
  [
    'a notify that is switched off',
    set('NotifySchedule', 'state', 'DISABLED'),
    'the clock calls the Lambdas that are planned for it, and no other',
  ],
  [
    'a tick that calls nobody',
    remove('AuditTarget'),
    'the clock calls the Lambdas that are planned for it, and no other',
  ],
  [
    'a tick that may not call',
    remove('ObserveMayBeCalled'),
    'the clock calls the Lambdas that are planned for it, and no other',
  ],
  [
    'a purge that comes once an hour',
    set('PurgeSchedule', 'scheduleExpression', 'rate(60 minutes)'),
    'the clock calls the Lambdas that are planned for it, and no other',
  ],
  [
    'a janitor that comes once a day',
    set('JanitorSchedule', 'scheduleExpression', 'rate(1 day)'),
    'the clock calls the Lambdas that are planned for it, and no other',
  ],
  ['a function URL', add('aws:lambda/functionUrl:FunctionUrl', 'Url', {}), 'no Lambda can be called by a stranger'],
]

function rewriteFiles(name: string, from: string, to: string) {
  return change(name, (inputs) => {
    inputs['files'] = (inputs['files'] as string[]).map((file) => file.replaceAll(from, to))
  })
}
