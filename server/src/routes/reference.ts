/** The document of the API: for programs, and as a page for people. It tells nothing that is secret. */
import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import type { RouterRoute } from 'hono/types'
import { documentOf } from '../openapi/document.ts'
import type { ApiDocument } from '../openapi/document.ts'
import { pageOf } from '../openapi/page.ts'
import { promises } from './contract.ts'

const stylesheet = new URL('../openapi/page.css', import.meta.url)

/** `/openapi.json` and `/reference`; `routes` are those of the API, known once it is whole. */
export function reference(routes: () => readonly RouterRoute[]) {
  let made: ApiDocument | null = null
  const document = (): ApiDocument => (made ??= documentOf(routes()))
  return new Hono()
    .get(
      '/openapi.json',
      promises({ does: 'Reads this document', answers: { 200: ['application/json'] } }),
      (context) => context.json(document()),
    )
    .get(
      '/reference',
      promises({ does: 'Shows this document as a page', answers: { 200: ['text/html'] } }),
      (context) => context.html(pageOf(document(), '/api/reference.css', '/api/openapi.json')),
    )
    .get(
      '/reference.css',
      promises({ does: 'Reads the stylesheet of that page', answers: { 200: ['text/css'] } }),
      (context) =>
        context.body(readFileSync(stylesheet), 200, { 'content-type': 'text/css; charset=utf-8' }),
    )
}
