import type { Command } from 'commander'
import { addDataOptions, withCommands } from './with-commands.ts'

const examples = `The master key wraps the keys that seal what is stored. To replace it without a failed request:

  1. openssl rand -base64 32 > new.key && chmod 600 new.key
  2. restart the server with --master-key-file new.key --master-key-file old.key
  3. poolhouse master-key rotate
  4. restart the server with --master-key-file new.key alone
`

const outcome = (rewrapped: number, loaded: number): string => {
  if (rewrapped > 0) return `${rewrapped} data keys are now wrapped by the new master key.`
  if (loaded > 1) return 'Nothing was left to do: every data key is wrapped by the first master key already.'
  return 'Nothing was done: only one master key is loaded, and it wraps every data key already. Load the new one before it, then rotate.'
}

/** `poolhouse master-key rotate`. */
export const configureMasterKey = (command: Command): void => {
  command.addHelpText('before', examples)
  addDataOptions(command.command('rotate').description('wrap every data key by the first master key that is loaded')).action(
    async (options: Record<string, unknown>) => {
      const { rewrapped, loaded } = await withCommands(options, (commands) => commands.rotateMasterKey())
      process.stdout.write(`${outcome(rewrapped, loaded)}\n`)
    },
  )
}
