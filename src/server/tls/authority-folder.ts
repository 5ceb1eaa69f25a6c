import { isAbsolute, join } from 'node:path'

/**
 * Where the certificate authority of a user's development servers is kept: one for all of them, so that it is trusted once, and in no data
 * folder, which people remove. `XDG_DATA_HOME` wins on every system.
 */
export const authorityFolder = (env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, homeFolder: string): string =>
  join(dataHome(env, platform, homeFolder), 'poolhouse', 'ca')

const dataHome = (env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, homeFolder: string): string => {
  // The specification of base directories has relative paths ignored.
  const chosen = env['XDG_DATA_HOME'] ?? ''
  if (isAbsolute(chosen)) return chosen
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support')
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homeFolder, 'AppData', 'Local')
  return join(homeFolder, '.local', 'share')
}
