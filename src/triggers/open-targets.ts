import { realpath, stat } from 'node:fs/promises'
import type { Clock } from '../clock.ts'
import type { Log } from '../context.ts'
import type { SigningCredentials } from '../crypto/sign-request.ts'
import type { Poster } from '../posting/poster.ts'
import { lambdaTarget } from './lambda-target.ts'
import { usualExport } from './module-frames.ts'
import { createModuleRunner, type ModuleRunner } from './module-runner.ts'
import { moduleTarget } from './module-target.ts'
import type { TriggerAddress, TriggerMapping } from './parse-mapping.ts'
import { mayReadItself, readablePaths } from './readable-paths.ts'
import type { TriggerTarget } from './trigger-target.ts'
import { webhookTarget } from './webhook-target.ts'

/** What functions in other places are reached with. */
export interface TargetSettings {
  /** Files as absolute paths; each ARN once. */
  readonly mappings: readonly TriggerMapping[]
  /** Signs webhooks; asked for when there is one. */
  readonly secret: () => Promise<string>
  /** Sign calls of the Lambda API. */
  readonly credentials: SigningCredentials
  /** Closed with the targets. */
  readonly poster: Poster
  /** Absolute paths that no module may read. */
  readonly hidden: readonly string[]
  /** Whether a module whose file was changed is loaded again. */
  readonly reload: boolean
  /** The machine's own: receivers compare it with theirs. */
  readonly clock: Clock
  readonly log: Log
}

type ModuleAddress = Extract<TriggerAddress, { kind: 'module' }>

/** The file that a path leads to; its folder is the one that the module may read. */
const requireFile = async (arn: string, file: string, hidden: readonly string[]): Promise<string> => {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile()) throw new Error(`There is no file ${file}, to which the trigger ${arn} is mapped.`)
  const real = await realpath(file)
  if (!mayReadItself(real, hidden))
    throw new Error(`The trigger file ${file} lies in the data folder, which no trigger may read. Move it out.`)
  return real
}

/** One runner for each file, however many functions it has. */
const openRunners = async ({ mappings, hidden, reload, log }: TargetSettings): Promise<(file: string) => ModuleRunner | undefined> => {
  const modules = mappings.filter((mapping): mapping is TriggerMapping & { address: ModuleAddress } => mapping.address.kind === 'module')
  const runners = new Map<string, ModuleRunner>()
  for (const [path, mapped] of Map.groupBy(modules, ({ address }) => address.file)) {
    const file = await requireFile(mapped[0]?.arn ?? '', path, hidden)
    const runner = createModuleRunner({
      file,
      arns: mapped.map(({ arn }) => arn),
      exportNames: mapped.map(({ address }) => address.exportName ?? usualExport),
      readable: () => readablePaths(file, hidden),
      changedAt: reload ? async () => (await stat(file)).mtimeMs : undefined,
      log,
    })
    runners.set(path, runner)
  }
  return (file) => runners.get(file)
}

/** The functions behind mappings, by ARN. Throws one sentence when a file is not there. */
export const openTargets = async (settings: TargetSettings): Promise<ReadonlyMap<string, TriggerTarget>> => {
  const { mappings, credentials, poster, clock } = settings
  const runnerOf = await openRunners(settings)
  const secret = mappings.some(({ address }) => address.kind === 'webhook') ? await settings.secret() : ''
  const open = ({ address }: TriggerMapping): TriggerTarget | undefined => {
    if (address.kind === 'webhook') return webhookTarget({ url: address.url, secret, poster, clock })
    if (address.kind === 'lambda') return lambdaTarget({ ...address, credentials, poster, clock })
    const runner = runnerOf(address.file)
    return runner && moduleTarget(runner, address.exportName)
  }
  const targets = mappings.flatMap((mapping) => {
    const target = open(mapping)
    return target === undefined ? [] : [[mapping.arn, target] as const]
  })
  return new Map(targets)
}
