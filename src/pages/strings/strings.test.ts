import { describe, expect, it } from 'vitest'
import { type Language, languageNames } from './languages.ts'
import { catalogues } from './strings.ts'

const textsOf = (language: Language): Map<string, string> =>
  new Map(
    Object.entries(catalogues[language]).flatMap(([group, texts]) =>
      Object.entries(texts).map(([key, text]): [string, string] => [`${group}.${key}`, text]),
    ),
  )
const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w*)\}/g)].map(([, name = '']) => name).sort()

const english = textsOf('en')
const others = (Object.keys(languageNames) as Language[]).filter((language) => language !== 'en')

/** The whole texts that a language shares with English on purpose: words that are the same in both. */
const sharedWords: Partial<Record<Language, readonly string[]>> = {
  de: ['Code', 'Passkey', 'Website', 'optional'],
  fr: ['Code'],
  id: ['Email'],
  it: ['Email', 'Passkey', 'Password'],
  nl: ['Code', 'Gender', 'Website'],
}

describe('the texts of the pages', () => {
  it('has a catalogue for every language of the chooser and no other', () => {
    expect(Object.keys(catalogues).sort()).toEqual(Object.keys(languageNames).sort())
  })

  it.each(others)('%s says everything that English says and nothing else, without an empty text', (language) => {
    const texts = textsOf(language)
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort())
    expect([...texts].filter(([, text]) => text.trim() !== text || text === '')).toEqual([])
  })

  it.each(others)('%s has the places of the English text, each as often', (language) => {
    const differing = [...textsOf(language)].filter(([key, text]) => `${placesOf(text)}` !== `${placesOf(english.get(key) ?? '')}`)
    expect(differing).toEqual([])
  })

  it.each(others)('%s has a brace only around a place', (language) => {
    expect([...textsOf(language).values()].filter((text) => /[{}]/.test(text.replaceAll(/\{\w+\}/g, '')))).toEqual([])
  })

  it.each(others)('%s leaves no English text but the words that both share', (language) => {
    const shared = [...textsOf(language)].filter(([key, text]) => text === english.get(key)).map(([, text]) => text)
    expect([...new Set(shared)].sort()).toEqual(sharedWords[language] ?? [])
  })

  it.each(['en', ...others] as const)('%s has no straight quote', (language) => {
    expect([...textsOf(language).values()].filter((text) => /['"]/.test(text))).toEqual([])
  })
})
