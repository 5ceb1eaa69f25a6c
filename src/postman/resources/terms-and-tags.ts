import type { Folder } from '../collection-format.ts'
import type { ResourceCalls } from '../resource-calls.ts'

const terms = { TermsName: 'terms-of-use' }
const links = { 'cognito:default': 'https://example.com/terms' }

/** Operations on terms documents. */
export const termsFolder = ({ practice }: ResourceCalls): Folder => ({
  name: 'Terms',
  item: [
    practice('CreateTerms', { ...terms, Links: links }, { keeps: { terms_id: 'Terms.TermsId' } }),
    practice('DescribeTerms', { TermsId: '{{terms_id}}' }),
    practice('DescribeTermsByClient', terms),
    practice('ListTerms', { MaxResults: 10 }),
    practice('UpdateTerms', { TermsId: '{{terms_id}}', Links: { ...links, 'cognito:german': 'https://example.com/de/terms' } }),
    practice('DeleteTerms', { TermsId: '{{terms_id}}' }),
  ],
})

/** Operations on tags. */
export const tagsFolder = ({ practice }: ResourceCalls): Folder => ({
  name: 'Tags',
  item: [
    practice('TagResource', { Tags: { team: 'shop', stage: 'test' } }),
    practice('ListTagsForResource'),
    practice('UntagResource', { TagKeys: ['stage'] }),
  ],
})
