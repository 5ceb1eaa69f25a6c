/** The ARN of a user pool. */
export const userPoolArn = (region: string, account: string, poolId: string): string =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`

/** The parts of a user pool's ARN, of whatever partition; undefined when the text is none. */
export const parseUserPoolArn = (text: string): { region: string; account: string; poolId: string } | undefined => {
  const [, region, account, poolId] = /^arn:aws[a-z-]*:cognito-idp:([a-z0-9-]+):(\d{12}):userpool\/([\w-]+_[0-9a-zA-Z]+)$/.exec(text) ?? []
  return region && account && poolId ? { region, account, poolId } : undefined
}
