// A CustomEmailSender: Poolhouse hands it every code encrypted, and this function sends the e-mail.
import { readFileSync } from 'node:fs'
import { buildDecrypt } from '@aws-crypto/decrypt-node'
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from '@aws-crypto/raw-aes-keyring-node'

const { decrypt } = buildDecrypt()

// The one difference from AWS, where a KmsKeyringNode stands here. A module has no environment, but it may read its own folder.
const keyring = new RawAesKeyringNode({
  keyName: 'poolhouse',
  keyNamespace: 'poolhouse',
  unencryptedMasterKey: Uint8Array.from(Buffer.from(readFileSync(new URL('sender.key', import.meta.url), 'utf8').trim(), 'base64')),
  wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
})

const texts = {
  CustomEmailSender_SignUp: (code) => `Welcome! Confirm your address with ${code}.`,
  CustomEmailSender_ResendCode: (code) => `Confirm your address with ${code}.`,
  CustomEmailSender_ForgotPassword: (code) => `Set a new password with ${code}.`,
  CustomEmailSender_Authentication: (code) => `Sign in with ${code}.`,
  CustomEmailSender_AdminCreateUser: (password) => `You were invited. Your temporary password is ${password}`,
}

export const handler = async (event) => {
  const { code, userAttributes } = event.request
  if (!code) return
  const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(code, 'base64'))
  if (messageHeader.encryptionContext['userpool-id'] !== event.userPoolId) throw new Error('This code belongs to another user pool.')
  const text = texts[event.triggerSource] ?? ((secret) => `Your code is ${secret}.`)
  await send(userAttributes.email, text(plaintext.toString('utf8')))
}

/** Replace this with a call of your mail service, say by fetch(). What is printed appears in Poolhouse's log. */
const send = async (email, text) => {
  console.log(`To ${email}: ${text}`)
}
