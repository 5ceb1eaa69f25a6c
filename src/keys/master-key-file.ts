import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../random.ts'
import { type MasterKey, parseMasterKey } from './parse-master-key.ts'
import { ensureSecretFile, readSecretFile } from './secret-file.ts'

/** Reads a key from a file that belongs to its owner alone (mode 0600 or 0400); `what` names it in faults. */
export const readMasterKeyFile = async (path: string, what = 'master key'): Promise<MasterKey> => {
  const file = await readSecretFile(path, what)
  if ('fault' in file) return file
  const parsed = parseMasterKey(file.text, what)
  return 'fault' in parsed ? { fault: `${path}: ${parsed.fault}` } : parsed
}

const devKeyName = 'master.key'

/** The key in `<folder>/master.key` as a list, empty where there is none; throws its fault. */
export const findDevMasterKey = async (folder: string): Promise<readonly Buffer[]> => {
  const path = join(folder, devKeyName)
  if (!existsSync(path)) return []
  const found = await readMasterKeyFile(path)
  if ('fault' in found) throw new Error(found.fault)
  return [found.key]
}

/** The key in `<folder>/master.key`, which is made with mode 0600 when only the folder is there; of several who make it at once, one does. */
export const openDevMasterKey = async (folder: string, random: Random): Promise<MasterKey> =>
  readMasterKeyFile(await ensureSecretFile(folder, devKeyName, random))

/** The same for the key in `<folder>/sender.key`, under which codes go to custom senders. */
export const openDevSenderKey = async (folder: string, random: Random): Promise<MasterKey> =>
  readMasterKeyFile(await ensureSecretFile(folder, 'sender.key', random), 'sender key')
