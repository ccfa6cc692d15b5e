/** What Akoma Ntoso keeps about a document: identification (FRBR), life, changes, references. */
import { element } from '../text/xml.ts'
import { delegationId } from './revisions.ts'

/** What a statement says of itself. */
export interface Description {
  /** `res45-dubai-2014`: the edition that it is, or amends. */
  readonly edition: string
  readonly number: number
  readonly year: number
  /** Short name of the body: `WTDC`. */
  readonly organ: string
  /** Full name of the body. */
  readonly conference: string
  /** "Resolution 45 (Rev. Dubai, 2014)" */
  readonly name: string
  /** A BCP 47 tag. */
  readonly language: string
  /** Who may have revised; empty for an edition. */
  readonly delegations: readonly { readonly code: string; readonly name: string }[]
  /** When the file is made, in milliseconds since 1970. */
  readonly at: number
}

/** Akoma Ntoso names languages by ISO 639-2; ITU has six. */
const languages: Readonly<Record<string, string>> = {
  ar: 'ara',
  en: 'eng',
  es: 'spa',
  fr: 'fra',
  ru: 'rus',
  zh: 'zho',
}

/** The element `meta`; `analysis` is the list of modifications. Throws a RangeError for no time. */
export function metaXml(description: Description, analysis: string, isMarked: boolean): string {
  const { edition, number, year, organ, conference, name, delegations, at } = description
  const made = new Date(at).toISOString().slice(0, 10)
  const adopted = `${year}-01-01`
  const language = languages[description.language.slice(0, 2)] ?? 'und'
  const subtype = isMarked ? 'resolutionDraft' : 'resolution'
  const work = `/akn/un/statement/${subtype}/itu-${organ.toLowerCase()}/${year}/${number}`
  const expression = `${work}/${language}@${isMarked ? made : adopted}`
  const manifestation = `${expression}/revmark.xml`
  const valued = (tag: string, value: string | number) => element(tag, { value })
  const level = (tag: string, iri: string, date: string, of: string, rest: string) =>
    element(
      tag,
      {},
      valued('FRBRthis', `${iri}/!main`) +
        valued('FRBRuri', iri) +
        element('FRBRdate', { date, name: of }) +
        element('FRBRauthor', { href: isMarked ? '#revmark' : '#adopter' }) +
        rest,
    )
  const identification =
    level(
      'FRBRWork',
      work,
      adopted,
      'adoption',
      valued('FRBRcountry', 'un') +
        valued('FRBRsubtype', subtype) +
        valued('FRBRnumber', number) +
        valued('FRBRname', name),
    ) +
    level(
      'FRBRExpression',
      expression,
      isMarked ? made : adopted,
      isMarked ? 'drafting' : 'adoption',
      element('FRBRlanguage', { language }),
    ) +
    level(
      'FRBRManifestation',
      manifestation,
      made,
      'export',
      valued('FRBRformat', 'application/akn+xml'),
    )
  const events =
    element('eventRef', {
      date: adopted,
      source: '#adopter',
      type: 'generation',
      eId: 'event_1',
    }) +
    (isMarked
      ? element('eventRef', { date: made, source: '#revmark', type: 'amendment', eId: 'event_2' })
      : '')
  const organizations = [
    {
      eId: 'adopter',
      href: `/ontology/organization/itu-${organ.toLowerCase()}`,
      showAs: conference,
    },
    { eId: 'revmark', href: '/ontology/organization/revmark', showAs: 'Revmark' },
    ...delegations.map(({ code, name: showAs }) => ({
      eId: delegationId(code),
      href: `/ontology/organization/itu-delegation/${encodeURIComponent(code)}`,
      showAs,
    })),
  ]
  return element(
    'meta',
    {},
    element('identification', { source: '#revmark' }, identification) +
      element('lifecycle', { source: '#revmark' }, events) +
      analysis +
      element(
        'references',
        { source: '#revmark' },
        element('original', {
          eId: 'original',
          href: `/akn/un/statement/resolution/${edition}`,
          showAs: name,
        }) + organizations.map((one) => element('TLCOrganization', one)).join(''),
      ),
  )
}
