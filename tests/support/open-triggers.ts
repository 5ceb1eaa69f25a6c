import { resolve } from 'node:path'
import { systemClock } from '../../src/clock.ts'
import type { Log } from '../../src/context.ts'
import { createPoster } from '../../src/posting/create-poster.ts'
import { systemRandom } from '../../src/random.ts'
import { createTriggers, type OpenedTriggers } from '../../src/triggers/create-triggers.ts'
import { openTargets } from '../../src/triggers/open-targets.ts'
import { parseMapping } from '../../src/triggers/parse-mapping.ts'
import type { TriggerEvent } from '../../src/triggers/triggers.ts'

/** The ARN of a function of this name. */
export const functionArn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

/** The secret that webhooks are signed with. */
export const triggerSecret = 'a-secret-of-tests-that-is-long-enough-and-known-to-all'

/** What signs calls of the Lambda API. */
export const lambdaCredentials = { accessKeyId: 'AKIATESTTESTTESTTEST', secretKey: 'a secret of a test', sessionToken: 'a session' }

/** An event as a sign-up sends it. */
export const signUpEvent: TriggerEvent = {
  version: '1',
  triggerSource: 'PreSignUp_SignUp',
  region: 'us-east-1',
  userPoolId: 'us-east-1_Example',
  userName: 'ana',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: { userAttributes: { email: 'ana@example.org' }, validationData: null },
  response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
}

/** Triggers as a configuration opens them, and the lines of their log. */
export interface TestTriggers extends OpenedTriggers {
  readonly lines: Record<string, unknown>[]
}

/** Time limits in ms, and paths that modules may not read. */
interface TestLimits {
  readonly limit?: number
  readonly sendLimit?: number
  readonly patience?: number
  readonly hidden?: readonly string[]
  readonly reload?: boolean
}

/** Opens functions by their names, each mapped as on a command line: `{ 'pre-sign-up': './pre.ts' }`. */
export const openTriggers = async (
  targets: Readonly<Record<string, string>>,
  { hidden = [], reload = false, ...limits }: TestLimits = {},
): Promise<TestTriggers> => {
  const lines: Record<string, unknown>[] = []
  const write = (level: string) => (fields: object, text: string) => void lines.push({ level, text, ...fields })
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const mappings = Object.entries(targets).map(([name, target]) => {
    const mapping = parseMapping(`${functionArn(name)}=${target}`)
    if ('fault' in mapping) throw new Error(mapping.fault)
    const { arn, address } = mapping
    return address.kind === 'module' ? { arn, address: { ...address, file: resolve(address.file) } } : mapping
  })
  const secret = async () => triggerSecret
  const opened = await openTargets({
    mappings,
    secret,
    credentials: lambdaCredentials,
    poster: createPoster(),
    hidden,
    reload,
    clock: systemClock,
    log,
  })
  return { ...createTriggers({ targets: opened, clock: systemClock, random: systemRandom, log, keep: 50, ...limits }), lines }
}
