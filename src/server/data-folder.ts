import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Random } from '../random.ts'
import type { By, Store } from '../storage/store.ts'
import type { Config } from './config.ts'
import { wantDemo } from './demo.ts'

/** The data folder of a server that keeps nothing. */
export const inMemory = ':memory:'

/** Whether a database stands in a data folder. */
export const hasData = (dataDir: string): boolean => existsSync(join(dataDir, 'poolhouse.db'))

/** What was opened; throws its fault. */
const sound = <T extends object>(opened: T | { readonly fault: string }): T => {
  if ('fault' in opened) throw new Error(opened.fault)
  return opened
}

type OpenKey = (folder: string, random: Random) => Promise<{ readonly key: Buffer } | { readonly fault: string }>

/** The master keys of a configuration; where it names none, the folder's own, which `openKey` makes when it is not there. Throws its fault. */
export const masterKeysOf = (config: Config, random: Random, openKey: OpenKey) => async (): Promise<readonly Buffer[]> => {
  if (config.masterKeys.length > 0) return config.masterKeys
  // Only `dev` gets here: `serve` does not start without a key.
  if (config.dataDir === inMemory) return [Buffer.from(random.bytes(32))]
  return [sound(await openKey(config.dataDir, random)).key]
}

/**
 * The key under which codes go to custom senders: the configuration's, else in `dev` the folder's own. Throws the key's fault;
 * undefined where `serve` was given none.
 */
export const senderKeyOf = (config: Config, random: Random, openKey: OpenKey) => async (): Promise<Uint8Array | undefined> => {
  if (config.senderKey !== undefined || config.command === 'serve') return config.senderKey
  if (config.dataDir === inMemory) return random.bytes(32)
  return sound(await openKey(config.dataDir, random)).key
}

type OpenSecret = (folder: string, random: Random) => Promise<{ readonly text: string } | { readonly fault: string }>

/** The secret that calls of webhooks are signed with: the configuration's, else the folder's own. Throws its fault. */
export const triggerSecretOf = (config: Config, random: Random, openSecret: OpenSecret) => async (): Promise<string> => {
  if (config.triggerSecret !== undefined) return config.triggerSecret
  if (config.dataDir === inMemory) return Buffer.from(random.bytes(32)).toString('base64')
  return sound(await openSecret(config.dataDir, random)).text
}

/** Absolute paths of what no function in a file may read: the data folder, the authority of certificates, and the files with secrets. */
export const hiddenPaths = ({ dataDir, authorityFolder, secretFiles }: Config): readonly string[] => [
  ...(dataDir === inMemory ? [] : [resolve(dataDir)]),
  ...(authorityFolder === undefined ? [] : [authorityFolder]),
  ...secretFiles,
]

/**
 * A folder belongs to the command that made it: what `dev` let in unchecked must not become production, nor production be let open.
 * `wantsDemo` notes for a new folder that the demo is still to be made.
 */
export const claimFolder =
  ({ command, dataDir, database }: Config, { wantsDemo }: { readonly wantsDemo: boolean }) =>
  async (store: Store, by: By): Promise<void> => {
    // Noted before the claim: a start that is killed between the two leaves a folder that still counts as new.
    const known = await store.meta.get('made-by')
    if (wantsDemo && known === undefined) await wantDemo(store, by)
    const maker = known ?? (await store.meta.putIfAbsent(by, 'made-by', command))
    if (maker === command) return
    const [place, another] = database === undefined ? [`data folder ${dataDir}`, 'a folder'] : ['database', 'a database']
    throw new Error(
      command === 'serve'
        ? `The ${place} was made by \`poolhouse dev\`, which checks nobody. Start \`poolhouse serve\` on ${another} of its own.`
        : `The ${place} was made by \`poolhouse serve\`. Give its master key (--master-key-file) to commands that work on it, and start \`poolhouse dev\`, which checks nobody, on ${another} of its own.`,
    )
  }
