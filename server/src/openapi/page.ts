/** The document as a page that a person reads: no script, nothing from elsewhere. */
import { html } from 'hono/html'
import { meaningOf } from '../routes/error-codes.ts'
import type { Answered, ApiDocument, Operation, Parameter } from './document.ts'

/** What `html` makes: escaped already. */
type Markup = ReturnType<typeof html>

interface Entry {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** A whole page; its stylesheet is at `stylesheet`, the document at `source`. */
export function pageOf(document: ApiDocument, stylesheet: string, source: string): Markup {
  const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): Entry => ({ method, path, operation })),
  )
  const groups = [...Map.groupBy(entries, ({ operation }) => operation.tags[0] ?? '')]
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The API of Revmark</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${stylesheet}" />
      </head>
      <body>
        <header>
          <h1>The API of Revmark</h1>
          ${document.info.description.split('\n\n').map((words) => html`<p>${marked(words)}</p>`)}
          <p>For programs: <a href="${source}">openapi.json</a>.</p>
        </header>
        <nav aria-label="Contents">
          <ul>
            ${groups.map(([tag]) => html`<li><a href="#${idOf(tag)}">${tag}</a></li>`)}
            <li><a href="#codes">Codes of errors</a></li>
            <li><a href="#schemas">Schemas</a></li>
          </ul>
        </nav>
        <main>
          ${groups.map(
            ([tag, group]) =>
              html`<section aria-labelledby="${idOf(tag)}">
                <h2 id="${idOf(tag)}">${tag}</h2>
                ${group.map(entryOf)}
              </section>`,
          )}
          <section aria-labelledby="codes">
            <h2 id="codes">Codes of errors</h2>
            ${codes}
          </section>
          <section aria-labelledby="schemas">
            <h2 id="schemas">Schemas</h2>
            ${Object.entries(document.components.schemas).map(
              ([name, schema]) =>
                html`<details id="schema-${name}">
                  <summary>${name}</summary>
                  <pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre>
                </details>`,
            )}
          </section>
        </main>
      </body>
    </html>`
}

const idOf = (tag: string): string => `of-${tag.toLowerCase().replaceAll(' ', '-')}`

const entryOf = ({ method, path, operation }: Entry): Markup => {
  const { operationId, summary, parameters, requestBody, responses, security } = operation
  return html`<article aria-labelledby="${operationId}">
    <h3 id="${operationId}">${summary}</h3>
    <p><code class="address">${method.toUpperCase()} ${path}</code></p>
    <p class="note">${audienceOf(security)}</p>
    ${parameters.length > 0 ? parametersOf(parameters) : ''}
    <dl>
      ${
        requestBody
          ? html`<dt>Takes</dt>
              <dd>${contentOf(requestBody.content)}</dd>`
          : ''
      }
      ${Object.entries(responses).map(
        ([status, answer]) =>
          html`<dt>${status}</dt>
            <dd>${status < '400' ? contentOf(answer.content) : linesOf(answer.description)}</dd>`,
      )}
    </dl>
  </article>`
}

/** Who may ask. */
function audienceOf(security: Operation['security']): Markup | string {
  if (security.length === 0) return 'For everybody.'
  const scope = security.flatMap((one) => one['token'] ?? [])[0]
  return scope === undefined
    ? 'For whoever is signed in.'
    : html`For whoever is signed in, and for tokens with the scope <code>${scope}</code>.`
}

const parametersOf = (parameters: readonly Parameter[]): Markup =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Parameter</th>
        <th scope="col">In</th>
        <th scope="col">What it may be</th>
      </tr>
    </thead>
    <tbody>
      ${parameters.map(
        ({ name, in: place, required, description, schema }) =>
          html`<tr>
            <th scope="row"><code>${name}</code>${required ? '' : ', may be left out'}</th>
            <td>${place}</td>
            <td>${description === undefined ? valuesOf(schema) : marked(description)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`

/** A schema in a few words. */
function valuesOf(schema: Readonly<Record<string, unknown>>): string {
  const { enum: values, type, default: usual } = schema
  const words = Array.isArray(values) ? values.join(', ') : String(type)
  return usual === undefined ? words : `${words}; ${JSON.stringify(usual)} where it is left out`
}

function contentOf(content: Answered['content']): Markup | string {
  if (!content) return 'Nothing.'
  const parts = Object.entries(content).map(([type, { schema }]) => {
    const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined
    return name === undefined
      ? html`<code>${type}</code>`
      : html`<a href="#schema-${name}">${name}</a>`
  })
  return html`${parts.map((part, i) => html`${i > 0 ? ', ' : ''}${part}`)}`
}

const linesOf = (description: string): Markup =>
  html`${description.split('\n\n').map((line) => html`<span class="line">${marked(line)}</span>`)}`

/** Words between backticks as code. */
const marked = (words: string): Markup =>
  html`${words.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`

const codes: Markup = html`<table>
  <thead>
    <tr>
      <th scope="col">Code</th>
      <th scope="col">Status</th>
      <th scope="col">What it means</th>
    </tr>
  </thead>
  <tbody>
    ${Object.entries(meaningOf).map(
      ([code, [status, meaning]]) =>
        html`<tr>
          <th scope="row"><code>${code}</code></th>
          <td>${status}</td>
          <td>${marked(meaning)}</td>
        </tr>`,
    )}
  </tbody>
</table>`
