/**
 * How a page looks that stands alone: ITU's paragraphs, and marks whose delegation is told by ink,
 * by the stroke under the letters and by the legend, never by colour alone.
 */
import { signerLook } from '../text/signers.ts'

/** The style sheet of a page with marks of `count` delegations, `.by-0` the first of them. */
export const styleSheet = (count: number): string =>
  page +
  Array.from({ length: count }, (_, k) => {
    const { ink, stroke } = signerLook(k)
    return (
      `.by-${k} { color: ${ink}; text-decoration-color: ${ink}; }\n` +
      `ins.by-${k} { text-decoration-style: ${stroke}; }\n`
    )
  }).join('')

const page = `
:root { color-scheme: light; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 3rem; color: #1a1b1e; background: #fff;
  font: 1.0625rem/1.45 'Times New Roman', Tinos, 'Liberation Serif', Times, serif;
  overflow-wrap: break-word; }
p { position: relative; margin: 0.5rem 0 0; padding-inline-start: var(--indent, 0); white-space: pre-wrap; }
.level-2 { --indent: 2.6rem; }
.level-3 { --indent: 5.2rem; }
.level-4 { --indent: 7.8rem; }
.labelled { display: grid; grid-template-columns: minmax(2.6rem, max-content) 1fr; }
.label { padding-inline-end: 0.5rem; white-space: nowrap; }
.number, .annexNumber { font-size: 1.2em; text-align: center; text-transform: uppercase; }
.number .written { text-transform: none; }
.annexNumber { margin-top: 2.5rem; }
.title, .annexTitle { margin: 1rem 0 1.5rem; font-size: 1.2em; font-weight: bold; line-height: 1.3;
  text-align: center; text-wrap: balance; }
.adopting { margin-top: 1.5rem; }
.call { --indent: 2.6rem; margin-top: 1.1rem; font-style: italic; }
.footnote { font-size: 0.85em; }
:not(.footnote) + .footnote { margin-top: 2rem; padding-top: 0.75rem; border-top: 1px solid #c9c6bf; }
a { color: inherit; text-decoration: none; }
ins, del { text-decoration-thickness: 1.5px; text-underline-offset: 0.18em; text-decoration-skip-ink: none; }
.changed::before { content: ''; position: absolute; inset-block: 0.1em; inset-inline-start: -1.6rem;
  border-inline-start: 1px solid #55575d; }
p[data-moved]::after { content: '\\21c5\\a0' attr(data-moved); grid-column: 2; margin-inline-start: 0.5rem;
  color: #55575d; font: 0.75rem/1.5 system-ui, sans-serif; text-transform: none; }
.labelled[data-moved]::after { margin-inline-start: 0; }
.mark { font-style: normal; font-weight: normal; }
.legend { margin-bottom: 2rem; padding-bottom: 0.75rem; border-bottom: 1px solid #c9c6bf;
  font: 0.8125rem/1.5 system-ui, sans-serif; }
.legend p { margin: 0; }
@page { size: A4; margin: 20mm 20mm 20mm 25mm; @bottom-center { content: counter(page); font-size: 9pt; } }
@media print { body { max-width: none; margin: 0; padding: 0 0 0 1.6rem; font-size: 12pt; }
  .number, .title, .annexNumber, .annexTitle, .call { break-after: avoid; } }
`
