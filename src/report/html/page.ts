import { createHash } from 'node:crypto';
import type { Markup } from './markup.ts';
import { markup } from './markup.ts';
import { STYLES } from './styles.ts';

/** What one page brings besides the frame that all share. */
export interface PageParts {
  readonly title: string;
  readonly version: string;
  readonly body: Markup;
  /** Styles of its own, behind the shared ones: nothing foreign may get into them. */
  readonly styles?: string;
}

/**
 * A page in one file: readable in the dark and in print, and closed. It loads nothing, sends nothing and runs nothing, by a
 * policy that the browser enforces. Pictures are SVG in the page; `style` attributes do not count, classes and `styles` do.
 */
export function htmlPage({ title, version, body, styles = '' }: PageParts): string {
  const style = `${STYLES}${styles}`;
  const policy = [
    "default-src 'none'",
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="lvsdoctor ${version}">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>lvsdoctor ${version}</footer>
</body>
</html>
`;
  return page.html;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
