// The event AWS hands to a function behind a queue.
// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
import { region } from '../cloud-names.ts'
import { md5Hex, md5OfAttributes, type MessageAttribute } from '../sqs/message-attributes.ts'
import type { ReceivedMessage } from '../sqs/queue-store.ts'
import { describeSystemAttributes } from '../sqs/sqs-actions.ts'

export function describeSqsEvent(messages: readonly ReceivedMessage[], queueArn: string): { Records: unknown[] } {
  return {
    Records: messages.map((message) => {
      const md5OfMessageAttributes = md5OfAttributes(message.attributes)
      return {
        messageId: message.id,
        receiptHandle: message.receipt,
        body: message.body,
        attributes: describeSystemAttributes(message),
        messageAttributes: Object.fromEntries(
          Object.entries(message.attributes).map(([name, attribute]) => [name, describeAttribute(attribute)]),
        ),
        ...(md5OfMessageAttributes === null ? {} : { md5OfMessageAttributes }),
        md5OfBody: md5Hex(message.body),
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn,
        awsRegion: region,
      }
    }),
  }
}

function describeAttribute({ DataType, StringValue, BinaryValue }: MessageAttribute) {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  }
}
