/** The system that is to trust a certificate. */
export interface Machine {
  readonly platform: NodeJS.Platform
  /** The text of /etc/os-release; empty where there is none. */
  readonly osRelease: string
}

/** What a person types so that a machine trusts a certificate authority, and no longer. */
export interface TrustCommands {
  readonly trust: string
  readonly distrust: string
  /** Chrome and Chromium, where they keep a list of their own. */
  readonly chrome?: string
}

/** A text as one word of the shell. */
export const quoted = (text: string, platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`

/** Families by the words of ID and ID_LIKE (os-release(5)). */
const isOneOf = (osRelease: string, ...families: readonly string[]): boolean => {
  const words = [...osRelease.matchAll(/^ID(?:_LIKE)?=(.*)$/gm)].flatMap(([, value = '']) => value.replaceAll(/["']/g, '').split(/\s+/))
  return words.some((word) => families.includes(word))
}

/** The commands for an authority's certificate in a file; `name` is its common name. Only Windows's and Apple's keep to one user. */
export const trustCommands = ({ platform, osRelease }: Machine, path: string, name: string): TrustCommands => {
  const file = quoted(path, platform)
  if (platform === 'darwin') {
    return {
      trust: `security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db ${file}`,
      distrust: `security remove-trusted-cert ${file}`,
    }
  }
  if (platform === 'win32') {
    return { trust: `certutil -user -addstore Root ${file}`, distrust: `certutil -user -delstore Root ${quoted(name, platform)}` }
  }
  if (isOneOf(osRelease, 'debian', 'ubuntu', 'alpine')) {
    const copy = `/usr/local/share/ca-certificates/${name.toLowerCase().replaceAll(' ', '-')}.crt`
    return {
      trust: `sudo cp ${file} ${copy} && sudo update-ca-certificates`,
      distrust: `sudo rm ${copy} && sudo update-ca-certificates --fresh`,
      chrome: `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n ${quoted(name, platform)} -i ${file}`,
    }
  }
  // p11-kit, which Fedora, Arch, SUSE and their relatives have; their browsers ask it too.
  return { trust: `sudo trust anchor --store ${file}`, distrust: `sudo trust anchor --remove ${file}` }
}
