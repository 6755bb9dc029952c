// Stands in for Pulumi's engine: speaks its ResourceMonitor and Engine protocols to the real Pulumi SDK, but instead of
// calling cloud providers it writes down every resource with its resolved inputs and answers with plausible outputs.
import { spawn } from 'node:child_process'
import { answerInvoke, answerResource } from './cloud-answers.ts'
import {
  loadProtocol,
  type Call,
  type Callback,
  type FeatureRequest,
  type Handlers,
  type InvokeRequest,
  type LogRequest,
  type OutputsRequest,
  type PackageRequest,
  type Protocol,
  type ReadRequest,
  type RegisterRequest,
  type ResourceRequest,
  type Struct,
  type UrnMessage,
} from './pulumi-protocol.ts'
import type { Recording, Resource } from './recorded.ts'
import { decode, encodeSecret, type Plain, type PlainObject } from './wire.ts'

export type Program = {
  readonly platform: string
  readonly project: string
  readonly stage: string
  readonly main: string
  readonly folder: string
  readonly config: Readonly<Record<string, string>>
}

const features = ['secrets', 'resourceReferences', 'deletedWith', 'replaceWith', 'aliasSpecs', 'parameterization']

export async function recordProgram(program: Program): Promise<Recording & { stdout: string }> {
  const protocol = loadProtocol(program.platform)
  const ledger = new Ledger(program)
  const server = protocol.newServer()
  server.addService(protocol.monitorService, monitorHandlers(protocol, ledger))
  server.addService(protocol.engineService, engineHandlers(protocol, ledger))
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', protocol.insecure, (error, bound) => (error ? reject(error) : resolve(bound)))
  })
  const { exitCode, stdout, stderr } = await evaluate(protocol, program, `127.0.0.1:${port}`)
  server.forceShutdown()
  const { resources, messages } = ledger
  const outputs = resources.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs ?? {}
  return { stage: program.stage, exitCode, resources, outputs, messages, stdout, stderr }
}

class Ledger {
  readonly resources: Resource[] = []
  readonly messages: { severity: number; text: string; urn: string }[] = []
  packages = 0
  rootUrn = ''
  readonly #byUrn = new Map<string, Resource>()
  readonly #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  /** Writes a resource down and answers what its program gets to see of it, still encoded. */
  register(request: RegisterRequest | ReadRequest): { urn: string; id: string; seen: Record<string, unknown> } {
    const isRead = 'getProperties' in request
    const wire = readStruct(isRead ? request.getProperties() : request.getObject())
    const secretInputs: string[] = []
    const inputs = decode(wire, secretInputs) as PlainObject
    const urn = this.#urnOf(request)
    if (this.#byUrn.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`)
    const isCustom = isRead || request.getCustom()
    const identity = { urn, type: request.getType(), name: request.getName(), inputs }
    const { id, outputs } = isCustom ? answerResource(identity) : { id: '', outputs: {} }
    const resource: Resource = {
      ...identity,
      id,
      parent: request.getParent(),
      isCustom,
      isRead,
      outputs: isCustom ? { ...inputs, ...outputs } : {},
      secretInputs,
      dependencies: request.getDependenciesList(),
      isProtected: !isRead && request.getProtect(),
      isRetained: !isRead && request.getRetainondelete(),
    }
    this.#byUrn.set(urn, resource)
    this.resources.push(resource)
    // What went in as a secret comes out as one, and so does what the SDK asks to be one.
    const seen: Record<string, unknown> = { ...(isCustom ? wire : {}), ...outputs }
    if (isCustom && !isRead)
      for (const key of request.getAdditionalsecretoutputsList())
        if (seen[key] !== undefined) seen[key] = encodeSecret(seen[key])
    return { urn, id, seen }
  }

  finish(urn: string, outputs: Plain): void {
    const resource = this.#byUrn.get(urn)
    if (resource) resource.outputs = outputs as PlainObject
  }

  #urnOf(request: ResourceRequest): string {
    const parent = this.#byUrn.get(request.getParent())
    const isNested = parent !== undefined && parent.type !== 'pulumi:pulumi:Stack'
    const types = isNested ? `${parent.urn.split('::')[2]}$${request.getType()}` : request.getType()
    return `urn:pulumi:${this.#program.stage}::${this.#program.project}::${types}::${request.getName()}`
  }
}

const readStruct = (struct: Struct | undefined): Record<string, unknown> => struct?.toJavaScript() ?? {}

function monitorHandlers(protocol: Protocol, ledger: Ledger): Handlers {
  const answering =
    <T>(answer: (request: T) => unknown) =>
    (call: Call<T>, callback: Callback) => {
      try {
        callback(null, answer(call.request))
      } catch (error) {
        callback({ code: protocol.unknownStatus, message: error instanceof Error ? error.message : String(error) })
      }
    }
  const nothing = answering(() => new protocol.Empty())
  return {
    supportsFeature: answering((request: FeatureRequest) => {
      const reply = new protocol.SupportsFeatureResponse()
      reply.setHassupport(features.includes(request.getId()))
      return reply
    }),
    invoke: answering((request: InvokeRequest) => {
      const reply = new protocol.InvokeResponse()
      reply.setReturn(
        protocol.struct(answerInvoke(request.getTok(), decode(readStruct(request.getArgs())) as PlainObject)),
      )
      return reply
    }),
    readResource: answering((request: ReadRequest) => {
      const { urn, seen } = ledger.register(request)
      const reply = new protocol.ReadResourceResponse()
      reply.setUrn(urn)
      reply.setProperties(protocol.struct(seen))
      return reply
    }),
    registerResource: answering((request: RegisterRequest) => {
      const { urn, id, seen } = ledger.register(request)
      const reply = new protocol.RegisterResourceResponse()
      reply.setUrn(urn)
      reply.setId(id)
      reply.setObject(protocol.struct(seen))
      return reply
    }),
    registerResourceOutputs: answering((request: OutputsRequest) => {
      ledger.finish(request.getUrn(), decode(readStruct(request.getOutputs())))
      return new protocol.Empty()
    }),
    registerPackage: answering((_: PackageRequest) => {
      ledger.packages += 1
      const reply = new protocol.RegisterPackageResponse()
      reply.setRef(`package-${ledger.packages}`)
      return reply
    }),
    registerStackTransform: nothing,
    registerStackInvokeTransform: nothing,
    registerResourceHook: nothing,
    signalAndWaitForShutdown: nothing,
  }
}

function engineHandlers(protocol: Protocol, ledger: Ledger): Handlers {
  return {
    log: ({ request }: Call<LogRequest>, callback: Callback) => {
      if (request.getSeverity() > 0)
        ledger.messages.push({ severity: request.getSeverity(), text: request.getMessage(), urn: request.getUrn() })
      callback(null, new protocol.Empty())
    },
    getRootResource: (_: unknown, callback: Callback) => {
      const reply = new protocol.GetRootResourceResponse()
      reply.setUrn(ledger.rootUrn)
      callback(null, reply)
    },
    setRootResource: ({ request }: Call<UrnMessage>, callback: Callback) => {
      ledger.rootUrn = request.getUrn()
      callback(null, new protocol.SetRootResourceResponse())
    },
    startDebugging: (_: unknown, callback: Callback) => callback(null, new protocol.Empty()),
  }
}

async function evaluate(protocol: Protocol, program: Program, address: string) {
  const { folder, stage, project, main, config } = program
  const child = spawn(
    process.execPath,
    [
      protocol.runProgram,
      `--monitor=${address}`,
      `--engine=${address}`,
      '--organization=organization',
      `--project=${project}`,
      `--stack=${stage}`,
      '--parallel=16',
      `--pwd=${folder}`,
      `--root-directory=${folder}`,
      main,
    ],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PULUMI_CONFIG: JSON.stringify(config), PULUMI_CONFIG_SECRET_KEYS: '[]' },
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const exitCode = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)))
  return { exitCode, stdout, stderr }
}
