// Looking at dead letters without taking them, and sending them back. A letter is first sent to its queue and only then
// deleted: whoever dies in between leaves two of them, never none, and every reader of ours settles once.
// Not SQS's own move task: that moves all or nothing, runs on after the answer, and forgets which failed.
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
} from '@aws-sdk/client-sqs'
import type { QueueName } from '../cloud-names.ts'
import type { Stage } from './stage.ts'

export type DeadLetter = { readonly id: string; readonly body: string; readonly sentMs: number }

/** Long enough to read a thousand letters; they come back by themselves when we die meanwhile. */
const hiddenSeconds = 60

export const lettersShownMax = 1000

/** Up to a thousand letters of a queue, oldest first. They lie there afterwards as they did before. */
export async function readDeadLetters(stage: Stage, queue: QueueName): Promise<DeadLetter[]> {
  const { messages, giveBack } = await takeDeadLetters(stage, queue)
  await giveBack(messages)
  return messages.map(readLetter).sort((a, b) => a.sentMs - b.sentMs)
}

/**
 * Sends dead letters back to their queue.
 * @param isWanted which of them
 * @returns the ids that were sent back
 */
export async function replayDeadLetters(
  stage: Stage,
  queue: QueueName,
  isWanted: (letter: DeadLetter) => boolean,
): Promise<string[]> {
  const QueueUrl = await findQueueUrl(stage, queue)
  const { messages, giveBack, deadUrl } = await takeDeadLetters(stage, queue)
  const replayed: string[] = []
  for (const message of messages) {
    if (!isWanted(readLetter(message))) continue
    await stage.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message.Body ?? '' }))
    await stage.sqs.send(new DeleteMessageCommand({ QueueUrl: deadUrl, ReceiptHandle: message.ReceiptHandle }))
    replayed.push(message.MessageId ?? '')
  }
  await giveBack(messages.filter(({ MessageId = '' }) => !replayed.includes(MessageId)))
  return replayed
}

export async function findQueueUrl(stage: Stage, name: string): Promise<string> {
  const { QueueUrl = '' } = await stage.sqs.send(new GetQueueUrlCommand({ QueueName: stage.nameOf(name) }))
  return QueueUrl
}

const readLetter = ({ MessageId = '', Body = '', Attributes }: Message): DeadLetter => ({
  id: MessageId,
  body: Body,
  sentMs: Number(Attributes?.SentTimestamp ?? 0),
})

async function takeDeadLetters(stage: Stage, queue: QueueName) {
  const deadUrl = await findQueueUrl(stage, `${queue}-dead`)
  const messages = new Map<string, Message>()
  while (messages.size < lettersShownMax) {
    const { Messages = [] } = await stage.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenSeconds,
        // A short poll asks some of SQS's servers and may find nothing where there is something.
        WaitTimeSeconds: stage.isLocal ? 0 : 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    )
    if (Messages.length === 0) break
    for (const message of Messages) messages.set(message.MessageId ?? '', message)
  }
  const giveBack = async (some: readonly Message[]): Promise<void> => {
    await Promise.all(
      some.map(({ ReceiptHandle }) =>
        stage.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: deadUrl, ReceiptHandle, VisibilityTimeout: 0 })),
      ),
    )
  }
  return { deadUrl, messages: [...messages.values()], giveBack }
}
