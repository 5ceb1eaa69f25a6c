import type { Item } from './collection-format.ts'
import { httpItem } from './http-item.ts'
import { keepFunction } from './scripts/keep.ts'
import type { PostmanTarget } from './target.ts'

/** How the newest message to an address is read. */
export interface MailboxItem {
  /** The variable that holds the address. */
  readonly to: string
  /** What is taken from `message`: by default the code that it carries, into `code`. */
  readonly take?: readonly string[]
}

const codeLines = [
  "pm.test('the message has a code', () => pm.expect(message?.code).to.match(/^\\d{6,8}$/))",
  "keep('code', message?.code)",
]

/** Reads the newest message to an address from the server's mailbox; nothing where the server has none: people type the code into `code`. */
export const mailboxItems = ({ mailboxUrl }: Pick<PostmanTarget, 'mailboxUrl'>, { to, take = codeLines }: MailboxItem): Item[] =>
  mailboxUrl === undefined
    ? []
    : [
        httpItem({
          name: `Mailbox: the newest message to {{${to}}}`,
          url: '{{mailbox_url}}?to={{mailbox_to}}',
          before: [`pm.environment.set('mailbox_to', encodeURIComponent(pm.variables.get('${to}')))`],
          tests: [
            "pm.test('the mailbox is there', () => pm.expect(pm.response.code, pm.response.text()).to.equal(200))",
            'const [message] = pm.response.json()',
            keepFunction,
            ...take,
          ],
        }),
      ]
