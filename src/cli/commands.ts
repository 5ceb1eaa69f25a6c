import type { Command } from 'commander'

/** One command of the program; `load` imports its file when somebody asks for it, so that the others cost nothing. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<(command: Command) => void>
}

/** Every command, in the order in which help lists them. */
export const commands: readonly CommandEntry[] = [
  { name: 'dev', summary: 'start a server for development', load: async () => (await import('./dev.ts')).configureDev },
  { name: 'serve', summary: 'start a server for production', load: async () => (await import('./serve.ts')).configureServe },
  { name: 'seed', summary: 'make pools, clients and users from a file', load: async () => (await import('./seed.ts')).configureSeed },
  {
    name: 'access-key',
    summary: 'make, list and delete access keys',
    load: async () => (await import('./access-key.ts')).configureAccessKey,
  },
  {
    name: 'operator',
    summary: 'make, list, reset and delete operators of the console',
    load: async () => (await import('./operator.ts')).configureOperator,
  },
  {
    name: 'audit',
    summary: 'list who changed what',
    load: async () => (await import('./audit.ts')).configureAudit,
  },
  { name: 'token', summary: 'get tokens for any grant, without a person', load: async () => (await import('./token.ts')).configureToken },
  {
    name: 'postman',
    summary: 'write a Postman collection for a pool and an app client',
    load: async () => (await import('./postman.ts')).configurePostman,
  },
  {
    name: 'gateway',
    summary: 'guard an API as API Gateway does',
    load: async () => (await import('./gateway.ts')).configureGateway,
  },
  { name: 'keys', summary: 'rotate token signing keys', load: async () => (await import('./keys.ts')).configureKeys },
  { name: 'trust', summary: 'trust the certificates of dev --tls', load: async () => (await import('./trust.ts')).configureTrust },
  { name: 'master-key', summary: 'rotate the master key', load: async () => (await import('./master-key.ts')).configureMasterKey },
  { name: 'backup', summary: 'write the data folder to one file', load: async () => (await import('./backup.ts')).configureBackup },
  { name: 'restore', summary: 'put a backup into an empty data folder', load: async () => (await import('./restore.ts')).configureRestore },
  {
    name: 'end-sessions',
    summary: 'end all sessions, after a database was set back',
    load: async () => (await import('./end-sessions.ts')).configureEndSessions,
  },
  {
    name: 'copy',
    summary: 'copy all data between a data folder and PostgreSQL',
    load: async () => (await import('./copy.ts')).configureCopy,
  },
  {
    name: 'load',
    summary: 'fill a pool with users for load tests',
    load: async () => (await import('./load.ts')).configureLoad,
  },
  {
    name: 'migrate',
    summary: 'show the schema of the data, or bring it up to date',
    load: async () => (await import('./migrate.ts')).configureMigrate,
  },
]
