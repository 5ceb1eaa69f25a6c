import type { Services } from '../context.ts'
import { everyRow } from '../domain/every-row.ts'
import { parsePolicy } from '../domain/iam-policy.ts'
import { newAccessKeyId, newSecretAccessKey } from '../domain/ids.ts'
import { serverUid } from '../domain/server-uid.ts'
import type { By } from '../storage/store.ts'
import { type AuditCommands, createAuditCommands } from './audit-commands.ts'
import { commandLine, createOperatorCommands, type OperatorCommands } from './operator-commands.ts'
import { parseSeed } from './parse-seed.ts'
import type { SeedDocument, SeededPool } from './seed-document.ts'

/** What the command line asks of a server, whether it runs or its data folder is opened for the purpose. */
export interface Commands extends AuditCommands, OperatorCommands {
  /** Makes an access key that carries the policy document; the secret is shown this once. */
  createAccessKey(input: { userName: string; policy: unknown }): Promise<{ accessKeyId: string; secretAccessKey: string; arn: string }>
  listAccessKeys(): Promise<{ accessKeyId: string; userName: string; createdAt: number; policy: unknown }[]>
  deleteAccessKey(input: { accessKeyId: string }): Promise<{ deleted: boolean }>
  /** Adds signing keys to one pool, or to all; they sign after `delay` ms and are published at once. */
  rotateSigningKeys(input: { userPoolId?: string | undefined; delay: number }): Promise<{ userPoolId: string; keyIds: string[] }[]>
  /** Wraps every data key by the first master key that is loaded; `loaded` is how many there are. */
  rotateMasterKey(): Promise<{ rewrapped: number; loaded: number }>
  seed(input: { document: unknown }): Promise<SeededPool[]>
}

/** What commands need beside the services. */
export interface CommandSources {
  readonly services: Services
  readonly rotateMasterKey: Commands['rotateMasterKey']
  readonly seed: (document: SeedDocument) => Promise<SeededPool[]>
  /** Where operators open the console; undefined for a server that lets everybody in. */
  readonly adminUrl: (() => string) | undefined
}

/** The name of a person or program in an ARN. */
const userNameFault = (name: string): string | undefined =>
  /^[\w+=,.@-]{1,64}$/.test(name) ? undefined : 'A user name has 1 to 64 letters, digits or any of +=,.@_- and nothing else.'

/** The commands over open services. Their errors are sentences for the person who typed the command. */
export const createCommands = ({ services, rotateMasterKey, seed, adminUrl }: CommandSources): Commands => {
  const { store, random, clock, keyring, signingKeys, policy: settings } = services
  const by = (action: string): By => ({ actor: commandLine, requestId: random.uuid(), action, at: clock.now() })

  return {
    createAccessKey: async ({ userName, policy }) => {
      const badName = userNameFault(userName)
      if (badName !== undefined) throw new Error(badName)
      const parsed = parsePolicy(policy)
      if ('fault' in parsed) throw new Error(`The policy can't be used: ${parsed.fault}`)
      const [accessKeyId, secretAccessKey] = [newAccessKeyId(random.below), newSecretAccessKey(random.below)]
      await store.accessKeys.create(by('CreateAccessKey'), {
        id: accessKeyId,
        userName,
        sealedSecret: await keyring.seal('access-keys', serverUid, accessKeyId, Buffer.from(secretAccessKey, 'utf8')),
        policy: JSON.stringify(policy),
        enabled: true,
        createdAt: clock.now(),
      })
      return { accessKeyId, secretAccessKey, arn: `arn:aws:iam::${settings.accountId}:user/${userName}` }
    },
    listAccessKeys: async () =>
      Array.fromAsync(everyRow(store.accessKeys.list), ({ id, userName, createdAt, policy }) => ({
        accessKeyId: id,
        userName,
        createdAt,
        policy: JSON.parse(policy),
      })),
    deleteAccessKey: async ({ accessKeyId }) => ({
      deleted: (await store.accessKeys.delete(by('DeleteAccessKey'), accessKeyId)) === 'deleted',
    }),
    rotateSigningKeys: async ({ userPoolId, delay }) => {
      const named = userPoolId === undefined ? undefined : await store.pools.byId(userPoolId)
      if (userPoolId !== undefined && named === undefined) throw new Error(`There is no user pool ${userPoolId}.`)
      const pools = named === undefined ? await Array.fromAsync(everyRow((page) => store.pools.list(undefined, page))) : [named]
      const rotated = []
      for (const { Id: id, uid } of pools) rotated.push({ userPoolId: id, keyIds: await signingKeys.rotate(uid, delay) })
      return rotated
    },
    ...createAuditCommands(services),
    ...createOperatorCommands(services, adminUrl),
    rotateMasterKey,
    seed: ({ document }) => seed(parseSeed(document)),
  }
}
