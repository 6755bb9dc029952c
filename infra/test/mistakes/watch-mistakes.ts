import { remove, rewrite, set, type Mistake } from '../plant.ts'

export const watchMistakes: readonly Mistake[] = [
  [
    'a dead letter that nobody hears of',
    remove('OutcomesDeadLetters'),
    'every dead letter and every queue that stands still is told',
  ],
  [
    'an alarm that never rings',
    set('UploadsWaiting', 'threshold', 1e9),
    'every dead letter and every queue that stands still is told',
  ],
  [
    'an alarm that rings tomorrow',
    set('NoticesDeadLetters', 'period', 86_400),
    'every dead letter and every queue that stands still is told',
  ],
  [
    'an alarm of another queue',
    set('NoticesWaiting', 'dimensions.QueueName', 'shoebox-production-mail'),
    'every dead letter and every queue that stands still is told',
  ],
  [
    'errors that are averaged away',
    set('NotifierErrors', 'statistic', 'Average'),
    'every Lambda that ends by itself, or fails often, is told',
  ],
  [
    'a rate that is never high',
    set('NotifierFailureRate', 'threshold', 1000),
    'every Lambda that ends by itself, or fails often, is told',
  ],
  [
    'a Lambda that fails in silence',
    remove('InspectFailureRate'),
    'every Lambda that ends by itself, or fails often, is told',
  ],
  [
    'drift that is taken for normal',
    set('Drift', 'threshold', 100),
    'rows and objects that do not agree are told, an audit log that was changed, and deletions that do not end',
  ],
  [
    'drift that ends by the hour',
    set('Drift', 'treatMissingData', 'notBreaching'),
    'every alarm reaches the one topic, and the topic a person',
  ],
  ['bounces that nobody counts', remove('MailBounces'), 'the delivery is watched, and in production the mail'],
  [
    'an alarm to nobody',
    set('PersistErrors', 'alarmActions', []),
    'every alarm reaches the one topic, and the topic a person',
  ],
  ['a topic without a reader', remove('AlarmMail'), 'every alarm reaches the one topic, and the topic a person'],
  [
    'a step that is not counted',
    set('UploadsReadyMeter', 'pattern', 'ready'),
    'every step of the pipeline is counted, and shown',
  ],
  [
    'complaints that do not suppress',
    set('MailSenderConfig', 'suppressionOptions.suppressedReasons', ['BOUNCE']),
    'bounces and complaints suppress the address and are told',
  ],
  [
    'a canary whose silence is taken for health',
    set('CanarySilent', 'treatMissingData', 'notBreaching'),
    'a canary that fails or falls silent is told',
  ],
  ['a canary that nobody misses', remove('CanarySilent'), 'a canary that fails or falls silent is told'],
  [
    'a site that nobody asks for',
    set('SiteCheck', 'disabled', true),
    'in production somebody asks for the site from outside, and tells when it is silent',
  ],
  [
    'a check of another site',
    set('SiteCheck', 'fqdn', 'example.org'),
    'in production somebody asks for the site from outside, and tells when it is silent',
  ],
  [
    'a site whose silence is taken for health',
    set('SiteDown', 'treatMissingData', 'notBreaching'),
    'in production somebody asks for the site from outside, and tells when it is silent',
  ],
  [
    'bounces that anybody may announce',
    rewrite('BouncesPolicy', 'policy', 'aws:SourceArn', 'aws:SourceAccount'),
    'bounces and complaints suppress the address and are told',
  ],
  [
    'bounces that end in a topic',
    remove('MailReturnsToQueue'),
    'bounces and complaints suppress the address and are told',
  ],
  ['no budget', remove('Spending'), 'spending is watched where a limit was given'],
]
