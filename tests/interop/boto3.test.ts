import { execFile, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServerOnFolder, startOnFolder } from '../support/start-on-folder.ts'

const runs = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0
const hasBoto3 = runs('python3', '-c', 'import boto3')
const hasCli = runs('aws', '--version')

let server: ServerOnFolder
let keys: { accessKeyId: string; secretAccessKey: string }

beforeAll(async () => {
  if (!hasBoto3 && !hasCli) return
  server = await startOnFolder('--auth', 'verify', '--regions', 'us-east-1')
  const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'cognito-idp:*', Resource: '*' } }
  keys = await server.commands.createAccessKey({ userName: 'python', policy })
})
afterAll(() => server?.stop())

/** The profile of the person at the machine must not leak in. */
const environment = () => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_PAGER: '',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
})

describe('Python clients, their signatures checked', () => {
  it.skipIf(!hasBoto3)(
    `boto3 goes from sign-up to administration and to a second factor on a tracked device${hasBoto3 ? '' : ' (skipped: python3 has no boto3)'}`,
    async () => {
      const script = fileURLToPath(new URL('boto3_journey.py', import.meta.url))
      const { stdout } = await promisify(execFile)('python3', [script, server.url, keys.accessKeyId, keys.secretAccessKey], {
        env: environment(),
      })
      expect(JSON.parse(stdout)).toEqual({
        version: expect.any(String),
        tokenType: 'Bearer',
        me: 'ana',
        status: 'CONFIRMED',
        pageSizes: [4, 2],
        age: expect.toSatisfy((seconds: number) => seconds > -2 && seconds < 60),
        wrongPassword: ['NotAuthorizedException', 'NotAuthorizedException', 'Incorrect username or password.'],
        unknownUser: ['UserNotFoundException', 'UserNotFoundException', 'User does not exist.'],
        wrongSecret: [
          'ClientError',
          'InvalidSignatureException',
          expect.stringMatching(/^The request signature we calculated does not match/),
        ],
        wrongRegion: ['ClientError', 'InvalidSignatureException', expect.stringContaining('region')],
        secondFactor: {
          verified: 'SUCCESS',
          challenge: 'SOFTWARE_TOKEN_MFA',
          wrongCode: ['CodeMismatchException', 'CodeMismatchException', 'Invalid code received for user'],
          preferred: 'SOFTWARE_TOKEN_MFA',
          device: [true, 'datetime'],
          refreshWithoutDevice: ['NotAuthorizedException', 'NotAuthorizedException', expect.stringContaining('Invalid Refresh Token')],
          refresh: 'Bearer',
          refreshedTokens: 'Bearer',
        },
      })
    },
  )

  it.skipIf(!hasCli)(
    `the AWS CLI makes a pool, reads it and says why it may not${hasCli ? '' : ' (skipped: no aws on PATH)'}`,
    async () => {
      const aws = async (...args: string[]) => {
        const common = ['cognito-idp', ...args, '--endpoint-url', server.url, '--output', 'json']
        const { stdout } = await promisify(execFile)('aws', common, { env: environment() })
        return JSON.parse(stdout)
      }
      const { UserPool } = await aws('create-user-pool', '--pool-name', 'command-line', '--user-pool-tags', 'stage=test')
      expect(UserPool.UserPoolTags).toEqual({ stage: 'test' })
      const described = await aws('describe-user-pool', '--user-pool-id', UserPool.Id)
      expect(described.UserPool).toMatchObject({ Id: UserPool.Id, Name: 'command-line' })
      await expect(aws('list-users', '--user-pool-id', 'us-east-1_Nowhere99')).rejects.toThrow(
        'An error occurred (ResourceNotFoundException) when calling the ListUsers operation: User pool us-east-1_Nowhere99 does not exist.',
      )
    },
  )
})
