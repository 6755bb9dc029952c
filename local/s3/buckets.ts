// What a bucket is here: a name and the rules that infra/ gives it in the cloud. Buckets are declared when the server
// starts; nobody makes or configures one over HTTP, as nobody may in the cloud.
export type CorsRule = {
  allowedOrigins: readonly string[]
  allowedMethods: readonly string[]
  /** `*` matches any run of characters. */
  allowedHeaders: readonly string[]
  exposeHeaders: readonly string[]
  maxAgeSeconds: number
}

export type NotificationRule = {
  id: string
  queueArn: string
  /** For example `s3:ObjectCreated:*`. */
  events: readonly string[]
  prefix?: string
  suffix?: string
}

export type LifecycleRule = {
  prefix: string
  expireAfterDays?: number
  abortMultipartAfterDays?: number
}

export type Bucket = {
  name: string
  cors?: readonly CorsRule[]
  notifications?: readonly NotificationRule[]
  lifecycle?: readonly LifecycleRule[]
}
