// The little of Pulumi's generated gRPC code that the recorder uses, with types. It is the very code that SST's own
// programs run with, found in the platform that `sst install` laid out.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Struct = { toJavaScript(): Record<string, unknown> }
export type StringList = { array?: unknown } & { getUrnsList?(): string[] }

export type ResourceRequest = {
  getType(): string
  getName(): string
  getParent(): string
  getProvider(): string
  getDependenciesList(): string[]
  getAdditionalsecretoutputsList(): string[]
}
export type RegisterRequest = ResourceRequest & {
  getObject(): Struct | undefined
  getCustom(): boolean
  getProtect(): boolean
  getRetainondelete(): boolean
  getImportid(): string
}
export type ReadRequest = ResourceRequest & { getProperties(): Struct | undefined; getId(): string }
export type InvokeRequest = { getTok(): string; getArgs(): Struct | undefined }
export type LogRequest = { getSeverity(): number; getMessage(): string; getUrn(): string }
export type OutputsRequest = { getUrn(): string; getOutputs(): Struct | undefined }
export type UrnMessage = { getUrn(): string; setUrn(urn: string): void }
type FeatureRequest = { getId(): string }
type PackageRequest = { getName(): string; getVersion(): string }

type Message<T> = new () => T
export type Callback = (error: unknown, reply?: unknown) => void
export type Call<T> = { readonly request: T }
export type Handlers = Readonly<Record<string, (call: never, callback: Callback) => void>>

type GrpcServer = {
  addService(service: unknown, handlers: Handlers): void
  bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void
  forceShutdown(): void
}

export type Protocol = {
  /** Program that evaluates a Pulumi program. */
  readonly runProgram: string
  readonly newServer: () => GrpcServer
  readonly insecure: unknown
  readonly unknownStatus: number
  readonly monitorService: unknown
  readonly engineService: unknown
  readonly struct: (value: unknown) => Struct
  readonly Empty: Message<object>
  readonly SupportsFeatureResponse: Message<{ setHassupport(value: boolean): void }>
  readonly InvokeResponse: Message<{ setReturn(value: Struct): void }>
  readonly ReadResourceResponse: Message<UrnMessage & { setProperties(value: Struct): void }>
  readonly RegisterResourceResponse: Message<UrnMessage & { setId(id: string): void; setObject(value: Struct): void }>
  readonly RegisterPackageResponse: Message<{ setRef(reference: string): void }>
  readonly GetRootResourceResponse: Message<UrnMessage>
  readonly SetRootResourceResponse: Message<object>
}
export type { FeatureRequest, PackageRequest }

/** @param platform SST's folder `.sst/platform` */
export function loadProtocol(platform: string): Protocol {
  const fromPlatform = createRequire(join(platform, 'package.json'))
  const pulumi = dirname(fromPlatform.resolve('@pulumi/pulumi/package.json'))
  const fromPulumi = createRequire(join(pulumi, 'package.json'))
  const grpc = fromPulumi('@grpc/grpc-js') as {
    Server: new (options: object) => GrpcServer
    ServerCredentials: { createInsecure(): unknown }
    status: { UNKNOWN: number }
  }
  const { Struct } = fromPulumi('google-protobuf/google/protobuf/struct_pb.js') as {
    Struct: { fromJavaScript(value: unknown): Struct }
  }
  const { Empty } = fromPulumi('google-protobuf/google/protobuf/empty_pb.js') as Pick<Protocol, 'Empty'>
  const resource = fromPlatform('@pulumi/pulumi/proto/resource_pb') as Pick<
    Protocol,
    'SupportsFeatureResponse' | 'ReadResourceResponse' | 'RegisterResourceResponse' | 'RegisterPackageResponse'
  >
  const provider = fromPlatform('@pulumi/pulumi/proto/provider_pb') as Pick<Protocol, 'InvokeResponse'>
  const engine = fromPlatform('@pulumi/pulumi/proto/engine_pb') as Pick<
    Protocol,
    'GetRootResourceResponse' | 'SetRootResourceResponse'
  >
  const monitor = fromPlatform('@pulumi/pulumi/proto/resource_grpc_pb') as { ResourceMonitorService: unknown }
  const engineRpc = fromPlatform('@pulumi/pulumi/proto/engine_grpc_pb') as { EngineService: unknown }
  return {
    runProgram: join(pulumi, 'cmd/run/index.js'),
    newServer: () => new grpc.Server({ 'grpc.max_receive_message_length': 1 << 28 }),
    insecure: grpc.ServerCredentials.createInsecure(),
    unknownStatus: grpc.status.UNKNOWN,
    monitorService: monitor.ResourceMonitorService,
    engineService: engineRpc.EngineService,
    // Through JSON, which drops `undefined`: the wire has no such value.
    struct: (value) => Struct.fromJavaScript(JSON.parse(JSON.stringify(value ?? {}))),
    Empty,
    InvokeResponse: provider.InvokeResponse,
    SupportsFeatureResponse: resource.SupportsFeatureResponse,
    ReadResourceResponse: resource.ReadResourceResponse,
    RegisterResourceResponse: resource.RegisterResourceResponse,
    RegisterPackageResponse: resource.RegisterPackageResponse,
    GetRootResourceResponse: engine.GetRootResourceResponse,
    SetRootResourceResponse: engine.SetRootResourceResponse,
  }
}
