/**
 * The measures of ITU's three families of templates, as measured in documents of each: lengths in
 * twentieths of a point, sizes in half-points. Styles have the same names in all.
 */

/**
 * `wtdc`: as the Plenipotentiary Conference and WTDC set contributions, Calibri 12; `wrc`: World
 * Radiocommunication Conferences, Times New Roman 12; `wtsa`: as WTSA resolutions are published,
 * Times New Roman 11.
 */
export const families = ['wtdc', 'wrc', 'wtsa'] as const
export type Family = (typeof families)[number]

/** What a family has otherwise than the styles say, by a style's id. */
export interface Measures {
  readonly font: string
  /** Of the text, in half-points. */
  readonly size: number
  readonly tabs: readonly number[]
  readonly styles: Readonly<
    Record<
      string,
      {
        readonly before?: number
        readonly after?: number
        readonly left?: number
        readonly hanging?: number
        readonly cleared?: readonly number[]
        readonly tabs?: readonly number[]
      }
    >
  >
}

export const measures: Readonly<Record<Family, Measures>> = {
  wtdc: { font: 'Calibri', size: 24, tabs: [567, 1134, 1701, 2268, 2835], styles: {} },
  wrc: {
    font: 'Times New Roman',
    size: 24,
    tabs: [1134, 1871, 2268],
    styles: {
      AnnexNo: { before: 480, after: 80 },
      Annextitle: { before: 240, after: 280 },
      ResNo: { before: 480, after: 0 },
      Restitle: { before: 240, after: 0 },
      Normalaftertitle: { before: 280 },
      Call: { before: 160, left: 1134, cleared: [1871, 2268] },
      enumlev1: { before: 80, left: 1134, hanging: 1134 },
      enumlev2: { left: 1871, hanging: 737 },
      enumlev3: { left: 2268, hanging: 397 },
      Proposal: { cleared: [1871, 2268], tabs: [1134] },
      Reasons: { tabs: [1588, 1985] },
      Header: { cleared: [1134, 1871, 2268] },
      Footer: { cleared: [1134, 1871, 2268] },
    },
  },
  wtsa: {
    font: 'Times New Roman',
    size: 22,
    tabs: [794, 1191, 1588, 1985],
    styles: {
      Normal: { before: 160 },
      ResNo: { before: 480, after: 0 },
      Restitle: { before: 360, after: 0 },
      Normalaftertitle: { before: 280 },
      Call: { before: 240, left: 794, cleared: [1191, 1588, 1985] },
      enumlev1: { before: 80, left: 794, hanging: 794 },
      enumlev2: { left: 1191, hanging: 397 },
      enumlev3: { left: 1588, hanging: 397 },
      FootnoteText: { left: 255, hanging: 255, tabs: [255] },
      Proposal: { cleared: [794, 1191, 1588, 1985], tabs: [1871] },
      Source: { before: 840, after: 200 },
      Header: { cleared: [794, 1191, 1588, 1985] },
      Footer: { cleared: [794, 1191, 1588, 1985] },
    },
  },
}
