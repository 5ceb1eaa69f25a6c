import { readFile } from 'node:fs/promises'
import { ConfigError } from '../../server/config.ts'
import { textOption } from './text-option.ts'

/** The certificate (PEM) that `--cacert` names; undefined without one. Throws ConfigError for a file that can't be read. */
export const readAuthority = async (options: Readonly<Record<string, unknown>>): Promise<string | undefined> => {
  const path = textOption(options, 'cacert')
  if (path === undefined) return undefined
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(
      error.code === 'ENOENT' ? `There is no certificate ${path}.` : `The certificate ${path} can't be read: ${error.message}`,
    )
  })
}
