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

/** The key in `<folder>/master.key`, which is made with mode 0600 when only the folder is there; of several who make it at once, one does. */
export const openDevMasterKey = async (folder: string, random: Random): Promise<MasterKey> =>
  readMasterKeyFile(await ensureSecretFile(folder, 'master.key', random))

/** The same for the key in `<folder>/sender.key`, under which codes go to custom senders. */
export const openDevSenderKey = async (folder: string, random: Random): Promise<MasterKey> =>
  readMasterKeyFile(await ensureSecretFile(folder, 'sender.key', random), 'sender key')
