import { describe, expect, it } from 'vitest'
import { quoted, trustCommands } from './trust-commands.ts'

const path = '/home/ana b/.local/share/poolhouse/ca/authority.pem'
const name = 'Poolhouse local authority 01ab23cd'
const commandsOf = (platform: NodeJS.Platform, osRelease = '') => trustCommands({ platform, osRelease }, path, name)

describe('trustCommands', () => {
  it.each([
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'],
    ['ID=debian\n'],
    ['ID="linuxmint"\nID_LIKE="ubuntu debian"\n'],
    ['ID=alpine\n'],
  ])('puts the certificate where %j looks for it', (osRelease) => {
    expect(commandsOf('linux', osRelease)).toEqual({
      trust: `sudo cp '${path}' /usr/local/share/ca-certificates/poolhouse-local-authority-01ab23cd.crt && sudo update-ca-certificates`,
      distrust: 'sudo rm /usr/local/share/ca-certificates/poolhouse-local-authority-01ab23cd.crt && sudo update-ca-certificates --fresh',
      chrome: `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n '${name}' -i '${path}'`,
    })
  })

  it.each(['ID=fedora\n', 'ID=arch\n', 'ID="rhel"\nID_LIKE="fedora"\n', 'VARIANT_ID=debian\nID=fedora\n', ''])(
    'hands it to p11-kit on %j',
    (osRelease) => {
      expect(commandsOf('linux', osRelease)).toEqual({
        trust: `sudo trust anchor --store '${path}'`,
        distrust: `sudo trust anchor --remove '${path}'`,
      })
    },
  )

  it('keeps to one word whatever a path holds', () => {
    expect(quoted("/home/o'neil $HOME `x` ", 'linux')).toBe("'/home/o'\\''neil $HOME `x` '")
  })

  it('asks Apple’s and Windows’s users for themselves alone', () => {
    expect(commandsOf('darwin').trust).toBe(
      `security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db '${path}'`,
    )
    expect(commandsOf('win32').trust).toBe(`certutil -user -addstore Root "${path}"`)
    expect(commandsOf('win32').distrust).toBe(`certutil -user -delstore Root "${name}"`)
  })
})
