import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const versions = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs, of the newest version that pg_auto_failover is installed for; undefined without one. */
export const failoverPrograms = (): string | undefined => {
  if (!existsSync(versions)) return undefined
  const extension = (version: string) => join('/usr/share/postgresql', version, 'extension', 'pgautofailover.control')
  const version = readdirSync(versions)
    .sort((a, b) => Number(b) - Number(a))
    .find((one) => existsSync(extension(one)))
  return version === undefined ? undefined : join(versions, version, 'bin')
}
