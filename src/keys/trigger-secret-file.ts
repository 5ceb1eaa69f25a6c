import type { Random } from '../random.ts'
import { ensureSecretFile, readSecretFile, type SecretText } from './secret-file.ts'

/** The secret in `<folder>/trigger.secret`, which is made with mode 0600 when only the folder is there; white space around it is dropped. */
export const openDevTriggerSecret = async (folder: string, random: Random): Promise<SecretText> => {
  const path = await ensureSecretFile(folder, 'trigger.secret', random)
  const found = await readSecretFile(path, 'trigger secret')
  if ('fault' in found) return found
  const text = found.text.trim()
  return text.length < 32 ? { fault: `The trigger secret in ${path} has fewer than 32 characters.` } : { text }
}
